/**
 * Two stretches of memory and who is where. A block stands for whatever moves as one: a page block of 2 MB full of one
 * owner's pages, or one gigantic page when the guest is backed by HugeTLB.
 */
export type State = {
  kernel: Kernel;
  memory: GuestMemory;
  passthrough: boolean;
  /** Blocks of the CMA area and of everything else. */
  size: { area: number; other: number };
  /** The whole cast; who has no place is not in memory. */
  pages: readonly Page[];
  /** What came of the last request for blocks in one piece. */
  grab?: Grab;
  /** What was asked and what came of it; absent while exploring, where only the present counts. */
  diary?: readonly Entry[];
};

/** `6.14` stands for that release and the ones before it, `6.15` for it and later ones. */
export type Kernel = '6.14' | '6.15';

export type GuestMemory = 'anonymous' | 'hugetlb' | 'sev' | 'guest-memfd';

export type Side = 'area' | 'other';

export type Place = { side: Side; block: number };

export type Page = {
  name: string;
  owner: 'guest' | 'program' | 'kernel' | 'pool' | 'tdx';
  /** `granted` is memory handed out by cma_alloc() to a kernel user. */
  kind: 'anonymous' | 'file' | 'kernel' | 'guest-memfd' | 'gigantic' | 'granted';
  at?: Place;
  holds: readonly Hold[];
};

/** A reference that keeps a page where it is. KVM and HugeTLB are not in this list: they take none. */
export type Hold = { by: Holder; longTerm: boolean };

export type Holder = 'VFIO' | 'SEV registration' | 'direct I/O';

/** Who asks for blocks in one piece. */
export type Taker = 'TDX' | 'HugeTLB';

export type Grab = {
  by: Taker;
  wanted: number;
  ok: boolean;
  /** `no-run`: nothing of that length is left that was not handed out already. */
  error?: 'EBUSY' | 'ENOMEM' | 'no-run';
  /** Positions tried, in order; kept with the diary. */
  attempts?: readonly Attempt[];
};

export type Attempt = {
  start: number;
  moved: number;
  dropped: number;
  /** The block it ended at. */
  stop?: { block: number; page: string; error: 'EBUSY' | 'ENOMEM'; by: readonly Holder[] };
};

export type Entry = {
  request: string;
  /** What came of it, in a few words; equal ones in a row are counted together. */
  result: string;
  done: boolean;
  /** Used blocks of the area afterwards, and those of them that serve the guest. */
  used: number;
  guests: number;
  /** Names of the pages that were touched. */
  pages: readonly string[];
};

export type Event =
  | { do: 'touch'; page: string }
  | { do: 'pin'; page: string; by: 'VFIO' | 'SEV registration' }
  | { do: 'unpin'; by: 'VFIO' | 'SEV registration' }
  | { do: 'hold'; page: string }
  | { do: 'release'; page: string }
  | { do: 'grab'; by: Taker; blocks: number };

export function pageNamed(pages: readonly Page[], name: string): Page | undefined {
  return pages.find((page) => page.name === name);
}

export function pageAt(pages: readonly Page[], side: Side, block: number): Page | undefined {
  return pages.find((page) => page.at?.side === side && page.at.block === block);
}

export function pagesIn(pages: readonly Page[], side: Side): Page[] {
  return pages.filter((page) => page.at?.side === side);
}

export function freeBlocks(size: State['size'], pages: readonly Page[], side: Side): number[] {
  const taken = new Set(pagesIn(pages, side).map((page) => page.at?.block));
  return Array.from({ length: size[side] }, (_, block) => block).filter((block) => !taken.has(block));
}

/** The same cast with one page changed. */
export function changed(pages: readonly Page[], name: string, change: (page: Page) => Page): Page[] {
  return pages.map((page) => (page.name === name ? change(page) : page));
}

export function movedTo(page: Page, at: Place): Page {
  return { ...page, at };
}

/** Not in memory any more. */
export function dropped({ name, owner, kind, holds }: Page): Page {
  return { name, owner, kind, holds };
}

export function isLongTermPinned(page: Page): boolean {
  return page.holds.some((hold) => hold.longTerm);
}

/** A gigantic page nobody uses. */
export function isFreePoolPage(page: Page): boolean {
  return page.owner === 'pool' && page.at !== undefined;
}
