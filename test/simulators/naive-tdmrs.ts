import type { Machine, MemoryBlock, PageRange } from '../../src/simulators/tdmr-pamt/machine.ts';

/**
 * The same construction a second time, as plainly and slowly as it can be written: it steps where the model computes, copies where
 * the model shares, and knows nothing of steps or pictures.
 */
export function naiveAnswer(machine: Machine): unknown {
  const memlist = machine.memblocks
    .map((block) => ({ ...block, start_pfn: Math.max(block.start_pfn, 256) }))
    .filter((block) => block.start_pfn < block.end_pfn);
  const run = new Run(machine, memlist);
  return run.answer();
}

const GB = 1024 ** 3;

class Run {
  machine: Machine;
  memlist: MemoryBlock[];
  warnings: string[] = [];
  allocations: { nr_pages: number; requested_nid: number; pfn: number; nid: number }[] = [];
  constructor(machine: Machine, memlist: MemoryBlock[]) {
    this.machine = machine;
    this.memlist = memlist;
  }

  answer(): unknown {
    const tdmrs: { base: number; size: number }[] = [];
    for (const block of this.memlist) {
      let start = Math.floor((block.start_pfn * 4096) / GB) * GB;
      const end = Math.ceil((block.end_pfn * 4096) / GB) * GB;
      const last = tdmrs.at(-1);
      if (last !== undefined) {
        if (end <= last.base + last.size) continue;
        start = Math.max(start, last.base + last.size);
        if (tdmrs.length === this.machine.max_tdmrs) {
          this.warnings.push('virt/tdx: initialization failed: TDMRs exhausted.');
          return this.failed(28, 'ENOSPC', 'fill_out_tdmrs', 0);
        }
      }
      tdmrs.push({ base: start, size: end - start });
    }
    const max = this.machine.max_tdmrs;
    if (max - tdmrs.length < 4) {
      this.warnings.push(`virt/tdx: consumed TDMRs reaching limit: ${tdmrs.length} used out of ${max}`);
    }
    const pamts: { base: number; size: number }[][] = [];
    for (const tdmr of tdmrs) {
      const nid = this.memlist.find((block) => block.end_pfn * 4096 > tdmr.base)?.nid ?? -1;
      const sizes = [12, 21, 30].map((shift, index) => {
        const bytes = (tdmr.size / 2 ** shift) * (this.machine.pamt_entry_size[index] ?? 0);
        return Math.ceil(bytes / 4096) * 4096;
      });
      const pages = sizes.reduce((sum, size) => sum + size, 0) / 4096;
      const found = this.allocate(nid, pages);
      this.allocations.push({ nr_pages: pages, requested_nid: nid, pfn: found?.pfn ?? -1, nid: found?.nid ?? -1 });
      if (found === undefined) return this.failed(12, 'ENOMEM', 'set_up_pamt', tdmrs.length);
      let base = found.pfn * 4096;
      pamts.push(
        sizes.map((size) => {
          const pamt = { base, size };
          base += size;
          return pamt;
        }),
      );
    }
    const built: unknown[] = [];
    for (const [index, tdmr] of tdmrs.entries()) {
      const reserved = this.reserve(tdmr, pamts);
      if (reserved === undefined) return this.failed(28, 'ENOSPC', 'populate_rsvd_areas', tdmrs.length);
      built.push({ ...tdmr, pamt: pamts[index], reserved });
    }
    const pages = this.allocations.reduce((sum, allocation) => sum + allocation.nr_pages, 0);
    return {
      ok: true,
      tdx_memlist: this.memlist,
      nr_consumed_tdmrs: tdmrs.length,
      tdmrs: built,
      allocations: this.allocations,
      pamt_pages: pages,
      pamt_kb: pages * 4,
      freed_pages: 0,
      warnings: this.warnings,
    };
  }

