/** The name that somebody who mistyped one may have meant. */

/** Longer words are no slips of one hand. */
const longestName = 64;

/** Those of the names that differ least from this one, nearest first, in at most a third of its letters; three at most. */
export function nearest(name: string, names: Iterable<string>): string[] {
  if (name.length > longestName) return [];
  const most = Math.max(1, Math.floor(name.length / 3));
  const near: { name: string; distance: number }[] = [];
  for (const one of names) {
    if (one === name || one.length > longestName || Math.abs(one.length - name.length) > most) continue;
    const distance = distanceBetween(name.toLowerCase(), one.toLowerCase());
    if (distance <= most) near.push({ name: one, distance });
  }
  // Sorting is stable: of those that are as near the first stays first.
  return near
    .sort((one, other) => one.distance - other.distance)
    .slice(0, 3)
    .map((one) => one.name);
}

/** How many letters must be put in, left out, changed or swapped with their neighbour (optimal string alignment). */
function distanceBetween(one: string, other: string): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row];
    for (let at = 1; at <= other.length; at += 1) {
      const same = one[row - 1] === other[at - 1];
      let least = Math.min((last[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1, (last[at - 1] ?? 0) + (same ? 0 : 1));
      const swapped = row > 1 && at > 1 && one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1];
      if (swapped) least = Math.min(least, (before[at - 2] ?? 0) + 1);
      next.push(least);
    }
    [before, last] = [last, next];
  }
  return last[other.length] ?? 0;
}
