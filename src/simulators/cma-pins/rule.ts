import type { Citation, Step } from '../kit/simulator.ts';
import type { Grab, Page } from './state.ts';

/** What a rule says: how it went, the cast afterwards, and the few words for the table of requests. */
export type Ruled = Omit<Step<unknown>, 'state'> & {
  pages: readonly Page[];
  grab?: Grab;
  request: string;
  result: string;
  /** Names of the pages it touched. */
  touched: readonly string[];
};

export function kernel(where: string, version = '6.16'): Citation {
  return { where, kernel: version };
}

/** An event that has no meaning in this state; a run never makes one. */
export function nothingToDo(pages: readonly Page[], rule: string, because: string): Ruled {
  return { outcome: 'refused', rule, because, pages, request: 'nothing', result: 'not possible', touched: [] };
}
