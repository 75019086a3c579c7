import type { ContigScan, FirstFit, Machine, MemoryBlock, PageRange, Zone } from './machine.ts';

/** What is free, and who gets it: the two allocators behind one verb. */
export interface FreeMemory {
  /** Takes `pages` in one piece, for node `nid`; `undefined` when no node it may ask has them. */
  take(nid: number, pages: number): { pfn: number; nid: number } | undefined;
  /** What is free now, node by node, ascending within a node. */
  runs(): (PageRange & { nid: number })[];
}

export type Taken = { pfn: number; nid: number; nr_pages: number };

/** A free stretch. Runs of a node form a list; one that was used up stays in it, empty. */
interface Run {
  start: number;
  end: number;
  next: Run | undefined;
  /** Of every so many runs: how long the ones up to `next` were at the start, so that all of them can be passed over at once. */
  stretch?: { longest: number; next: Run | undefined };
}

const STRETCH = 256;

/**
 * A window onto the runs of a node. Candidates stand on a grid. Free memory only shrinks, so where a request of some size has
 * failed, the next one of that size need not look again: `failedBefore` keeps the place.
 */
interface Shelf {
  nid: number;
  first: Run | undefined;
  from: number;
  to: number;
  grid(pages: number): { origin: number; stride: number };
  failedBefore: Map<number, Run | undefined>;
}

/** Zones that a GFP_KERNEL request may use, in the order it tries them; MOVABLE is not among them. */
const KERNEL_ZONES: readonly Zone[] = ['NORMAL', 'DMA32', 'DMA'];

export function freeMemory(machine: Machine, taken: Iterable<Taken> = []): FreeMemory {
  const { allocator } = machine;
  const lists = allocator.kind === 'first_fit' ? givenRuns(allocator) : scannedRuns(machine.memblocks, allocator);
  const shelves = allocator.kind === 'first_fit' ? nodeShelves(allocator, lists) : zoneShelves(allocator, lists);
  for (const each of taken) cutOut(lists.get(each.nid)?.[0], each.pfn, each.nr_pages);

  const asked = new Map<number, { shelves: readonly Shelf[]; failedBefore: Map<number, number> }>();
  const shelvesFor = (nid: number) => {
    const known = asked.get(nid);
    if (known !== undefined) return known;
    const nodes = new Set(allocator.node_order[String(nid)] ?? []);
    const entry = { shelves: [...nodes].flatMap((node) => shelves.get(node) ?? []), failedBefore: new Map() };
    asked.set(nid, entry);
    return entry;
  };
  return {
    take(nid, pages) {
      const order = shelvesFor(nid);
      for (let index = order.failedBefore.get(pages) ?? 0; index < order.shelves.length; index++) {
        const shelf = order.shelves[index];
        const pfn = shelf === undefined ? undefined : takeFrom(shelf, pages);
        order.failedBefore.set(pages, index);
        if (shelf !== undefined && pfn !== undefined) return { pfn, nid: shelf.nid };
      }
      order.failedBefore.set(pages, order.shelves.length);
      return undefined;
    },
    runs: () => [...lists].flatMap(([nid, runs]) => listed(runs[0]).map((range) => ({ ...range, nid }))),
  };
}

function takeFrom(shelf: Shelf, pages: number): number | undefined {
  const { origin, stride } = shelf.grid(pages);
  let run = shelf.failedBefore.has(pages) ? shelf.failedBefore.get(pages) : shelf.first;
  while (run !== undefined && run.start < shelf.to) {
    if (run.stretch !== undefined && run.stretch.longest < pages) {
      run = run.stretch.next;
      continue;
    }
    const pfn = nextOnGrid(Math.max(run.start, shelf.from), origin, stride);
    if (pfn + pages <= Math.min(run.end, shelf.to)) {
      cut(run, pfn, pages);
      shelf.failedBefore.set(pages, run);
      return pfn;
    }
    run = run.next;
  }
  shelf.failedBefore.set(pages, undefined);
  return undefined;
}

/** The lowest of `origin`, `origin + stride`, ... that is not below `least`. */
function nextOnGrid(least: number, origin: number, stride: number): number {
  if (least <= origin) return origin;
  const beyond = (least - origin) % stride;
  return beyond === 0 ? least : least + (stride - beyond);
}

/** What is left before the piece stays in the run, what is left after it becomes the next run. */
function cut(run: Run, pfn: number, pages: number): void {
  const end = pfn + pages;
  if (pfn === run.start) {
    run.start = end;
    return;
  }
  if (end < run.end) run.next = { start: end, end: run.end, next: run.next };
  run.end = pfn;
}

function cutOut(first: Run | undefined, pfn: number, pages: number): void {
  for (let run = first; run !== undefined; run = run.next) {
    if (pfn < run.start || pfn + pages > run.end) continue;
    cut(run, pfn, pages);
    return;
  }
}

