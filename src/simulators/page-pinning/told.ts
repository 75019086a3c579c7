import type { Citation, Step } from '../kit/simulator.ts';
import { type Counts, type End, NO_WORK, type Round, type State, sum } from './state.ts';

/** What a rule says: the state it leads to, how it went, and why. */
export type Told = Step<State> & { source: Citation };

export function kernel(where: string, version = '6.16'): Citation {
  return { where, kernel: version };
}

export function done(state: State, rule: string, because: string, source: Citation): Told {
  return { state, outcome: 'done', rule, because, source };
}

/** A step that has no meaning here; a run never takes one. */
export function outOfOrder(state: State, because: string): Told {
  return { state, outcome: 'refused', rule: 'out-of-order', because, source: { where: 'the order of steps here' } };
}

/** The counters with more work on them. */
export function counted(counts: Counts, more: Partial<Counts>): Counts {
  return sum([counts, { ...NO_WORK, ...more }]);
}

/** Writes a step of the six into the scan under way, and closes it when the step was its last. */
export function noted(state: State, words: string, end: End = 'open'): State {
  const round = state.rounds.at(-1);
  if (round === undefined || round.end !== 'open') return state;
  const next: Round = { ...round, steps: [...round.steps, words], after: state.counts, end };
  return { ...state, rounds: [...state.rounds.slice(0, -1), next] };
}

export function isOpen(state: State): boolean {
  return state.rounds.at(-1)?.end === 'open';
}
