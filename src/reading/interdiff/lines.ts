import { diffArrays } from 'diff';

/** A line that only one of two lists has, or both: from the first `-`, from the second `+`, from both a space. */
export interface Compared<Line> {
  side: ' ' | '-' | '+';
  /** Of a line that both have, the one of the second list. */
  line: Line;
  /** Of a line that both have, the one of the first list. */
  before?: Line;
}

/** Two lists differ in more lines than that: they have nothing to do with each other, and are told one behind the other. */
const MOST_EDITS = 4000;

/** What the second list has other than the first, in order; lines are the same where their names are. */
export function compareLines<Line>(
  before: readonly Line[],
  after: readonly Line[],
  name: (line: Line) => string,
): Compared<Line>[] {
  const changes = diffArrays(before.map(name), after.map(name), { maxEditLength: MOST_EDITS });
  if (!changes)
    return [
      ...before.map((line) => ({ side: '-' as const, line })),
      ...after.map((line) => ({ side: '+' as const, line })),
    ];
  const compared: Compared<Line>[] = [];
  let [inBefore, inAfter] = [0, 0];
  for (const { added, removed, count = 0 } of changes) {
    for (let index = 0; index < count; index++) {
      const [old, now] = [added ? undefined : before[inBefore++], removed ? undefined : after[inAfter++]];
      if (now !== undefined)
        compared.push(old === undefined ? { side: '+', line: now } : { side: ' ', line: now, before: old });
      else if (old !== undefined) compared.push({ side: '-', line: old });
    }
  }
  return compared;
}
