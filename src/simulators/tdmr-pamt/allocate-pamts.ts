import type { Citation } from '../kit/simulator.ts';
import type { Draft } from './draft.ts';
import { PAGE_BYTES } from './machine.ts';
import { type Extent, nodeOf, pamtPages } from './regions.ts';
import { kernel, nothingToDo, type Told } from './rules.ts';
import type { Allocation, Region } from './state.ts';
import { count, inWords, rangeInWords } from './words.ts';

/**
 * The three tables of a TDMR, in one contiguous chunk, from the node of its first memory before any other. A failure is final:
 * nothing smaller is tried.
 */
export function allocatePamts(draft: Draft, tdmr: number): Told {
  const region = draft.regions[tdmr];
  if (region === undefined) return nothingToDo('allocate-pamts');
  const node = nodeOf(region.base, draft.memory);
  const tables = pamtPages(region.size, draft.machine.pamt_entry_size);
  const whole = tables[0] + tables[1] + tables[2];
  const wanted = draft.chunks === 'one' ? [whole] : tables;
  const taken: Allocation[] = [];
  for (const pages of wanted) {
    const found = draft.free().take(node, pages);
    const allocation = { nr_pages: pages, requested_nid: node, pfn: found?.pfn ?? -1, nid: found?.nid ?? -1 };
    draft.allocations.push(allocation);
    if (found === undefined) return noMemory(draft, tdmr, allocation);
    taken.push(allocation);
  }
  draft.regions[tdmr] = equipped(region, tdmr, node, tables, taken);
  draft.equipped = tdmr + 1;
  draft.touched = [`pamt-${tdmr}`];
  const where = rangeInWords(region.base, region.base + region.size);
  const sizes = `${tables.join(' + ')} pages`;
  const need =
    draft.chunks === 'one' ? `PAMTs of ${sizes} go into one chunk of ${whole}` : `what if: ${sizes} in three chunks`;
  const because = `TDMR ${tdmr} covers ${where}: ${need}; ${foundAt(taken, node)}.`;
  return { outcome: 'done', rule: 'allocate-pamts', because, source: sourceOf(draft) };
}

function equipped(
  region: Region,
  of: number,
  node: number,
  tables: readonly number[],
  taken: readonly Allocation[],
): Region {
  const chunks = taken.map(({ pfn, nr_pages }) => ({ base: pfn * PAGE_BYTES, size: nr_pages * PAGE_BYTES, of }));
  const pamt: Extent[] = [];
  let next = chunks[0]?.base ?? 0;
  for (const [index, pages] of tables.entries()) {
    // In one chunk the tables follow each other; in three, each begins its own.
    const base = chunks.length === tables.length ? (chunks[index]?.base ?? next) : next;
    pamt.push({ base, size: pages * PAGE_BYTES });
    next = base + pages * PAGE_BYTES;
  }
  return { ...region, node, pamt, chunks };
}

function foundAt(taken: readonly Allocation[], node: number): string {
  const places = `PFN ${taken.map((allocation) => allocation.pfn).join(', ')}`;
  const from = taken[0]?.nid ?? node;
  if (from === node) return `node ${node} has ${taken.length === 1 ? 'a free run' : 'free runs'} at ${places}`;
  return `node ${node}, asked first, has no run that long; node ${from} has, at ${places}`;
}

function noMemory(draft: Draft, tdmr: number, asked: Allocation): Told {
  draft.failure = { errno: 12, error: 'ENOMEM', stage: 'set_up_pamt' };
  draft.touched = [`tdmr-${tdmr}`];
  const runs = draft.free().runs();
  const free = runs.reduce((sum, run) => sum + (run.end_pfn - run.start_pfn), 0);
  const longest = runs.reduce((most, run) => Math.max(most, run.end_pfn - run.start_pfn), 0);
  const because = `TDMR ${tdmr} needs ${count(asked.nr_pages, 'page')} in one piece and no node that may be asked has them: ${count(free, 'page')} are free in all, the longest run has ${longest}. -ENOMEM.`;
  return { outcome: 'refused', rule: 'no-memory', because, source: sourceOf(draft) };
}

/** What the kernel prints when all went well. The mail counts pages, the code KB. */
export function countPamts(draft: Draft): Told {
  const pages = draft.allocations.reduce((sum, allocation) => sum + allocation.nr_pages, 0);
  const covered = draft.regions.reduce((sum, region) => sum + region.size, 0);
  const kilobytes = (pages * PAGE_BYTES) / 1024;
  draft.counted = true;
  draft.touched = [];
  const because = `${inWords(covered)} in ${count(draft.regions.length, 'TDMR')} cost ${count(pages, 'page')} of PAMTs: the mail counts pages, the kernel prints ${kilobytes} KB.`;
  const log = `virt/tdx: ${kilobytes} KB allocated for PAMT`;
  return { outcome: 'done', rule: 'count-pamts', because, source: kernel('init_tdx_module'), log: [log] };
}

function sourceOf(draft: Draft): Citation {
  if (draft.chunks === 'three') {
    return {
      where: 'what if: no kernel takes three chunks; tdmr_set_up_pamt() takes one',
      kernel: '6.8-6.16',
      inferred: true,
    };
  }
  return kernel('tdmr_set_up_pamt');
}
