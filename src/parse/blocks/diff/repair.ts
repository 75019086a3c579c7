import { endsHunk, isNoRemoval } from './ends.ts';
import { changeOf, copyOf, hasRoom, isDone, type Left, take } from './left.ts';
import type { DiffLines } from './lines.ts';

/**
 * What a mail program did to a hunk, seen at its first line that has no mark.
 *
 *     spaces   the space before lines of context was lost, perhaps with the tabs behind it
 *     wraps    long lines were broken in two
 *     both     each line by its look: a tab begins a line of its own
 *     guess    the counts agree with none of these
 */
export type Damage = 'spaces' | 'wraps' | 'both' | 'guess';

/** What a line without a mark is: context without its space, the rest of the line above, or no part of the hunk. */
export type Unmarked = 'context' | 'wrapped' | 'end';

/** Mail programs break a line where its next word would end behind so many columns, or more. */
const SHORTEST_BROKEN = 66;

/** Finds the damage with which the lines from `line` on use up exactly what the hunk has left. One pass for each. */
export function damageAt(lines: DiffLines, line: number, left: Left): Damage {
  if (!left.counted || left.before.length > 1) return 'guess';
  return (['spaces', 'wraps', 'both'] as const).find((damage) => agrees(lines, line, left, damage)) ?? 'guess';
}

function agrees(lines: DiffLines, from: number, given: Left, damage: Damage): boolean {
  const left = copyOf(given);
  let broken = false;
  let intact = false;
  let line = from;
  for (; lines.has(line) && !isDone(left); line++) {
    const mark = lines.mark(line);
    const isMarked = changeOf(mark) !== undefined && mark !== '';
    if (isMarked ? mark === '-' && isNoRemoval(lines, line, left) : endsHunk(lines, line)) return false;
    if (!isMarked && mark !== '' && lines.blank(line - 1) && isProse(lines.head(line))) return false;
    if (!isMarked && mark !== '' && unmarked(lines, line, damage) === 'wrapped') {
      if (!isBrokenAbove(lines, line)) return false;
      continue;
    }
    const marks = isMarked ? mark : ' ';
    if (mark === '\\') continue;
    broken ||= !isMarked && mark !== '' && mark !== '\t' && isBrokenAbove(lines, line);
    intact ||= mark === ' ' && /^[ \u00a0]{1,2}[\t\w#{}/]/.test(lines.head(line));
    if (!hasRoom(left, marks)) return false;
    take(left, marks);
  }
  // Counts may agree by chance: a mail program that takes away the space of one line does not leave it on the next.
  if (damage === 'spaces' && broken && intact) return false;
  return isDone(left) && isSettled(lines, damage === 'spaces' ? line : line + restOf(lines, line));
}

/** The last line of a hunk may be broken too. */
function restOf(lines: DiffLines, line: number): number {
  return lines.has(line) && !lines.blank(line) && !endsHunk(lines, line) && changeOf(lines.mark(line)) === undefined
    ? 1
    : 0;
}

/** Whether a hunk may well end before this line. */
function isSettled(lines: DiffLines, line: number): boolean {
  if (!lines.has(line) || lines.blank(line) || endsHunk(lines, line)) return true;
  return lines.mark(line) === '\\' || lines.head(line).startsWith('--');
}

/** What a line without a mark is, under the damage that was found. The line before it is a line of the hunk or its header. */
export function unmarked(lines: DiffLines, line: number, damage: Damage): Unmarked {
  if (damage === 'spaces') return 'context';
  if (damage === 'wraps') return 'wrapped';
  if (lines.mark(line) === '\t') return 'context';
  const isRest = isBrokenAbove(lines, line);
  if (damage === 'both') return isRest ? 'wrapped' : 'context';
  const head = lines.head(line);
  if (isProse(head)) return 'end';
  return isRest && (/^(?:[),]|\*\/)/.test(head) || !isCode(head)) ? 'wrapped' : 'context';
}

/** Whether the line above may be one that a mail program has broken: the first word of this line was too long for it. */
export function isBrokenAbove(lines: DiffLines, line: number): boolean {
  const { table, text } = lines.heads;
  const start = table.start(line - 1);
  const above = text.slice(start, Math.min(lines.end(line - 1), start + SHORTEST_BROKEN));
  const tabs = above.split('\t').length - 1;
  const word = /^\S{0,80}/.exec(lines.head(line))?.[0] ?? '';
  return above.length + 7 * tabs + 1 + word.length > SHORTEST_BROKEN;
}

/** Words and a blank between them, with no sign of code. */
function isProse(head: string): boolean {
  return /^[A-Z][a-z']{0,20},? [a-z']{1,20},? [a-z']{1,20}/.test(head) || /^I(?:'m|'d|'ll|'ve)? [a-z]/.test(head);
}

/** How a line of a program begins or ends. */
export function isCode(head: string): boolean {
  return /[;{}\\]\s{0,8}$|^(?:#\s{0,4}[a-z]|\/[*/]|\*\/|\}|\{|(?:static|struct|int|void|if|else|return|case|goto|extern|const)\b)/.test(
    head,
  );
}
