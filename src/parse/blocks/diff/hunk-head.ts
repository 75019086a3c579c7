import type { HunkRange } from '#mailast';

/** What the first line of a hunk says. */
export interface HunkHead {
  /** One range a parent: two or more in a combined diff. Empty when there are no numbers. */
  before: readonly HunkRange[];
  after?: HunkRange;
  section?: string;
  /** The line begins as a hunk header does, but goes on otherwise. */
  unreadable?: true;
}

/** `@@ -1,3 +1,4 @@ section`, `@@ -1 +1 @@`, and `@@@ -1,3 -1,4 +1,5 @@@` of a merge: one `@` more than files before it. */
const HEAD = /^(@{2,33}) ((?:-\d{1,20}(?:,\d{1,20})? ){1,32})\+(\d{1,20})(?:,(\d{1,20}))? (@{2,33})(.*)$/s;
const BEGINS = /^@@+ -\d/;
/** Somebody wrote the hunk by hand, or left the numbers out: `@@`, `@@ ... @@`, `@@ boil() @@`. */
const BARE = /^@@(?: .{0,200})?$/;

/** Whether a line is the header of a hunk, wherever it stands. */
export function beginsHunk(line: string): boolean {
  return BEGINS.test(line);
}

/** Whether a line is a hunk header without numbers: only below the names of a file, or below another hunk. */
export function isBareHead(line: string): boolean {
  return BARE.test(line.trimEnd()) && !BEGINS.test(line);
}

/** Reads a line that `beginsHunk` or `isBareHead` accepts. */
export function hunkHead(line: string): HunkHead {
  const match = HEAD.exec(line);
  if (!match) return { before: [], ...(BEGINS.test(line) ? { unreadable: true } : sectionOf(bareSection(line))) };
  const before = (match[2] ?? '')
    .trim()
    .split(' ')
    .map((range) => rangeOf(range.slice(1)));
  if (before.length + 1 !== match[1]?.length || match[5] !== match[1]) return { before: [], unreadable: true };
  const after = rangeOf(match[4] === undefined ? (match[3] ?? '') : `${match[3]},${match[4]}`);
  return { before, after, ...sectionOf(match[6] ?? '') };
}

/** `1,3`; a count that is left out is 1. */
function rangeOf(range: string): HunkRange {
  const [start = '', lines = '1'] = range.split(',');
  return { start: Number(start), lines: Number(lines) };
}

/** `@@ ... @@ boil()` and `@@ boil() @@`: the last words between the signs. */
function bareSection(line: string): string {
  const words = line.split('@@').map((part) => part.replaceAll(/\.{3}|\u2026/g, '').trim());
  return words.findLast((part) => part !== '') ?? '';
}

function sectionOf(section: string): Pick<HunkHead, 'section'> {
  const trimmed = section.trim();
  return trimmed === '' ? {} : { section: trimmed };
}
