import { FIRST_TDX_PFN, GB_BYTES, GB_PAGES, type MemoryBlock, PAGE_BYTES } from './machine.ts';

/**
 * The arithmetic of regions, tables and areas, without any state. All of it is exact: addresses have at most 52 bits, so sums
 * and products stay below 2^53, and no 32-bit operator is used.
 */

/** Bytes. */
export type Extent = { base: number; size: number };

/** A reserved area; `offset` counts from the base of its TDMR, in bytes. `of` names the TDMR whose PAMT it is. */
export type Area = { offset: number; size: number; of?: number };

/** A stretch of memory that holds PAMTs of TDMR `of`, in bytes. */
export type Chunk = Extent & { of: number };

/** The part of a memory region that can be TDX memory; `undefined` when nothing is left of it. */
export function tdxMemory(block: MemoryBlock): MemoryBlock | undefined {
  const start_pfn = Math.max(block.start_pfn, FIRST_TDX_PFN);
  return start_pfn < block.end_pfn ? { ...block, start_pfn } : undefined;
}

/** The region a block needs beyond the last one: rounded out to whole GB; `undefined` when that one covers it already. */
export function regionFor(block: MemoryBlock, last: Extent | undefined): Extent | undefined {
  const start = Math.floor(block.start_pfn / GB_PAGES) * GB_BYTES;
  const end = Math.ceil(block.end_pfn / GB_PAGES) * GB_BYTES;
  const covered = last === undefined ? 0 : last.base + last.size;
  if (last !== undefined && end <= covered) return undefined;
  const base = Math.max(start, covered);
  return { base, size: end - base };
}

/** Pages of the tables for 4K, 2M and 1G pages; each table is rounded up to whole pages on its own. */
export function pamtPages(size: number, entryBytes: readonly [number, number, number]): [number, number, number] {
  const gigabytes = size / GB_BYTES;
  return [
    // 262144 entries of a GB fill whole pages whatever the entry size is; dividing first keeps the product small.
    gigabytes * (GB_PAGES / PAGE_BYTES) * entryBytes[0],
    Math.ceil((gigabytes * 512 * entryBytes[1]) / PAGE_BYTES),
    Math.ceil((gigabytes * entryBytes[2]) / PAGE_BYTES),
  ];
}

/** The node of the first block that ends after the base; where it starts and how much memory it has does not count. */
export function nodeOf(base: number, memory: readonly MemoryBlock[]): number {
  const first = memory[firstEndingAfter(memory, base / PAGE_BYTES)];
  return first?.nid ?? 0;
}

/** The stretches of a region in which there is no TDX memory, ascending. */
export function* holesIn(region: Extent, memory: readonly MemoryBlock[]): Generator<Area> {
  const end = region.base + region.size;
  let before = region.base;
  for (let index = firstEndingAfter(memory, region.base / PAGE_BYTES); index < memory.length; index++) {
    const block = memory[index];
    if (block === undefined || block.start_pfn * PAGE_BYTES >= end) break;
    const start = block.start_pfn * PAGE_BYTES;
    if (start > before) yield { offset: before - region.base, size: start - before };
    before = block.end_pfn * PAGE_BYTES;
  }
  if (before < end) yield { offset: before - region.base, size: end - before };
}

/** The parts of PAMT chunks that lie in a region, in the order of the TDMRs they serve. `chunks` ascend and do not overlap. */
export function pamtsIn(region: Extent, chunks: readonly Chunk[]): Area[] {
  const end = region.base + region.size;
  const parts: (Area & { of: number })[] = [];
  const first = lowest(chunks.length, (index) => endOf(chunks[index]) > region.base);
  for (let index = first; index < chunks.length; index++) {
    const chunk = chunks[index];
    if (chunk === undefined || chunk.base >= end) break;
    const from = Math.max(chunk.base, region.base);
    const to = Math.min(endOf(chunk), end);
    parts.push({ offset: from - region.base, size: to - from, of: chunk.of });
  }
  return parts.sort((a, b) => a.of - b.of);
}

export function ascending(areas: readonly Area[]): Area[] {
  return [...areas].sort((a, b) => a.offset - b.offset);
}

function endOf(extent: Extent | undefined): number {
  return extent === undefined ? 0 : extent.base + extent.size;
}

/** Blocks ascend, so their ends do. */
function firstEndingAfter(memory: readonly MemoryBlock[], pfn: number): number {
  return lowest(memory.length, (index) => (memory[index]?.end_pfn ?? 0) > pfn);
}

/** The lowest index at which `test` is true, if from there on it stays true; `length` when it never is. */
function lowest(length: number, test: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (test(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
