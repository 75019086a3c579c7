import type { Place } from '../plain.ts';

/** The text of a note as it is being written, and its file's name or path; the name without `.md` is its id. */
export interface NoteText {
  text: string;
  path: string;
}

/** Where the head of a note stands: between two lines of three dashes. */
export interface HeadPlace {
  /** The keys, without the lines of dashes. */
  inside: Place;
  /** The text begins here. At the end of the text when the head was not closed yet. */
  body: number;
}

const opening = /^---[ \t]*\r?\n/;
const closing = /^---[ \t]*\r?$/m;

/** Absent when the text does not begin with three dashes. */
export function headPlace(text: string): HeadPlace | undefined {
  const start = opening.exec(text)?.[0].length;
  if (start === undefined) return undefined;
  const end = closing.exec(text.slice(start));
  if (!end) return { inside: { start, end: text.length }, body: text.length };
  const dashes = start + end.index;
  return { inside: { start, end: dashes }, body: dashes + end[0].length };
}

/** Whether a text has the head of a note, whatever else is wrong with it: both keys that every note must have. */
export function looksLikeNote(text: string): boolean {
  const head = headPlace(text);
  if (!head) return false;
  const keys = text.slice(head.inside.start, head.inside.end);
  return /^terms[ \t]*:/m.test(keys) && /^sources[ \t]*:/m.test(keys);
}
