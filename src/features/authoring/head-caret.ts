/** Where in a head the caret stands, told from the lines before it: what is being typed is seldom YAML yet. */
import { headPlace } from './note-text.ts';

export type HeadCaret =
  /** A key may be written here, in this map. Absent `of`: the note itself. */
  | { want: 'key'; of?: string; typed: string }
  /** The value of a key, or an item of its list. `of` is the key that the map belongs to. */
  | { want: 'value'; key: string; of?: string; typed: string };

const key = /^([A-Za-z]*)$/;
const value = /^([A-Za-z]+):(?:[ \t]+(.*))?$/;
const item = /^-(?:[ \t]+(.*))?$/;

/** Absent when the caret is not in the head, or where nothing is known that could stand there. */
export function headCaret(text: string, offset: number): HeadCaret | undefined {
  const head = headPlace(text);
  if (!head || offset < head.inside.start || offset > head.inside.end) return undefined;
  const lines = text.slice(head.inside.start, offset).split('\n');
  const line = lines.pop() ?? '';
  const written = line.trimStart();
  const indent = line.length - written.length;
  if (indent === 0 && !written.startsWith('-')) return caretOf(written, undefined);
  const of = ownerOf(lines);
  if (of === undefined) return undefined;
  const [isItem, inItem = ''] = item.exec(written) ?? [];
  if (isItem === undefined) return caretOf(written, of);
  // `- tdmr` in a list of texts, `- id: one-chunk` in a list of maps.
  return value.test(inItem) || hasMaps.has(of) ? caretOf(inItem, of) : { want: 'value', key: of, typed: inItem };
}

/** Keys whose list items are maps. */
const hasMaps: ReadonlySet<string> = new Set(['scenarios', 'changed']);

function caretOf(written: string, of: string | undefined): HeadCaret | undefined {
  const owner = of === undefined ? {} : { of };
  const [isKey, name = ''] = key.exec(written) ?? [];
  if (isKey !== undefined) return { want: 'key', typed: name, ...owner };
  const [isValue, ofKey = '', typed = ''] = value.exec(written) ?? [];
  if (isValue === undefined) return undefined;
  // In a list in brackets what counts is the item the caret is in.
  const last = typed.startsWith('[') ? typed.slice(Math.max(typed.lastIndexOf(','), 0) + 1) : typed;
  return { want: 'value', key: ofKey, typed: last.trimStart(), ...owner };
}

/** The key of the note that an indented line belongs to. */
function ownerOf(before: readonly string[]): string | undefined {
  const owner = before.findLast((line) => /^[A-Za-z]/.test(line));
  return owner === undefined ? undefined : /^[A-Za-z]+(?=:)/.exec(owner)?.[0];
}