  reserve(tdmr: { base: number; size: number }, pamts: readonly { base: number; size: number }[][]) {
    const end = tdmr.base + tdmr.size;
    const found: [number, number][] = [];
    let previous = tdmr.base;
    for (const block of this.memlist) {
      const from = block.start_pfn * 4096;
      const to = block.end_pfn * 4096;
      if (from >= end) break;
      if (to < tdmr.base) continue;
      if (from > previous) found.push([previous, from]);
      previous = to;
    }
    if (previous < end) found.push([previous, end]);
    for (const tables of pamts) {
      const first = tables[0]?.base ?? 0;
      const last = first + tables.reduce((sum, table) => sum + table.size, 0);
      if (first < end && last > tdmr.base) found.push([Math.max(first, tdmr.base), Math.min(last, end)]);
    }
    if (found.length > this.machine.max_reserved_per_tdmr) {
      const range = `[0x${tdmr.base.toString(16)}, 0x${end.toString(16)})`;
      this.warnings.push(`virt/tdx: initialization failed: TDMR ${range}: reserved areas exhausted.`);
      return undefined;
    }
    return found.sort((a, b) => a[0] - b[0]).map(([from, to]) => ({ offset: from - tdmr.base, size: to - from }));
  }

  allocate(nid: number, pages: number): { pfn: number; nid: number } | undefined {
    const taken = this.allocations.map(({ pfn, nr_pages }) => ({ start_pfn: pfn, end_pfn: pfn + nr_pages }));
    for (const node of this.machine.allocator.node_order[String(nid)] ?? []) {
      const pfn = this.search(node, pages, taken);
      if (pfn !== undefined) return { pfn, nid: node };
    }
    return undefined;
  }

  search(node: number, pages: number, taken: readonly PageRange[]): number | undefined {
    const { allocator } = this.machine;
    if (allocator.kind === 'first_fit') {
      const free = (allocator.nodes.find((each) => each.nid === node)?.free ?? []).flatMap((range) =>
        without(range, taken),
      );
      for (const range of free) {
        const pfn = Math.ceil(range.start_pfn / allocator.align_pages) * allocator.align_pages;
        if (pfn + pages <= range.end_pfn) return pfn;
      }
      return undefined;
    }
    const memory = this.machine.memblocks.filter((block) => block.nid === node);
    for (const name of ['NORMAL', 'DMA32', 'DMA']) {
      for (const zone of allocator.zones.filter((each) => each.nid === node && each.zone === name)) {
        const mask = BigInt(pages - 1);
        let pfn = Number((BigInt(zone.start_pfn) + mask) & ~mask);
        for (; pfn + pages - 1 < zone.end_pfn; pfn += pages) {
          if (pfn < zone.start_pfn || covered(pfn, pfn + pages, memory) !== pages) continue;
          if (covered(pfn, pfn + pages, allocator.skip_ranges) + covered(pfn, pfn + pages, allocator.busy_ranges) > 0)
            continue;
          if (covered(pfn, pfn + pages, taken) === 0) return pfn;
        }
      }
    }
    return undefined;
  }

  failed(errno: number, error: string, stage: string, consumed: number): unknown {
    return {
      ok: false,
      errno,
      error,
      stage,
      tdx_memlist: this.memlist,
      nr_consumed_tdmrs: consumed,
      tdmrs: [],
      allocations: this.allocations,
      pamt_pages: 0,
      pamt_kb: 0,
      freed_pages: this.allocations.reduce((sum, { pfn, nr_pages }) => sum + (pfn < 0 ? 0 : nr_pages), 0),
      warnings: this.warnings,
    };
  }
}

function covered(from: number, to: number, ranges: readonly PageRange[]): number {
  return ranges.reduce(
    (sum, range) => sum + Math.max(0, Math.min(to, range.end_pfn) - Math.max(from, range.start_pfn)),
    0,
  );
}

function without(range: PageRange, taken: readonly PageRange[]): PageRange[] {
  let left = [range];
  for (const gone of taken) {
    left = left.flatMap((part) => {
      if (gone.end_pfn <= part.start_pfn || gone.start_pfn >= part.end_pfn) return [part];
      return [
        { start_pfn: part.start_pfn, end_pfn: gone.start_pfn },
        { start_pfn: gone.end_pfn, end_pfn: part.end_pfn },
      ].filter((rest) => rest.end_pfn > rest.start_pfn);
    });
  }
  return left;
}
