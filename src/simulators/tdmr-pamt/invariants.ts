import type { Invariant } from '../kit/simulator.ts';
import { stillHeld } from './draft.ts';
import { PAGE_BYTES } from './machine.ts';
import type { Extent } from './regions.ts';
import { nextEvent, type Region, type State } from './state.ts';

export const invariants: readonly Invariant<State>[] = [
  { name: 'no two PAMTs overlap', holds: pamtsAreApart },
  { name: 'every PAMT lies in memory of the node it was taken from', holds: pamtsLieInMemory },
  { name: 'no TDMR has more reserved areas than the module takes', holds: areasKeepTheLimit },
  { name: 'no more TDMRs than the module takes', holds: (state) => state.regions.length <= state.machine.max_tdmrs },
  { name: 'reserved areas lie inside their TDMR, in order and apart', holds: areasAreInOrder },
  { name: 'holes, PAMT memory and usable memory make up each TDMR', holds: bytesAreConserved },
  { name: 'after a failure nothing stays allocated', holds: failureFreesAll },
];

function pamtsAreApart(state: State): boolean {
  return apart(state.regions.flatMap((region) => region.pamt).sort((a, b) => a.base - b.base));
}

function apart(extents: readonly Extent[]): boolean {
  return extents.every((extent, index) => {
    const before = extents[index - 1];
    return before === undefined || before.base + before.size <= extent.base;
  });
}

function pamtsLieInMemory(state: State): boolean {
  return stillHeld(state).every(({ pfn, nr_pages, nid }) => {
    const own = state.machine.memblocks.filter((block) => block.nid === nid);
    const inside = own.reduce((sum, block) => sum + shared(block.start_pfn, block.end_pfn, pfn, pfn + nr_pages), 0);
    return inside === nr_pages;
  });
}

function areasKeepTheLimit(state: State): boolean {
  return state.regions.every((region) => region.areas.length <= state.machine.max_reserved_per_tdmr);
}

function areasAreInOrder(state: State): boolean {
  return state.regions.every((region) => {
    if (region.progress !== 'sorted') return true;
    const extents = region.areas.map((area) => ({ base: area.offset, size: area.size }));
    return (
      apart(extents) && extents.every((area) => area.size > 0 && area.base >= 0 && area.base + area.size <= region.size)
    );
  });
}

/** Counted from the machine, not from the areas: memory inside the TDMR, less the PAMT pages in it, is what guests may get. */
function bytesAreConserved(state: State): boolean {
  if (state.failure !== undefined) return true;
  return state.regions.every((region) => {
    if (region.progress !== 'sorted') return true;
    const end = region.base + region.size;
    const memory = state.memory.reduce(
      (sum, block) => sum + shared(block.start_pfn * PAGE_BYTES, block.end_pfn * PAGE_BYTES, region.base, end),
      0,
    );
    const pamt = state.regions
      .flatMap((other) => other.pamt)
      .reduce((sum, table) => sum + shared(table.base, table.base + table.size, region.base, end), 0);
    return reservedBytes(region) + (memory - pamt) === region.size;
  });
}

function reservedBytes(region: Region): number {
  return region.areas.reduce((sum, area) => sum + area.size, 0);
}

function failureFreesAll(state: State): boolean {
  if (state.failure === undefined || nextEvent(state) !== undefined) return true;
  const taken = state.allocations.reduce((sum, each) => sum + (each.pfn < 0 ? 0 : each.nr_pages), 0);
  return state.freedPages === taken && state.regions.every((region) => region.pamt.length === 0);
}

/** How much of [start, end) lies in [from, to). */
function shared(start: number, end: number, from: number, to: number): number {
  return Math.max(0, Math.min(end, to) - Math.max(start, from));
}
