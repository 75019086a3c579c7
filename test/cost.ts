/**
 * The least processor time of some runs, in milliseconds: other programs may have the machine for a while, which this does not count. Compare it with
 * the cost of a smaller input, never with a number of milliseconds.
 */
export function costOf(run: () => unknown, runs = 3): number {
  let least = Number.POSITIVE_INFINITY;
  for (let count = 0; count < runs; count++) {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}
