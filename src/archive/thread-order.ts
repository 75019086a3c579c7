/** What the order of a thread is made from. Messages are named by numbers that rise in the order given. */
export interface OrderFacts {
  /** In milliseconds since 1970. */
  time(index: number): number | undefined;
  /** -1 where it answers none. */
  parent(index: number): number;
  /** The number of a patch in its series, 0 of a cover letter. */
  part(index: number): number | undefined;
}

/**
 * The messages of a thread as they are read: its root, then by date; of one second by their number in the series, then as given. A cover letter stands before its
 * patches whatever the clocks said. A message without a date stands behind the one before it.
 */
export function inReadingOrder(members: readonly number[], root: number, facts: OrderFacts): number[] {
  const times = new Map<number, number>();
  let before = Number.NEGATIVE_INFINITY;
  for (const index of members) {
    before = facts.time(index) ?? times.get(facts.parent(index)) ?? before;
    times.set(index, before);
  }
  for (const index of members) {
    const parent = facts.parent(index);
    const time = times.get(index) ?? 0;
    if (facts.part(parent) === 0 && facts.part(index) !== undefined && time < (times.get(parent) ?? time))
      times.set(parent, time);
  }
  return [...members].sort((one, other) => {
    if (one === root || other === root) return one === root ? -1 : 1;
    const [early = 0, late = 0] = [times.get(one), times.get(other)];
    if (early !== late) return early < late ? -1 : 1;
    return (facts.part(one) ?? MOST_PARTS) - (facts.part(other) ?? MOST_PARTS) || one - other;
  });
}

/** No patch has a larger number; a reply stands behind all of them. */
const MOST_PARTS = 1e9;
