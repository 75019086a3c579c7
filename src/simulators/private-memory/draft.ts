import type { Citation, Step } from '../kit/simulator.ts';
import type { Exit, FaultResult, HostPage, Page, State } from './state.ts';

/** What a rule says it did. */
export type Told = Omit<Step<unknown>, 'state'>;

/** A state that rules may write in; pages and host pages are copies. */
export interface Draft extends State {
  pages: Page[];
  host: HostPage[];
  exits: Exit[];
}

export function draftOf(state: State): Draft {
  const draft: Draft = {
    ...state,
    pages: state.pages.map((page) => ({ ...page, mapped: { ...page.mapped } })),
    host: state.host.map((page) => ({ ...page })),
    counts: { ...state.counts },
    exits: [...state.exits],
    touched: [],
  };
  if (!state.remembers) {
    delete draft.exit;
    delete draft.result;
  }
  return draft;
}

export function counted(draft: Draft, what: keyof State['counts'], times = 1): void {
  if (draft.remembers) draft.counts[what] += times;
}

export function leave(draft: Draft, exit: Exit): void {
  draft.exit = exit;
  if (!draft.remembers) return;
  draft.exits.push(exit);
  if (exit.reason === 'memory-fault') draft.counts.memoryFaults++;
  if (exit.reason === 'hypercall') draft.counts.hypercalls++;
}

/** The guest runs again, so there is no exit to look at any more. */
export function enterGuest(draft: Draft): void {
  delete draft.exit;
}

export function ended(draft: Draft, result: FaultResult): void {
  draft.result = result;
  if (result === 'RET_PF_RETRY') counted(draft, 'retries');
}

/** The numbers of a range of guest pages, as far as there are any. */
export function numbersOf(draft: Draft, from: number, count: number): number[] {
  const last = Math.min(from + count, draft.pages.length);
  return Array.from({ length: Math.max(0, last - from) }, (_, index) => from + index);
}

export function kernel(where: string, version = '6.8-6.16'): Citation {
  return { where, kernel: version };
}

export function reading(where: string, version = '6.8-6.16'): Citation {
  return { where, kernel: version, inferred: true };
}

export const WHAT_IF: Citation = { where: 'what if: no kernel does this', kernel: '6.8-6.16', inferred: true };
