import type { HeaderField, Message } from '#mailast';
import { type LogicalText, logicalTexts } from '#reading';
import type { Place } from '../plain.ts';
import type { Page } from '../reading.ts';

/** Words of a mail that a note is to be written about. */
export interface SelectedTerm {
  /** On one line, without the brackets and quotation marks around it. */
  text: string;
  /** The block or the header field it stands in, and where in it. */
  where: Stretch;
  start: number;
  end: number;
}

type Stretch = Pick<LogicalText, 'text' | 'block' | 'logical'>;

/** UTF-16 units. Longer selections are sentences. */
const longestTerm = 80;

/**
 * The selected words, or the word at the caret where nothing is selected. Absent outside of prose, code and the subject, in a
 * selection over several blocks, and where there is no word. A term may be broken over a line end and a quote mark.
 */
export function selectedTerm(page: Page, { start, end }: Place): SelectedTerm | undefined {
  const { way, tree, text } = page.message;
  const from = way.toReadable(start);
  const to = way.toReadable(Math.max(start, end - 1));
  if (from === undefined || to === undefined) return undefined;
  for (const where of [...subjectOf(tree, text), ...logicalTexts(tree, text)]) {
    const [first, last] = [caretIn(where, from), where.logical(to)];
    if (first === undefined) continue;
    if (start === end) return trimmed(where, ...wordAt(where.text, first));
    return last === undefined ? undefined : trimmed(where, first, last + 1);
  }
  return undefined;
}

/** The subject, also where it is folded; archive pages show it without the name of the field. */
function subjectOf(tree: Message, readable: string): Stretch[] {
  const header = tree.children.find((child) => child.type === 'header');
  const field = header?.children.find(({ name }) => name.toLowerCase() === 'subject');
  if (field === undefined) return [];
  const from = valueStart(field, readable);
  const to = field.position.end.offset;
  const text = readable.slice(from, to);
  return [{ text, block: field, logical: (at) => (from <= at && at < to ? at - from : undefined) }];
}

function valueStart({ name, position }: HeaderField, readable: string): number {
  const start = position.start.offset;
  return readable.startsWith(`${name}:`, start) ? start + name.length + 1 : start;
}

/** The caret may stand right behind the last word of a line. */
function caretIn(where: Stretch, at: number): number | undefined {
  const before = at > 0 ? where.logical(at - 1) : undefined;
  return where.logical(at) ?? (before === undefined ? undefined : before + 1);
}

const wordSign = /[\p{L}\p{N}_-]/u;

function wordAt(text: string, at: number): [start: number, end: number] {
  let [start, end] = [at, at];
  while (start > 0 && at - start < longestTerm && wordSign.test(text.charAt(start - 1))) start--;
  while (end < text.length && end - at < longestTerm && wordSign.test(text.charAt(end))) end++;
  return [start, end];
}

function trimmed(where: Stretch, from: number, to: number): SelectedTerm | undefined {
  let [start, end] = [from, to];
  // What is around a word and no part of it. The brackets of a function's name are found without being written.
  while (start < end && /[^\p{L}\p{N}_]/u.test(where.text.charAt(start))) start++;
  while (end > start && /[^\p{L}\p{N}_*]/u.test(where.text.charAt(end - 1))) end--;
  const text = where.text.slice(start, end).replace(/\s+/g, ' ');
  return text === '' || text.length > longestTerm ? undefined : { text, where, start, end };
}
