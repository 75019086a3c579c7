import type { Citation, Step } from '../kit/simulator.ts';
import type { Draft } from './draft.ts';
import { PAGE_BYTES } from './machine.ts';
import { type Area, ascending, type Extent, holesIn, pamtsIn, regionFor, tdxMemory } from './regions.ts';
import type { Region } from './state.ts';
import { count, ordinal, pagesInWords, rangeInWords, tdmrList } from './words.ts';

/**
 * The rules: each stands for one kernel function, changes the draft and says what it did. The functions read the same in 6.8 and
 * in 6.16, so one set of rules serves all versions between.
 */
export type Told = Omit<Step<unknown>, 'state'>;

/** The kernel warns when fewer TDMRs than this are left. */
const FEW_TDMRS = 4;

export function kernel(name: string): Citation {
  return { where: `arch/x86/virt/vmx/tdx/tdx.c ${name}()`, kernel: '6.8-6.16' };
}

/** Every memory region becomes TDX memory, but for the first 1 MB. */
export function collectMemory(draft: Draft, index: number): Told {
  const block = draft.machine.memblocks[index];
  const usable = block === undefined ? undefined : tdxMemory(block);
  draft.collected = index + 1;
  draft.touched = [`block-${index}`];
  const source = kernel('build_tdx_memlist');
  if (block === undefined || usable === undefined) {
    const where = block === undefined ? 'It' : pagesInWords(block);
    const because = `${where} lies below 1 MB, which is never TDX memory, so it is left out.`;
    return { outcome: 'done', rule: 'leave-out-first-megabyte', because, source };
  }
  draft.memory.push(usable);
  const cut = usable.start_pfn > block.start_pfn ? `, without the part below 1 MB: ${pagesInWords(usable)}` : '';
  const because = `${pagesInWords(block)} of node ${block.nid} becomes TDX memory${cut}.`;
  return { outcome: 'done', rule: 'collect-memory', because, source };
}

/** Regions of whole GB over the memory list. A new one begins where the last one ended, and neighbours are never merged. */
export function coverMemory(draft: Draft, index: number): Told {
  const entry = draft.memory[index];
  const last = draft.regions.at(-1);
  const number = draft.regions.length;
  const region = entry === undefined ? undefined : regionFor(entry, last);
  const source = kernel('fill_out_tdmrs');
  draft.covered = index + 1;
  if (entry === undefined || region === undefined) {
    draft.touched = [`tdmr-${number - 1}`];
    const where = entry === undefined ? 'The memory' : pagesInWords(entry);
    const because = `${where} ends inside TDMR ${number - 1}, which covers it already.`;
    return { outcome: 'done', rule: 'already-covered', because, source };
  }
  if (number === draft.machine.max_tdmrs) return tooManyRegions(draft, entry, source);
  draft.regions.push({ ...region, pamt: [], chunks: [], areas: [], progress: 'bare' });
  draft.touched = [`tdmr-${number}`];
  const where = rangeInWords(region.base, region.base + region.size);
  const starts =
    entry.start_pfn * PAGE_BYTES < region.base ? 'begins inside the TDMR before' : 'is rounded out to whole GB';
  const because = `${pagesInWords(entry)} ${starts}: TDMR ${number} covers ${where}.`;
  return { outcome: 'done', rule: 'new-tdmr', because, source };
}

function tooManyRegions(draft: Draft, entry: { start_pfn: number; end_pfn: number }, source: Citation): Told {
  const log = 'virt/tdx: initialization failed: TDMRs exhausted.';
  draft.warnings.push(log);
  draft.failure = { errno: 28, error: 'ENOSPC', stage: 'fill_out_tdmrs' };
  draft.touched = [`block-${draft.machine.memblocks.findIndex((block) => block.end_pfn === entry.end_pfn)}`];
  const { max_tdmrs } = draft.machine;
  const because = `${pagesInWords(entry)} needs a ${ordinal(max_tdmrs + 1)} TDMR and the module takes ${max_tdmrs}: -ENOSPC, TDX stays off.`;
  return { outcome: 'refused', rule: 'tdmrs-exhausted', because, source, log: [log] };
}

export function checkLimit(draft: Draft): Told {
  const used = draft.regions.length;
  const { max_tdmrs } = draft.machine;
  const left = max_tdmrs - used;
  const source = kernel('fill_out_tdmrs');
  draft.limitChecked = true;
  draft.touched = [];
  const sum = `${used} of ${count(max_tdmrs, 'TDMR')} used, ${left} left`;
  if (left >= FEW_TDMRS) {
    return {
      outcome: 'done',
      rule: 'check-limit',
      because: `${sum}: no warning, since ${FEW_TDMRS} or more are left.`,
      source,
    };
  }
  const log = `virt/tdx: consumed TDMRs reaching limit: ${used} used out of ${max_tdmrs}`;
  draft.warnings.push(log);
  return {
    outcome: 'done',
    rule: 'limit-is-near',
    because: `${sum}: fewer than ${FEW_TDMRS}, so the kernel warns.`,
    source,
    log: [log],
  };
}

