import { type MailNode, nodesAt, type Span } from '#mailast';
import type { Place } from '../plain.ts';
import type { Reading } from '../reading.ts';

/** What a selection grows to around an offset of the source, the smallest first: word, line, paragraph, each quote, part, message. */
export function levelsAt(reading: Reading, offset: number): Place[] {
  const index = reading.mailbox.messageAt(offset);
  const page = index === undefined ? undefined : reading.page(index);
  if (!page) return [];
  const { message } = page;
  const readable = message.way.toReadable(offset);
  const levels: Place[] =
    readable === undefined ? [] : readableLevels(message.tree, message.text, readable).map((span) => page.place(span));
  return widening([...levels, message.span], offset);
}

function readableLevels(tree: MailNode, text: string, at: number): Span[] {
  const line = lineAt(text, at);
  const nodes = nodesAt(tree, at).reverse();
  return [wordAt(text, at, line), line, ...nodes.map((node) => wholeLines(node, text))];
}

/** What has several lines begins with its first one: the marks of the quotes around it belong to it. */
function wholeLines({ position: { start, end } }: MailNode, text: string): Span {
  const first = end.line > start.line ? text.lastIndexOf('\n', start.offset - 1) + 1 : start.offset;
  return { start: first, end: end.offset };
}

function lineAt(text: string, at: number): Span {
  const end = text.indexOf('\n', at);
  return { start: text.lastIndexOf('\n', at - 1) + 1, end: end === -1 ? text.length : end };
}

/** Longer words than this are not looked for. */
const LONGEST = 200;

function wordAt(text: string, at: number, line: Span): Span {
  let [start, end] = [at, at];
  while (start > Math.max(line.start, at - LONGEST) && isWord(text, start - 1)) start--;
  while (end < Math.min(line.end, at + LONGEST) && isWord(text, end)) end++;
  return { start, end };
}

function isWord(text: string, at: number): boolean {
  return /[\p{L}\p{N}_]/u.test(text.charAt(at));
}

/** Each level holds the one before it; what does not, or is no larger, is left out. */
function widening(levels: Place[], offset: number): Place[] {
  levels.sort((one, other) => one.end - one.start - (other.end - other.start));
  const found: Place[] = [];
  let inner: Place = { start: offset, end: offset };
  for (const level of levels) {
    const isLarger = level.end - level.start > inner.end - inner.start;
    if (!isLarger || level.start > inner.start || level.end < inner.end) continue;
    found.push({ start: level.start, end: level.end });
    inner = level;
  }
  return found;
}
