import type { Machine, MemoryBlock } from './machine.ts';
import type { Area, Chunk, Extent } from './regions.ts';

export type State = {
  machine: Machine;
  /** `three` is the what-if: a chunk for each table. The kernel takes one. */
  chunks: 'one' | 'three';
  /** How many memory blocks have been looked at. */
  collected: number;
  /** The TDX memory list. */
  memory: readonly MemoryBlock[];
  /** How many entries of that list have been looked at to make TDMRs. */
  covered: number;
  limitChecked: boolean;
  regions: readonly Region[];
  /** How many TDMRs have their PAMTs, and how many have all their reserved areas. */
  equipped: number;
  finished: number;
  /** Whether the total has been printed, the last thing of a run that went well. */
  counted: boolean;
  allocations: readonly Allocation[];
  freedPages: number;
  warnings: readonly string[];
  failure?: Failure;
  /** The reserved area that found no place. */
  refused?: { tdmr: number; area: Area };
  /** Ids of the pieces that the last step touched. */
  touched: readonly string[];
};

export type Region = Extent & {
  /** The node whose memory is asked first for the PAMTs; known when they are set up. */
  node?: number;
  /** The tables for 4K, 2M and 1G pages. */
  pamt: readonly Extent[];
  chunks: readonly Chunk[];
  areas: readonly Area[];
  progress: 'bare' | 'holes' | 'pamts' | 'sorted';
};

/** `pfn` and `nid` are -1 when nothing was found. */
export type Allocation = { nr_pages: number; requested_nid: number; pfn: number; nid: number };

export type Failure = { errno: number; error: string; stage: string };

export type Event =
  | { do: 'collect'; block: number }
  | { do: 'cover'; entry: number }
  | { do: 'check-limit' }
  | { do: 'allocate'; tdmr: number }
  | { do: 'reserve-holes'; tdmr: number }
  | { do: 'reserve-pamts'; tdmr: number }
  | { do: 'sort'; tdmr: number }
  | { do: 'free-pamts' }
  | { do: 'count-pamts' };

export function startOf(machine: Machine, chunks: State['chunks'] = 'one'): State {
  return {
    machine,
    chunks,
    collected: 0,
    memory: [],
    covered: 0,
    limitChecked: false,
    regions: [],
    equipped: 0,
    finished: 0,
    counted: false,
    allocations: [],
    freedPages: 0,
    warnings: [],
    touched: [],
  };
}

/** What the kernel does next in this state; `undefined` when it is done, well or not. */
export function nextEvent(state: State): Event | undefined {
  if (state.failure !== undefined) {
    const held = state.freedPages === 0 && state.allocations.some((allocation) => allocation.pfn >= 0);
    return held ? { do: 'free-pamts' } : undefined;
  }
  if (state.collected < state.machine.memblocks.length) return { do: 'collect', block: state.collected };
  if (state.covered < state.memory.length) return { do: 'cover', entry: state.covered };
  if (!state.limitChecked) return { do: 'check-limit' };
  if (state.equipped < state.regions.length) return { do: 'allocate', tdmr: state.equipped };
  const region = state.regions[state.finished];
  if (region === undefined) return state.counted ? undefined : { do: 'count-pamts' };
  const verb = region.progress === 'bare' ? 'reserve-holes' : region.progress === 'holes' ? 'reserve-pamts' : 'sort';
  return { do: verb, tdmr: state.finished };
}

/** An event that does not come next in this state is no event of the model. */
export function isNext(state: State, event: Event): boolean {
  const next = nextEvent(state);
  if (next === undefined || next.do !== event.do) return false;
  return numberOf(next) === numberOf(event);
}

function numberOf(event: Event): number {
  if (event.do === 'collect') return event.block;
  if (event.do === 'cover') return event.entry;
  return 'tdmr' in event ? event.tdmr : 0;
}
