/** Door `#concepts/node`: notes in a folder. For the build, the command line and tests; nothing here runs in a browser. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { VFile } from 'vfile';
import type { Concept } from './concept.ts';
import { checkTogether, readNote } from './read.ts';

export interface NotesOfFolder {
  concepts: readonly Concept[];
  /** Every note's file with its messages; paths as they were read. */
  files: readonly VFile[];
}

/**
 * Reads all `*.md` of a folder, sorted by id; a README is not a note. Mistakes are messages, not errors.
 * `known` are ids of notes that stand elsewhere and may be linked to.
 * @throws when the folder or a file in it cannot be read.
 */
export async function readNotes(folder: string, known: Iterable<string> = []): Promise<NotesOfFolder> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.md') && name !== 'README.md');
  const notes = [];
  // By id, not by file name: `cma` comes before `cma-attach`, and first of the two when a reader asks for CMA alone.
  for (const id of names.map((name) => name.slice(0, -'.md'.length)).sort()) {
    const path = join(folder, `${id}.md`);
    notes.push(readNote(new VFile({ path, value: await readFile(path, 'utf8') })));
  }
  checkTogether(notes, known);
  return {
    concepts: notes.flatMap(({ concept }) => concept ?? []),
    files: notes.map(({ file }) => file),
  };
}
