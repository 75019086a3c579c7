import type { Hunk, HunkLine } from '#mailast';
import { hunkLines } from './hunk.ts';
import type { HunkRow } from './hunk-rows.ts';
import type { DiffLines } from './lines.ts';

const BEFORE = /^\*\*\* (\d{1,15})(?:,(\d{1,15}))? \*{4}\s{0,8}$/;
const AFTER = /^--- (\d{1,15})(?:,(\d{1,15}))? -{4}\s{0,8}$/;

interface Side {
  start: number;
  lines: number;
}

/**
 * One hunk of a context diff: the lines before, then the lines after. Each half may be left out when nothing in it changes, and the context
 * stands in both.
 *
 *     *************** boil(void)
 *     *** 10,12 ****
 *       	fill(pot);
 *     ! 	heat(pot, 90);
 *     --- 10,13 ----
 *       	fill(pot);
 *     ! 	heat(pot, 100);
 */
export function readContextHunk(lines: DiffLines, line: number): { node: Hunk; next: number } {
  const before = sideOf(BEFORE, lines.head(line + 1));
  const removed = before ? readHalf(lines, line + 2, before, 'removed') : { children: [], next: line + 1, left: 0 };
  const after = sideOf(AFTER, lines.head(removed.next));
  const added = after
    ? readHalf(lines, removed.next + 1, after, 'added')
    : { children: [], next: removed.next, left: 0 };
  const section = lines.head(line).replace(/^\*+/, '').trim();
  // A half may be left out whole; one that begins must have all its lines.
  const isCut = !before || !after || [removed, added].some((half) => half.left > 0 && half.children.length > 0);
  const node: Hunk = {
    type: 'hunk',
    ...(before ? { beforeStart: before.start, beforeLines: before.lines } : {}),
    ...(after ? { afterStart: after.start, afterLines: after.lines } : {}),
    ...(section === '' ? {} : { section }),
    ...(isCut ? { damaged: 'the hunk ends before its header says' } : {}),
    position: lines.span(line, added.next),
    children: [...removed.children, ...added.children],
  };
  return { node, next: added.next };
}

/** `10,12` is first and last line; `10` one line; `0` none. */
function sideOf(pattern: RegExp, head: string): Side | undefined {
  const match = pattern.exec(head);
  if (!match) return undefined;
  const start = Number(match[1]);
  const last = Number(match[2] ?? match[1]);
  return { start, lines: start === 0 ? 0 : Math.max(0, last - start + 1) };
}

function readHalf(
  lines: DiffLines,
  from: number,
  side: Side,
  change: 'removed' | 'added',
): { children: HunkLine[]; next: number; left: number } {
  const rows: HunkRow[] = [];
  let left = side.lines;
  let next = from;
  for (; lines.has(next); next++) {
    const head = lines.head(next);
    if (rows.length > 0 && head.startsWith('\\ ')) {
      rows.push({ line: next, change: 'note', marks: '', width: 1 });
      continue;
    }
    if (left === 0 || !isOfHalf(head, change)) break;
    const isContext = head.startsWith(' ') || head === '';
    const marks = isContext ? ' ' : change === 'removed' ? '-' : '+';
    rows.push({ line: next, change: isContext ? 'context' : change, marks, width: Math.min(2, head.length) });
    left--;
  }
  const children = hunkLines(lines, rows, { before: side.start, after: side.start });
  for (const child of children) {
    if (child.change !== 'context') continue;
    if (change === 'removed') delete child.afterNumber;
    else delete child.beforeNumber;
  }
  return { children, next, left };
}

/** Two units before each line: what happens to it, and a space. */
function isOfHalf(head: string, change: 'removed' | 'added'): boolean {
  if (head === '') return true;
  return change === 'removed' ? /^[ !-](?: |$)/.test(head) : /^[ !+](?: |$)/.test(head);
}
