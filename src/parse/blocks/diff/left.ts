import type { HunkLine } from '#mailast';
import type { HunkHead } from './hunk-head.ts';

type Change = HunkLine['change'];

/** How many lines of each file a hunk still has to come. A hunk without numbers has lines as long as they look like it. */
export interface Left {
  counted: boolean;
  /** One number a parent. */
  before: number[];
  after: number;
}

export function leftOf({ before, after }: HunkHead): Left {
  if (!after) return { counted: false, before: [Number.POSITIVE_INFINITY], after: Number.POSITIVE_INFINITY };
  return { counted: true, before: before.map(({ lines }) => lines), after: after.lines };
}

export function copyOf(left: Left): Left {
  return { ...left, before: [...left.before] };
}

export function isDone(left: Left): boolean {
  return left.after === 0 && left.before.every((lines) => lines === 0);
}

/** What the marks of a line say: one mark a parent. `undefined` when they are no marks. */
export function changeOf(marks: string): Exclude<Change, 'note'> | undefined {
  if (/[^ +-]/.test(marks)) return undefined;
  if (marks.includes('-')) return 'removed';
  return marks.includes('+') ? 'added' : 'context';
}

/** Whether a line with these marks is in the file before, of parent number `parent`. */
export function isInParent(marks: string, parent: number): boolean {
  const mark = marks.charAt(parent);
  return marks.includes('-') ? mark === '-' : mark !== '+';
}

/** Whether a line with these marks may still come. */
export function hasRoom(left: Left, marks: string): boolean {
  if (!marks.includes('-') && left.after === 0) return false;
  return left.before.every((lines, parent) => lines > 0 || !isInParent(marks, parent));
}

/** Counts a line with these marks. A side never falls below nothing. */
export function take(left: Left, marks: string): void {
  if (!marks.includes('-')) left.after = Math.max(0, left.after - 1);
  for (let parent = 0; parent < left.before.length; parent++) {
    if (isInParent(marks, parent)) left.before[parent] = Math.max(0, (left.before[parent] ?? 0) - 1);
  }
}
