/**
 * One page of a guest on a machine of two NUMA nodes, and who knows of it: the VMM's page table, KVM's table, and whoever
 * holds it. For a page size of 2 MB "the page" is a whole THP.
 */
export type State = {
  setup: Setup;
  page: Page;
  /** The node the vCPU runs on. */
  cpu: Node;
  /** Free pages of this size, node by node. */
  free: readonly [number, number];
  /** A page on the vCPU's node that was taken for a move which is not over. */
  target: boolean;
  /** What must come next; `free` when guest and scanner may do what they like. */
  next: 'free' | 'zap' | 'isolate' | 'compare' | 'retry';
  /** The invalidation sequence as KVM read it when the fault under way began. */
  snapshot: number | null;
  /** The last comparison of the reference count, and what came of it. */
  attempt: Attempt | null;
  counts: Counts;
  rounds: readonly Round[];
  guest: Guest;
};

export type Node = 0 | 1;

export type Setup = {
  kernel: Kernel;
  hold: Hold;
  /** Plain references the holder takes. */
  references: number;
  mapping: 'private' | 'shared';
  size: '4K' | '2M';
  scans: number;
  vcpuMoves: boolean;
  guestGb: number;
  touchedGb: number;
  memlockGb: number;
};

/** `6.8` stands for 5.17 to 6.9, `6.16` for 6.10 to 6.18, `later` for kernels that skip every pinned folio. */
export type Kernel = '6.8' | '6.16' | 'later';

export type Hold = 'none' | 'reference' | 'pin' | 'demand-pin' | 'guest-memfd';

export type Page = {
  there: boolean;
  node: Node;
  /** Plain references that no mapping explains. */
  extra: number;
  /** Pinned with FOLL_PIN. */
  pinned: boolean;
  /** Off its LRU list, in the hands of the migration code. */
  isolated: boolean;
  /** The entry in the VMM's page table: a PTE, or a PMD for 2 MB. */
  entry: 'none' | 'present' | 'prot-none' | 'migration';
  /** Whether KVM has an entry (SPTE) for it. */
  mapped: boolean;
};

export type Attempt = { found: number; expected: number; moved: boolean };

export type Counts = {
  scans: number;
  zaps: number;
  /** Begun and ended; each raises mmu_invalidate_seq by one. */
  invalidations: number;
  faults: number;
  /** Hinting faults taken inside KVM's fault handling. */
  hints: number;
  targets: number;
  copies: number;
  moves: number;
};

/** One scan and what followed from it. */
export type Round = {
  /** Whether this scan made the entry PROT_NONE. */
  protected: boolean;
  /** Whether the page was pinned with FOLL_PIN when the scanner came. */
  pinned: boolean;
  before: Counts;
  after: Counts;
  end: End;
  /** What steps 1 to 6 came to, in a few words, as far as they were reached. */
  steps: readonly string[];
};

/** `local`: the page lies where it is used. `unmet`: the scanner never saw an entry. */
export type End = 'open' | 'moved' | 'local' | 'for-nothing' | 'unmet' | 'untouched';

type Guest = { lockedGb: number; failed: boolean };

export type Event = {
  do:
    | 'register'
    | 'first-touch'
    | 'use'
    | 'move-vcpu'
    | 'release'
    | 'scan'
    | 'zap'
    | 'touch'
    | 'isolate'
    | 'compare'
    | 'retry';
};

/** Pages of the size in question that each node has. */
export const NODE_PAGES = 4;

/** Added to the count of a small folio for each FOLL_PIN; from here on a count is taken for that of a pinned one. */
export const PIN_BIAS = 1024;

/** Pages of 4 KB in a folio of 2 MB. */
const THP_PAGES = 512;

/** How often an asynchronous migration tries each of its two halves. */
export const PASSES = 10;

export const NO_WORK: Counts = {
  scans: 0,
  zaps: 0,
  invalidations: 0,
  faults: 0,
  hints: 0,
  targets: 0,
  copies: 0,
  moves: 0,
};

export function smallPages(size: Setup['size']): number {
  return size === '4K' ? 1 : THP_PAGES;
}

/** Where the references of the page come from; parts that are 0 are there too. */
export function referencesOf({ page, setup }: State) {
  const inFile = setup.hold === 'guest-memfd' || setup.mapping === 'shared';
  return {
    mapping: page.entry === 'present' || page.entry === 'prot-none' ? 1 : 0,
    cache: page.there && inFile ? smallPages(setup.size) : 0,
    extra: page.extra,
    pins: page.pinned ? (setup.size === '4K' ? PIN_BIAS : THP_PAGES) : 0,
    isolation: page.isolated ? 1 : 0,
  };
}

export function referenceCount(state: State): number {
  const { mapping, cache, extra, pins, isolation } = referencesOf(state);
  return mapping + cache + extra + pins + isolation;
}

/** What migration expects to find once all mappings are gone: its own reference, and those of a file. */
export function expectedCount(state: State): number {
  return 1 + referencesOf(state).cache;
}

/** folio_maybe_dma_pinned(): exact for a large folio, a guess from the count for a small one. */
export function looksPinned(state: State): boolean {
  return state.setup.size === '2M' ? state.page.pinned : referenceCount(state) >= PIN_BIAS;
}

/** An anonymous folio that one process owns alone and that looks pinned: rmap refuses to unmap it for a move. */
export function refusesUnmapping(state: State): boolean {
  return state.setup.mapping === 'private' && looksPinned(state);
}

export function otherNode(node: Node): Node {
  return node === 0 ? 1 : 0;
}

export function withFree(free: State['free'], node: Node, change: number): State['free'] {
  return node === 0 ? [free[0] + change, free[1]] : [free[0], free[1] + change];
}

/** Work done between two readings. */
export function difference(after: Counts, before: Counts): Counts {
  return {
    scans: after.scans - before.scans,
    zaps: after.zaps - before.zaps,
    invalidations: after.invalidations - before.invalidations,
    faults: after.faults - before.faults,
    hints: after.hints - before.hints,
    targets: after.targets - before.targets,
    copies: after.copies - before.copies,
    moves: after.moves - before.moves,
  };
}

export function sum(counts: readonly Counts[]): Counts {
  return counts.reduce((all, each) => difference(all, difference(NO_WORK, each)), NO_WORK);
}

/** The work of those scans that neither moved the page nor found it in the right place. */
export function wastedWork(state: State): Counts {
  const wasted = state.rounds.filter(({ end }) => end === 'for-nothing');
  return sum(wasted.map(({ after, before }) => difference(after, before)));
}
