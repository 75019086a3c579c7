/** How likely the area can be had in one piece when some of its blocks are held and nobody knows which. */

/**
 * Of all ways to place `held` blocks among `blocks`, how many leave a run of `wanted` without one. All ways count the same, which is
 * our assumption: real references sit where the work is.
 */
export function placementsThatWork(blocks: number, held: number, wanted: number): { work: number; all: number } {
  const all = placements(blocks, held);
  return { work: all - withoutRun(blocks, held, wanted), all };
}

function placements(blocks: number, held: number): number {
  if (held < 0 || held > blocks) return 0;
  let ways = 1;
  for (let index = 0; index < held; index++) ways = (ways * (blocks - index)) / (index + 1);
  return ways;
}

/**
 * Placements in which every run of blocks that are not held is shorter than `wanted`. `held` blocks cut the area into held + 1 runs, so
 * this counts the ways to fill that many runs with at most wanted - 1 each.
 */
function withoutRun(blocks: number, held: number, wanted: number): number {
  let ways: number[] = [1];
  for (let runs = 0; runs <= held; runs++) {
    const next = new Array<number>(blocks - held + 1).fill(0);
    for (const [filled, number] of ways.entries()) {
      for (let length = 0; length < wanted && filled + length < next.length; length++) {
        next[filled + length] = (next[filled + length] ?? 0) + number;
      }
    }
    ways = next;
  }
  return held > blocks ? 0 : (ways[blocks - held] ?? 0);
}
