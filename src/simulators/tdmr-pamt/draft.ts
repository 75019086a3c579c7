import { type FreeMemory, freeMemory } from './free-memory.ts';
import type { MemoryBlock } from './machine.ts';
import type { Chunk } from './regions.ts';
import type { Allocation, Region, State } from './state.ts';

/**
 * A state that rules may write in. The lists grow in place, so that a whole run on a large machine costs what it has steps; regions
 * themselves are replaced, never written in, since published states share them.
 */
export interface Draft extends State {
  memory: MemoryBlock[];
  regions: Region[];
  allocations: Allocation[];
  warnings: string[];
  /** What is free; opened when the first PAMT needs it. */
  free(): FreeMemory;
  /** All PAMT chunks, ascending; asked for when no more are coming. */
  placed(): readonly Chunk[];
}

export function draftOf(state: State): Draft {
  let free: FreeMemory | undefined;
  let placed: readonly Chunk[] | undefined;
  const draft: Draft = {
    ...state,
    memory: [...state.memory],
    regions: [...state.regions],
    allocations: [...state.allocations],
    warnings: [...state.warnings],
    free() {
      free ??= freeMemory(draft.machine, stillHeld(draft));
      return free;
    },
    placed() {
      placed ??= draft.regions.flatMap((region) => region.chunks).sort((a, b) => a.base - b.base);
      return placed;
    },
  };
  return draft;
}

export function stateOf(draft: Draft): State {
  const { free, placed, ...state } = draft;
  return state;
}

/** Allocations that succeeded and were not freed again. */
export function stillHeld(state: State): Allocation[] {
  return state.freedPages > 0 ? [] : state.allocations.filter((allocation) => allocation.pfn >= 0);
}
