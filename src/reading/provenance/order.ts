import type { Chain } from './chains.ts';
import type { Found } from './row.ts';

/** A place, and the passage that gave it, where one did. */
export interface Placed extends Found {
  chain?: Chain;
}

/** Rows in a row that one passage gave their places. */
interface Stretch {
  first: number;
  last: number;
  from: number;
  to: number;
  words: number;
}

/**
 * The indexes of rows whose place lies outside of the room that the rows around them leave, where these are in order and stand in longer passages: who quotes a text
 * from the top seldom jumps for a line. Linear.
 */
export function astrayRows(found: readonly (Placed | undefined)[]): number[] {
  const all = stretches(found);
  const astray: number[] = [];
  for (const [at, one] of all.entries()) {
    const [before, after] = [all[at - 1], all[at + 1]];
    if (!before || !after || before.to > after.from || (before.to <= one.from && one.to <= after.from)) continue;
    if (one.words >= before.words || one.words >= after.words) continue;
    for (let index = one.first; index <= one.last; index++) if (found[index]) astray.push(index);
  }
  return astray;
}

function stretches(found: readonly (Placed | undefined)[]): Stretch[] {
  const all: Stretch[] = [];
  let chain: Chain | undefined;
  for (const [index, one] of found.entries()) {
    if (!one) continue;
    const open = all.at(-1);
    if (open && chain !== undefined && one.chain === chain) {
      open.last = index;
      open.to = one.to;
      continue;
    }
    chain = one.chain;
    all.push({ first: index, last: index, from: one.from, to: one.to, words: chain?.words ?? one.to - one.from });
  }
  return all;
}
