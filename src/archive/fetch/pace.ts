/** How long two requests are apart at least, in milliseconds. */
const APART = 1000;
/** Nobody waits longer, in milliseconds. */
const LONGEST_QUEUE = 60 * APART;

/** When the last request was or will be sent, in milliseconds of the clock. */
export interface Pace {
  last?: number;
}

/**
 * Takes the next turn: how long to wait for it, in milliseconds. Those who ask at once stand in a queue, a second apart. A clock that was set back
 * makes nobody wait longer than the longest queue there is.
 */
export function takeTurn(pace: Pace, now: number): number {
  const waiting = pace.last === undefined ? 0 : pace.last + APART - now;
  const wait = waiting > 0 && waiting <= LONGEST_QUEUE ? waiting : 0;
  pace.last = now + wait;
  return wait;
}
