import {
  type ContigScan,
  FIRST_TDX_PFN,
  type FirstFit,
  GB_PAGES,
  type Machine,
  type MemoryBlock,
  type PageRange,
} from './machine.ts';
import type { Parameters } from './parameters.ts';

const MB_PAGES = 256;
/** The first block ends where old firmware has its own area. */
const LOW_END = 159;
/** The kernel and its first allocations fill the memory below. */
const FIRST_FREE = 4096;
const HOLE_PAGES = 16;
/** Fragmented memory is drawn with at most so many runs a block. */
const MOST_RUNS = 12;

/** The machine that the parameters describe. */
export function machineOf(parameters: Parameters): Machine {
  const memblocks = memoryOf(parameters);
  const free = memblocks.flatMap((block) => freeIn(block, parameters));
  const order = Array.from({ length: parameters.nodes }, (_, node) => node);
  const node_order = Object.fromEntries(
    order.map((node) => [node, [node, ...order.filter((other) => other !== node)]]),
  );
  const { entryBytes } = parameters;
  return {
    memblocks,
    max_tdmrs: parameters.maxTdmrs,
    max_reserved_per_tdmr: parameters.maxReserved,
    pamt_entry_size: [entryBytes, entryBytes, entryBytes],
    allocator:
      parameters.allocator === 'contig-scan'
        ? scanOf(memblocks, free, node_order)
        : firstFitOf(order, free, node_order),
  };
}

/** Blocks in address order: node after node, with the low hole and the firmware holes cut out, then the islands. */
function memoryOf(parameters: Parameters): MemoryBlock[] {
  const { nodes, gbPerNode, borderMb, islands } = parameters;
  const holes = holesOf(parameters);
  const blocks: MemoryBlock[] = [{ start_pfn: 1, end_pfn: LOW_END, nid: 0 }];
  let start = FIRST_TDX_PFN;
  for (let nid = 0; nid < nodes; nid++) {
    const border = nid === nodes - 1 ? 0 : borderMb * MB_PAGES;
    const size = (nid + 1) * gbPerNode * GB_PAGES + border;
    const low = holes.find((hole) => hole.end_pfn - hole.start_pfn === GB_PAGES);
    // Sizes count memory; what lies beyond the low hole has an address 1 GB higher.
    const end = low !== undefined && size > low.start_pfn ? size + GB_PAGES : size;
    blocks.push(...without({ start_pfn: start, end_pfn: end }, holes).map((range) => ({ ...range, nid })));
    start = end;
  }
  for (let island = 0; island < islands; island++) {
    const start_pfn = start + (2 * island + 1) * GB_PAGES;
    blocks.push({ start_pfn, end_pfn: start_pfn + GB_PAGES, nid: nodes - 1 });
  }
  return blocks;
}

/** Ascending. */
function holesOf({ nodes, gbPerNode, lowHole, holes }: Parameters): PageRange[] {
  const firmware = Array.from({ length: holes }, (_, index) => {
    const wanted = Math.floor((GB_PAGES * (index + 1)) / (holes + 1));
    const start_pfn = wanted - (wanted % HOLE_PAGES);
    return { start_pfn, end_pfn: start_pfn + HOLE_PAGES };
  });
  if (!lowHole || nodes * gbPerNode <= 3) return firmware;
  return [...firmware, { start_pfn: 3 * GB_PAGES, end_pfn: 4 * GB_PAGES }];
}

function without(range: PageRange, holes: readonly PageRange[]): PageRange[] {
  const left: PageRange[] = [];
  let at = range.start_pfn;
  for (const hole of holes) {
    if (hole.end_pfn <= at || hole.start_pfn >= range.end_pfn) continue;
    if (hole.start_pfn > at) left.push({ start_pfn: at, end_pfn: hole.start_pfn });
    at = hole.end_pfn;
  }
  if (at < range.end_pfn) left.push({ start_pfn: at, end_pfn: range.end_pfn });
  return left;
}

function freeIn(block: MemoryBlock, { freeMemory, longestRunMb }: Parameters): MemoryBlock[] {
  const start = Math.max(block.start_pfn, FIRST_FREE);
  const length = block.end_pfn - start;
  if (length <= 0 || (freeMemory === 'node-0-full' && block.nid === 0)) return [];
  if (freeMemory !== 'fragmented') return [{ ...block, start_pfn: start }];
  const run = longestRunMb * MB_PAGES;
  const stride = Math.max(run + MB_PAGES, Math.ceil(length / MOST_RUNS));
  return Array.from({ length: Math.ceil(length / stride) }, (_, index) => {
    const start_pfn = start + index * stride;
    return { start_pfn, end_pfn: Math.min(start_pfn + run, block.end_pfn), nid: block.nid };
  });
}

function firstFitOf(
  nodes: readonly number[],
  free: readonly MemoryBlock[],
  node_order: FirstFit['node_order'],
): FirstFit {
  return {
    kind: 'first_fit',
    align_pages: 1,
    node_order,
    nodes: nodes.map((nid) => ({
      nid,
      free: free.filter((run) => run.nid === nid).map(({ start_pfn, end_pfn }) => ({ start_pfn, end_pfn })),
    })),
  };
}

/** The same free memory for the other search: whatever is not free is busy. */
function scanOf(
  memblocks: readonly MemoryBlock[],
  free: readonly MemoryBlock[],
  node_order: ContigScan['node_order'],
): ContigScan {
  const borders = [
    { zone: 'DMA', from: 0, to: FIRST_FREE },
    { zone: 'DMA32', from: FIRST_FREE, to: 4 * GB_PAGES },
    { zone: 'NORMAL', from: 4 * GB_PAGES, to: Number.POSITIVE_INFINITY },
  ] as const;
  const zones = Object.keys(node_order).flatMap((node) => {
    const own = memblocks.filter((block) => block.nid === Number(node));
    return borders.flatMap(({ zone, from, to }) => {
      const inside = own.filter((block) => block.end_pfn > from && block.start_pfn < to);
      const start_pfn = Math.max(from, inside[0]?.start_pfn ?? 0);
      const end_pfn = Math.min(to, inside.at(-1)?.end_pfn ?? 0);
      return inside.length === 0 ? [] : [{ nid: Number(node), zone, start_pfn, end_pfn }];
    });
  });
  const busy_ranges = memblocks.flatMap((block) => without(block, free));
  return { kind: 'contig_scan', node_order, zones, skip_ranges: [], busy_ranges };
}
