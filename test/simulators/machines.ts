import * as fc from 'fast-check';
import type {
  ContigScan,
  FirstFit,
  Machine,
  MemoryBlock,
  PageRange,
  Zone,
} from '../../src/simulators/tdmr-pamt/machine.ts';

const GB = 262144;

/** Lengths in pages: odd ones, a few pages, and whole GB, since borders are where it goes wrong. */
const length = fc.oneof(
  fc.integer({ min: 1, max: 3000 }),
  fc.integer({ min: 1, max: GB }),
  fc.constantFrom(GB / 2, GB, 2 * GB),
);
const gap = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: length });

const memblocks: fc.Arbitrary<MemoryBlock[]> = fc
  .array(fc.record({ gap, length, nid: fc.integer({ min: 0, max: 2 }) }), { minLength: 1, maxLength: 8 })
  .map((pieces) => {
    let at = 0;
    return pieces.map((piece) => {
      const start_pfn = at + piece.gap;
      at = start_pfn + piece.length;
      return { start_pfn, end_pfn: at, nid: piece.nid };
    });
  })
  .filter((blocks) => blocks.some((block) => block.end_pfn > 256));

const nodeOrder = fc.tuple(
  ...[0, 1, 2].map((nid) => fc.shuffledSubarray([0, 1, 2]).map((nodes): [string, number[]] => [String(nid), nodes])),
);

/** Parts of memory, ascending: one inside each block that is not left out, each cut at a place of its own. */
function inside(blocks: readonly MemoryBlock[]): fc.Arbitrary<MemoryBlock[]> {
  const cuts = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean()), {
    minLength: blocks.length,
    maxLength: blocks.length,
  });
  return cuts.map((list) =>
    blocks.flatMap((block, index) => {
      const [share, both] = list[index] ?? [0, false];
      const middle = block.start_pfn + Math.floor((block.end_pfn - block.start_pfn) * share);
      const parts = [
        { ...block, start_pfn: Math.max(block.start_pfn, 256), end_pfn: middle },
        { ...block, start_pfn: Math.max(middle + 1, 256) },
      ];
      return parts.slice(both ? 0 : 1).filter((part) => part.end_pfn > part.start_pfn);
    }),
  );
}

function firstFit(blocks: readonly MemoryBlock[]): fc.Arbitrary<FirstFit> {
  return fc
    .record({ free: inside(blocks), order: nodeOrder, align_pages: fc.constantFrom(1, 3, 512, 1024) })
    .map(({ free, order, align_pages }) => ({
      kind: 'first_fit',
      align_pages,
      node_order: Object.fromEntries(order),
      nodes: [0, 1, 2].map((nid) => ({
        nid,
        free: free.filter((run) => run.nid === nid).map(({ start_pfn, end_pfn }) => ({ start_pfn, end_pfn })),
      })),
    }));
}

function contigScan(blocks: readonly MemoryBlock[]): fc.Arbitrary<ContigScan> {
  const end = blocks.at(-1)?.end_pfn ?? 1;
  const ranges: fc.Arbitrary<PageRange[]> = fc.array(
    fc
      .tuple(
        fc.integer({ min: 0, max: end }),
        fc.oneof(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 100_000 })),
      )
      .map(([start_pfn, size]) => ({ start_pfn, end_pfn: start_pfn + size })),
    { maxLength: 12 },
  );
  const zone = fc.record({
    nid: fc.integer({ min: 0, max: 2 }),
    zone: fc.constantFrom<Zone>('DMA', 'DMA32', 'NORMAL', 'NORMAL', 'MOVABLE'),
    from: fc.integer({ min: 0, max: end }),
    size: fc.integer({ min: 0, max: end }),
  });
  return fc
    .record({ zones: fc.array(zone, { maxLength: 6 }), order: nodeOrder, skip_ranges: ranges, busy_ranges: ranges })
    .map(({ zones, order, skip_ranges, busy_ranges }) => ({
      kind: 'contig_scan',
      node_order: Object.fromEntries(order),
      zones: zones.map(({ nid, zone: name, from, size }) => ({
        nid,
        zone: name,
        start_pfn: from,
        end_pfn: from + size,
      })),
      skip_ranges,
      busy_ranges,
    }));
}

/** Small machines of all kinds, with memory that may not be enough and limits that may be too tight. */
export const machines: fc.Arbitrary<Machine> = memblocks.chain((blocks) =>
  fc.record({
    memblocks: fc.constant(blocks),
    max_tdmrs: fc.constantFrom(1, 2, 5, 6, 64),
    max_reserved_per_tdmr: fc.constantFrom(0, 2, 4, 16, 16, 16),
    pamt_entry_size: fc.tuple(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 40 }),
    ),
    allocator: fc.oneof<fc.Arbitrary<FirstFit | ContigScan>[]>(firstFit(blocks), contigScan(blocks)),
  }),
);
