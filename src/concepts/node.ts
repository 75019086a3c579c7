/** Door `#concepts/node`: notes in a folder. For the build, the command line and tests; nothing here runs in a browser. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { VFile } from 'vfile';
import type { Concept } from './concept.ts';
import type { PackHead } from './pack.ts';
import { isNoteName, type Known, readPack } from './read.ts';

export interface NotesOfFolder {
  /** What `pack.yaml` of the folder says, where it has one. */
  head?: PackHead;
  concepts: readonly Concept[];
  /** Every file with its messages; paths as they were read. */
  files: readonly VFile[];
}

/**
 * Reads all `*.md` of a folder, sorted by id, and its `pack.yaml`; a README is not a note. Mistakes are messages, not errors.
 * `known` is what stands elsewhere and may be linked to.
 * @throws when the folder or a file in it cannot be read.
 */
export async function readNotes(folder: string, known: Known = {}): Promise<NotesOfFolder> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.flatMap((entry) => (entry.isDirectory() ? [] : [entry.name])).filter(isOfPack);
  const texts = [];
  for (const path of names.map((name) => join(folder, name))) texts.push({ path, text: await readFile(path, 'utf8') });
  const { head, notes, files } = readPack(texts, known);
  return { ...(head && { head }), concepts: notes.flatMap(({ concept }) => concept ?? []), files };
}

function isOfPack(name: string): boolean {
  return isNoteName(name) || name === 'pack.yaml';
}
