/** A folder of notes, read from the texts of its files: where they come from is the caller's affair. */
import { VFile } from 'vfile';
import { checkTogether, type Known } from './check-notes.ts';
import { complain } from './complain.ts';
import { readPackHead } from './front-matter.ts';
import type { PackHead } from './pack.ts';
import { type ReadNote, readNote } from './read-note.ts';

/** A file of the folder; its name without `.md` is the id of the note. */
export interface NoteText {
  path: string;
  text: string;
}

export interface ReadPack {
  /** What `pack.yaml` says; absent when there is none, or it lacks something. */
  head?: PackHead;
  /** Sorted by id. Each file has its messages, mistakes and advice. */
  notes: readonly ReadNote[];
  /** Every file that was read, `pack.yaml` and the notes. */
  files: readonly VFile[];
}

/** Notes of one folder, in number. */
export const mostNotes = 2_000;

/**
 * Reads all notes among these files and what `pack.yaml` says of them; a README is no note, other files are passed over. A
 * file that is wrong costs no other its reading. Never throws on what stands in the files. Each message has a `ruleId` and
 * a place, and where a mistake can be mended by putting one text for another, `expected` has what may stand at that place.
 */
export function readPack(files: readonly NoteText[], known: Known = {}): ReadPack {
  const read: VFile[] = [];
  let head: PackHead | undefined;
  const texts: VFile[] = [];
  for (const { path, text } of files) {
    const file = new VFile({ path, value: text });
    if (file.basename === 'pack.yaml') {
      head = readPackHead(file);
      read.push(file);
    } else if (isNoteName(file.basename ?? '')) texts.push(file);
  }
  texts.sort(byId);
  for (const file of texts.slice(mostNotes)) {
    complain(file, { ruleId: 'too-many', reason: `A folder has at most ${mostNotes} notes: this one is not read` });
  }
  const notes = texts.slice(0, mostNotes).map(readNote);
  checkTogether(notes, known);
  return { ...(head && { head }), notes, files: [...read, ...texts] };
}

/** Is a file of this name a note? */
export function isNoteName(name: string): boolean {
  return name.endsWith('.md') && !/^readme\.md$/i.test(name);
}

/** By id, not by file name: `cma` comes before `cma-attach`, and first of the two when a reader asks for CMA alone. */
function byId(one: VFile, other: VFile): number {
  const [a, b] = [one.stem ?? '', other.stem ?? ''];
  return a < b ? -1 : Number(a > b);
}