/** What holds no TDX memory must be reported as reserved. */
export function reserveHoles(draft: Draft, tdmr: number): Told {
  const region = draft.regions[tdmr];
  if (region === undefined) return nothingToDo('reserve-holes');
  const source = kernel('tdmr_populate_rsvd_holes');
  const max = draft.machine.max_reserved_per_tdmr;
  const { areas, full } = added(region.areas, holesIn(region, draft.memory), max);
  draft.regions[tdmr] = { ...region, areas, progress: 'holes' };
  draft.touched = [`areas-${tdmr}`];
  if (full !== undefined) return tooManyAreas(draft, tdmr, region, full, source);
  const holes = areas.length === 0 ? 'has no hole' : `has ${count(areas.length, 'hole')}`;
  const because = `TDMR ${tdmr} ${holes}; ${areas.length} of ${count(max, 'reserved area')} used.`;
  return { outcome: 'done', rule: 'reserve-holes', because, source };
}

/** Whatever part of any PAMT lies in this TDMR must be reported too, whichever TDMR the PAMT serves. */
export function reservePamts(draft: Draft, tdmr: number): Told {
  const region = draft.regions[tdmr];
  if (region === undefined) return nothingToDo('reserve-pamts');
  const source = kernel('tdmr_populate_rsvd_pamts');
  const max = draft.machine.max_reserved_per_tdmr;
  const parts = pamtsIn(region, draft.placed());
  const { areas, full } = added(region.areas, parts, max);
  draft.regions[tdmr] = { ...region, areas, progress: 'pamts' };
  draft.touched = [`areas-${tdmr}`];
  if (full !== undefined) return tooManyAreas(draft, tdmr, region, full, source);
  const owners = [...new Set(parts.flatMap((part) => part.of ?? []))];
  const because =
    parts.length === 0
      ? `No PAMT lies in TDMR ${tdmr}; ${areas.length} of ${count(max, 'reserved area')} used.`
      : `PAMT memory of ${tdmrList(owners)} lies in TDMR ${tdmr}: ${count(parts.length, 'area')} more, ${areas.length} of ${max} used. Neighbours are not merged.`;
  return { outcome: 'done', rule: 'reserve-pamts', because, source };
}

/** Takes areas one by one until they end or one finds no place. */
function added(
  before: readonly Area[],
  more: Iterable<Area>,
  max: number,
): { areas: readonly Area[]; full: Area | undefined } {
  const areas = [...before];
  for (const area of more) {
    if (areas.length === max) return { areas, full: area };
    areas.push(area);
  }
  return { areas, full: undefined };
}

function tooManyAreas(draft: Draft, tdmr: number, region: Extent, area: Area, source: Citation): Told {
  const max = draft.machine.max_reserved_per_tdmr;
  const end = region.base + region.size;
  const log = `virt/tdx: initialization failed: TDMR [0x${region.base.toString(16)}, 0x${end.toString(16)}): reserved areas exhausted.`;
  draft.warnings.push(log);
  draft.failure = { errno: 28, error: 'ENOSPC', stage: 'populate_rsvd_areas' };
  draft.refused = { tdmr, area };
  const from = region.base + area.offset;
  const what = area.of === undefined ? 'The hole' : `The PAMT memory of TDMR ${area.of}`;
  const where = rangeInWords(from, from + area.size);
  const because = `${what} at ${where} would be the ${ordinal(max + 1)} reserved area of TDMR ${tdmr}, and ${max} is the most: -ENOSPC.`;
  return { outcome: 'refused', rule: 'reserved-areas-exhausted', because, source, log: [log] };
}

/** The module wants them in ascending order. */
export function sortAreas(draft: Draft, tdmr: number): Told {
  const region = draft.regions[tdmr];
  if (region === undefined) return nothingToDo('sort-areas');
  draft.regions[tdmr] = { ...region, areas: ascending(region.areas), progress: 'sorted' };
  draft.finished = tdmr + 1;
  draft.touched = [`areas-${tdmr}`];
  const number = region.areas.length;
  const what =
    number < 2 ? `${number === 0 ? 'no' : number} reserved area` : `${number} reserved areas in ascending order`;
  const because = `TDMR ${tdmr} is complete, with ${what}.`;
  return { outcome: 'done', rule: 'sort-areas', because, source: kernel('tdmr_populate_rsvd_areas') };
}

/** A failure later on gives back every PAMT. */
export function freePamts(draft: Draft): Told {
  const freed = draft.allocations.reduce((sum, each) => sum + (each.pfn < 0 ? 0 : each.nr_pages), 0);
  draft.freedPages = freed;
  draft.touched = [];
  for (const [index, region] of draft.regions.entries()) {
    if (region.chunks.length > 0) draft.regions[index] = bare(region);
  }
  const because = `${count(freed, 'page')} (${(freed * PAGE_BYTES) / 1024} KB) of PAMTs go back to the page allocator: nothing is kept after a failure.`;
  return { outcome: 'done', rule: 'free-pamts', because, source: kernel('tdmrs_free_pamt_all') };
}

function bare({ base, size, areas, progress }: Region): Region {
  return { base, size, pamt: [], chunks: [], areas: areas.filter((area) => area.of === undefined), progress };
}

/** An event for a TDMR that is not there changes nothing; a run never makes one. */
export function nothingToDo(rule: string): Told {
  return { outcome: 'refused', rule, because: 'There is no such TDMR in this state, so nothing changes.' };
}
