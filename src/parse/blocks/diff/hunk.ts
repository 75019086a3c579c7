import type { Hunk, HunkLine } from '#mailast';
import { type HunkHead, hunkHead } from './hunk-head.ts';
import { type HunkRow, type RowsRead, readRows } from './hunk-rows.ts';
import { isDone, isInParent, type Left, leftOf } from './left.ts';
import type { DiffLines } from './lines.ts';

/** The numbers that the next lines of a hunk have in the file before and after. */
export interface Counter {
  before: number;
  after: number;
}

/** A hunk as far as it was read, and what is needed to go on with it behind somebody's words. */
export interface OpenHunk {
  node: Hunk;
  head: HunkHead;
  left: Left;
  /** Absent when the lines of this hunk cannot be numbered. */
  counter?: Counter;
}

export const CUT_OFF = 'the hunk ends before its header says';

/** No hunk has more lines; numbers up to so many behind the first must be exact. */
const MOST_NUMBERED = 1e9;

/**
 * One hunk, of two files or of a merge. A hunk in a trimmed quote ends early and says so.
 *
 *     @@ -10,3 +10,4 @@ static void boil(struct kettle *k)
 *      	fill(k);
 *     +	heat(k);
 */
export function readHunk(lines: DiffLines, line: number): { open: OpenHunk; next: number } {
  const head = hunkHead(lines.own(line).slice(0, 1000));
  const left = leftOf(head);
  const counter = counterOf(head);
  const read = readRows(lines, line + 1, left, true);
  if (read.restOfHeader !== undefined) head.section = `${head.section ?? ''} ${lines.head(read.restOfHeader)}`.trim();
  // A page that lost white space and empty lines of every hunk is said to have done so once, of the page; behind a line that is missing
  // nobody knows the numbers.
  const { stripped } = lines.heads;
  const damaged = stripped ? undefined : damageOf(head, counter, read, left);
  const node: Hunk = {
    type: 'hunk',
    ...rangesOf(head),
    ...(head.section === undefined ? {} : { section: head.section }),
    ...(damaged === undefined ? {} : { damaged }),
    position: lines.span(line, read.next),
    children: hunkLines(lines, read.rows, stripped && !isDone(left) ? undefined : counter),
  };
  return { open: { node, head, left, ...(counter ? { counter } : {}) }, next: read.next };
}

function counterOf({ before, after }: HunkHead): Counter | undefined {
  const first = before[0];
  if (!first || !after || !Number.isSafeInteger(first.start + after.start + MOST_NUMBERED)) return undefined;
  return { before: first.start, after: after.start };
}

function rangesOf({ before, after }: HunkHead): Partial<Hunk> {
  const first = before[0];
  if (!first || !after) return {};
  const starts = Number.isSafeInteger(first.start) && Number.isSafeInteger(after.start);
  return {
    ...(starts ? { beforeStart: first.start } : {}),
    beforeLines: first.lines,
    ...(starts ? { afterStart: after.start } : {}),
    afterLines: after.lines,
    ...(before.length > 1 ? { parents: before } : {}),
  };
}

function damageOf(head: HunkHead, counter: Counter | undefined, read: RowsRead, left: Left): string | undefined {
  if (head.unreadable) return 'the hunk header cannot be read';
  if (!left.counted) return 'the hunk header gives no line numbers';
  if (!counter) return 'the line numbers of its header are too large';
  return changeOnTheWay(read) ?? (isDone(left) ? undefined : CUT_OFF);
}

/** How the lines were changed on the way, in the words of a complaint. */
export function changeOnTheWay({ spaces, wraps, noBreak, beyond }: RowsRead): string | undefined {
  if (spaces && wraps) return 'white space at the start of lines was lost and long lines were broken in two';
  if (spaces) return 'white space at the start of lines was lost';
  if (wraps) return 'long lines were broken in two';
  if (noBreak) return 'spaces at the start of lines became no-break spaces';
  return beyond ? 'the hunk has more lines than its header says' : undefined;
}

/** The nodes of rows. With a counter they are numbered, and it is moved on; lines behind what the header counts have no numbers. */
export function hunkLines(lines: DiffLines, rows: readonly HunkRow[], counter: Counter | undefined): HunkLine[] {
  return rows.map((row) => {
    const node = hunkLine(lines, row);
    if (counter && row.marks !== '' && !row.beyond) number(node, row.marks, counter);
    return node;
  });
}

function hunkLine(lines: DiffLines, { line, change, width, wrapped }: HunkRow): HunkLine {
  const { text } = lines.heads;
  const end = lines.end(line);
  const offset = Math.min(lines.start(line) + width, end);
  const { start } = lines.span(line, line + 1);
  const column = (at: number): number => start.column + at - start.offset;
  return {
    type: 'hunkLine',
    change,
    value: text.slice(offset, end),
    ...(wrapped ? { wrapped } : {}),
    position: {
      start: { line: line + 1, column: column(offset), offset },
      end: { line: line + 1, column: column(end), offset: end },
    },
  };
}

function number(node: HunkLine, marks: string, counter: Counter): void {
  if (isInParent(marks, 0)) node.beforeNumber = counter.before++;
  if (node.change !== 'removed') node.afterNumber = counter.after++;
}