function nodeShelves(allocator: FirstFit, lists: ReadonlyMap<number, readonly Run[]>): Map<number, Shelf[]> {
  const grid = () => ({ origin: 0, stride: allocator.align_pages });
  return new Map(
    [...lists].map(([nid, runs]) => [
      nid,
      [{ nid, first: runs[0], from: 0, to: Number.POSITIVE_INFINITY, grid, failedBefore: new Map() }],
    ]),
  );
}

function zoneShelves(allocator: ContigScan, lists: ReadonlyMap<number, readonly Run[]>): Map<number, Shelf[]> {
  const shelves = new Map<number, Shelf[]>();
  for (const name of KERNEL_ZONES) {
    for (const zone of allocator.zones) {
      if (zone.zone !== name) continue;
      const runs = lists.get(zone.nid) ?? [];
      const shelf: Shelf = {
        nid: zone.nid,
        first: runs[firstEndingAfter(runs, zone.start_pfn)],
        from: zone.start_pfn,
        to: zone.end_pfn,
        grid: (pages) => ({ origin: kernelAlign(zone.start_pfn, pages), stride: pages }),
        failedBefore: new Map(),
      };
      const known = shelves.get(zone.nid);
      if (known === undefined) shelves.set(zone.nid, [shelf]);
      else known.push(shelf);
    }
  }
  return shelves;
}

/** The kernel's ALIGN(): a bit mask, which is no rounding when `step` is not a power of two. */
export function kernelAlign(start: number, step: number): number {
  const mask = BigInt(step) - 1n;
  return Number((BigInt(start) + mask) & ~mask);
}

function givenRuns(allocator: FirstFit): Map<number, Run[]> {
  return new Map(
    allocator.nodes.map((node) => [
      node.nid,
      linked(node.free.map((range) => ({ start: range.start_pfn, end: range.end_pfn, next: undefined }))),
    ]),
  );
}

/** Memory of each node without the pages that no candidate may touch. Blocks that meet are one run. */
function scannedRuns(memblocks: readonly MemoryBlock[], allocator: ContigScan): Map<number, Run[]> {
  const closed = joined([...allocator.skip_ranges, ...allocator.busy_ranges]);
  const lists = new Map<number, Run[]>();
  let next = 0;
  for (const block of memblocks) {
    const runs = lists.get(block.nid) ?? [];
    lists.set(block.nid, runs);
    let at = block.start_pfn;
    while (at < block.end_pfn) {
      while ((closed[next]?.end_pfn ?? Number.POSITIVE_INFINITY) <= at) next += 1;
      const end = Math.min(block.end_pfn, closed[next]?.start_pfn ?? Number.POSITIVE_INFINITY);
      if (end > at) append(runs, at, end);
      at = Math.max(end, Math.min(block.end_pfn, closed[next]?.end_pfn ?? Number.POSITIVE_INFINITY));
    }
  }
  for (const runs of lists.values()) linked(runs);
  return lists;
}

function append(runs: Run[], start: number, end: number): void {
  const last = runs.at(-1);
  if (last !== undefined && last.end === start) last.end = end;
  else runs.push({ start, end, next: undefined });
}

function joined(ranges: readonly PageRange[]): PageRange[] {
  const sorted = ranges.filter((range) => range.end_pfn > range.start_pfn).sort((a, b) => a.start_pfn - b.start_pfn);
  const result: PageRange[] = [];
  for (const range of sorted) {
    const last = result.at(-1);
    if (last !== undefined && range.start_pfn <= last.end_pfn) last.end_pfn = Math.max(last.end_pfn, range.end_pfn);
    else result.push({ start_pfn: range.start_pfn, end_pfn: range.end_pfn });
  }
  return result;
}

function linked(runs: Run[]): Run[] {
  for (const [index, run] of runs.entries()) run.next = runs[index + 1];
  for (let from = 0; from < runs.length; from += STRETCH) {
    const head = runs[from];
    const longest = runs.slice(from, from + STRETCH).reduce((most, run) => Math.max(most, run.end - run.start), 0);
    if (head !== undefined) head.stretch = { longest, next: runs[from + STRETCH] };
  }
  return runs;
}

function firstEndingAfter(runs: readonly Run[], pfn: number): number {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((runs[middle]?.end ?? 0) > pfn) high = middle;
    else low = middle + 1;
  }
  return low;
}

function listed(first: Run | undefined): PageRange[] {
  const ranges: PageRange[] = [];
  for (let run = first; run !== undefined; run = run.next) {
    if (run.end > run.start) ranges.push({ start_pfn: run.start, end_pfn: run.end });
  }
  return ranges;
}
