import { plainLine } from '../markdown.ts';

/** How much of a line is shown, and how much of it is looked at, in UTF-16 units. */
const MOST_SHOWN = 120;
const MOST_READ = 400;

/** The line around an offset of a text as one of a list: without quote marks and signs that hide, and not too long. */
export function excerptAt(text: string, offset: number): string {
  const before = text.slice(Math.max(0, offset - MOST_READ), offset);
  const start = offset - before.length + before.lastIndexOf('\n') + 1;
  const line = text.slice(start, start + MOST_READ).split('\n', 1)[0] ?? '';
  const shown = plainLine(line.replace(/^[>|\s]{1,200}/, ''));
  return shown.length <= MOST_SHOWN ? shown : `${shown.slice(0, MOST_SHOWN - 1)}\u2026`;
}
