import { changeSince } from '../index-key.ts';
import type { KeptArchive } from '../kept-archive.ts';
import { freshIndex } from '../kept-index.ts';
import type { IndexProgress } from '../mailbox-index.ts';
import { isPlainFile, reasonOf } from './content.ts';
import { FilePieces } from './file-pieces.ts';
import { isFolder } from './folder.ts';
import { gitRepositories, indexGit } from './git-repositories.ts';
import { type FileProblem, indexFiles } from './index-files.ts';
import { modifiedAt } from './modified-at.ts';

export interface ArchiveOptions {
  /** What was kept of the same path. */
  kept?: KeptArchive | undefined;
  /** `read` and `length`: bytes, or commits of git. */
  onProgress?: (progress: IndexProgress & { length: number }) => void;
  /** How often progress is told of a mailbox, in bytes. */
  slice: number;
}

/** An archive that was indexed, and how much of it was kept. */
export interface IndexedArchive {
  archive: KeptArchive;
  from: 'kept' | 'grown' | 'read';
  problems: readonly FileProblem[];
}

/**
 * The index of whatever lies at a path: a mailbox, a compressed one, a folder, a maildir, repositories of git. What was kept is taken as far as it is still right. Never
 * rejects for what a file holds.
 */
export async function indexArchive(
  path: string,
  options: ArchiveOptions,
): Promise<IndexedArchive | { refused: string }> {
  try {
    if (gitRepositories(path).length > 0) return await repositories(path, options);
    if ((await isFolder(path)) || !(await isPlainFile(path))) return await files(path, options);
    return mailbox(path, options);
  } catch (error) {
    return { refused: reasonOf(error) };
  }
}

async function repositories(
  path: string,
  { kept, onProgress }: ArchiveOptions,
): Promise<IndexedArchive | { refused: string }> {
  const outcome = await indexGit(path, {
    ...(onProgress ? { onProgress } : {}),
    kept: kept?.kind === 'git' ? kept : undefined,
  });
  if (outcome.state !== 'indexed')
    return { refused: outcome.state === 'refused' ? outcome.reason : 'it was not read to its end' };
  const { index, from } = outcome;
  return { archive: { kind: 'git', ...index }, from, problems: [] };
}

async function files(
  path: string,
  { kept, onProgress }: ArchiveOptions,
): Promise<IndexedArchive | { refused: string }> {
  const known = kept?.kind === 'files' ? { kept } : {};
  const { index, from, problems } = await indexFiles(path, { ...known, ...(onProgress ? { onProgress } : {}) });
  const [first] = problems;
  if (index.table.starts.length === 0) return { refused: first?.reason ?? 'there is no mail in it' };
  return { archive: { kind: 'files', ...index }, from, problems };
}

function mailbox(path: string, { kept, onProgress, slice }: ArchiveOptions): IndexedArchive | { refused: string } {
  const pieces = new FilePieces();
  try {
    const units = pieces.units(path);
    const modified = modifiedAt(path);
    const known = kept?.kind === 'mailbox' ? kept : undefined;
    const change = known ? changeSince(known.key, units, modified) : 'other';
    if (known && change === 'none') return { archive: known, from: 'kept', problems: [] };
    const steps = freshIndex(units, modified, change === 'grown' ? known : undefined, slice);
    let step = steps.next();
    for (; !step.done; step = steps.next()) onProgress?.({ ...step.value, length: units.length });
    if (!step.value) return { refused: 'it is no mailbox' };
    return {
      archive: { kind: 'mailbox', ...step.value },
      from: change === 'grown' ? 'grown' : 'read',
      problems: [],
    };
  } finally {
    pieces.close();
  }
}
