import { readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Units } from '#cut';
import type { Complaint } from '#mailast';
import { type FileState, GrowingFileTable, hasFiles, knownFiles } from '../file-table.ts';
import type { IndexProgress } from '../mailbox-index.ts';
import type { KeptFiles } from '../packed-files.ts';
import { openUnits, reasonOf } from './content.ts';
import { FilePieces, unitsOfBuffer } from './file-pieces.ts';
import { filesUnder, isFolder } from './folder.ts';
import { isGzip } from './unpack.ts';

/** What was said of one of the files. */
export interface FileProblem {
  path: string;
  /** Why it, or the rest of it, was not read. */
  reason?: string;
  complaints?: readonly Complaint[];
}

export interface FilesOptions {
  /** What was kept of the same path. */
  kept?: KeptFiles;
  /** `read` and `length` are bytes as they lie on the disk. */
  onProgress?: (progress: IndexProgress & { length: number }) => void;
}

export interface IndexedFiles {
  index: KeptFiles;
  /** Whether all of it was kept, some, or nothing. */
  from: 'kept' | 'grown' | 'read';
  problems: readonly FileProblem[];
}

/** Smaller files are read at once, in bytes. */
const SMALL = 2 ** 20;
/** Units between two reports of progress. */
const SLICE = 2 ** 22;

/**
 * The messages of a folder, of a maildir, or of one compressed file: files that are as they were are taken from what was kept, the others are read. What is
 * wrong with a file is found anew each time.
 */
export async function indexFiles(root: string, { kept, onProgress }: FilesOptions = {}): Promise<IndexedFiles> {
  const { files, problems } = await filesAt(root);
  if (kept && problems.length === 0 && hasFiles(kept.table, files)) return { index: kept, from: 'kept', problems };
  const known = kept && knownFiles(kept.table);
  const table = new GrowingFileTable();
  const pieces = new FilePieces();
  const length = files.reduce((sum, { size }) => sum + size, 0);
  let before = 0;
  for (const file of files) {
    const at = known?.(file);
    const problem =
      kept && at !== undefined
        ? table.addKept(file, kept.table, at)
        : await addFile(table, root, file, pieces, (read) => {
            onProgress?.({ read: before + Math.min(read, file.size), messages: table.messages, length });
          });
    if (problem) problems.push(problem);
    before += file.size;
    onProgress?.({ read: before, messages: table.messages, length });
  }
  pieces.close();
  return { index: { table: table.finish() }, from: kept ? 'grown' : 'read', problems };
}

/** The path of a file of an archive. */
export function pathOf(root: string, file: string): string {
  return file === '' ? root : join(root, file);
}

async function filesAt(root: string): Promise<{ files: FileState[]; problems: FileProblem[] }> {
  const found = (await isFolder(root)) ? await filesUnder(root) : { paths: [root], refused: [] };
  const problems: FileProblem[] = found.refused.map(({ path, refused }) => ({ path, reason: refused }));
  return { files: found.paths.map((path) => stateOf(root, path)), problems };
}

/** What cannot be looked at is said when it is opened. */
function stateOf(root: string, path: string): FileState {
  const { size, mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { size: 0, mtimeMs: Number.NaN };
  return { path: relative(root, path), size, modified: mtimeMs };
}

async function addFile(
  table: GrowingFileTable,
  root: string,
  file: FileState,
  pieces: FilePieces,
  onRead: (units: number) => void,
): Promise<FileProblem | undefined> {
  const path = pathOf(root, file.path);
  const opened = await unitsAt(path, file.size, pieces);
  // A file that something is wrong with has no time by which it is known again.
  const unknown = { ...file, modified: Number.NaN };
  if ('refused' in opened) {
    drained(table.add(unknown, unitsOfBuffer(new Uint8Array()), SLICE), onRead);
    return { path, reason: opened.refused };
  }
  const { units, damage } = opened;
  const complete = damage === undefined;
  const { complaints } = drained(table.add(complete ? file : unknown, units, SLICE), onRead);
  if (!complete) return { path, reason: damage };
  return complaints.length === 0 ? undefined : { path, complaints };
}

async function unitsAt(
  path: string,
  size: number,
  pieces: FilePieces,
): Promise<{ units: Units; damage?: string } | { refused: string }> {
  if (size > SMALL) return openUnits(path, pieces);
  try {
    const bytes = readFileSync(path);
    return isGzip(bytes) ? openUnits(path, pieces) : { units: unitsOfBuffer(bytes) };
  } catch (error) {
    return { refused: reasonOf(error) };
  }
}

function drained<Result>(steps: Generator<IndexProgress, Result>, onRead: (units: number) => void): Result {
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    onRead(step.value.read);
  }
}
