/**
 * A machine as the kernel finds it when it builds TDMRs: memory, limits of the TDX module, and what is free. Names and units are
 * those of the raw input: page frame numbers of 4 KB pages, ranges half open.
 */
export type Machine = {
  /** Memory regions, ascending, not overlapping. */
  memblocks: readonly MemoryBlock[];
  /** What the module says it takes: TDMRs in all, reserved areas in each, bytes of a PAMT entry for 4K, 2M and 1G pages. */
  max_tdmrs: number;
  max_reserved_per_tdmr: number;
  pamt_entry_size: readonly [number, number, number];
  allocator: FirstFit | ContigScan;
};

export type PageRange = { start_pfn: number; end_pfn: number };
export type MemoryBlock = PageRange & { nid: number };

/** For each node the nodes to ask, nearest first. */
export type NodeOrder = { readonly [nid: string]: readonly number[] };

/** The plain allocator: the lowest free run that is long enough, nearest node first. */
export type FirstFit = {
  kind: 'first_fit';
  align_pages: number;
  node_order: NodeOrder;
  nodes: readonly { nid: number; free: readonly PageRange[] }[];
};

/** The kernel's own search, `alloc_contig_pages()`: zones in order, candidates a request apart. */
export type ContigScan = {
  kind: 'contig_scan';
  node_order: NodeOrder;
  zones: readonly (PageRange & { nid: number; zone: Zone })[];
  /** Reserved and hugetlb pages: a candidate that touches one is not looked at. */
  skip_ranges: readonly PageRange[];
  /** Pinned, unmovable or CMA pages: a candidate that touches one fails. */
  busy_ranges: readonly PageRange[];
};

export type Zone = 'DMA' | 'DMA32' | 'NORMAL' | 'MOVABLE';

export const PAGE_BYTES = 4096;
export const GB_PAGES = 262144;
export const GB_BYTES = GB_PAGES * PAGE_BYTES;
/** The first 1 MB is never TDX memory. */
export const FIRST_TDX_PFN = 256;
