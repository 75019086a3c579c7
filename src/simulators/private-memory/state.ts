import { type Kernel, type VmFacts, type VmType, vmTypes } from './vm-types.ts';

export type Kind = 'private' | 'shared';

/** Where pages come from. Only `all-tdx` is what kernels do. */
export type Backend = 'all-tdx' | 'mixed-picks' | 'mixed-any';

export type Setup = {
  vm: VmType;
  kernel: Kernel;
  backend: Backend;
  /** Whether a fault checks for invalidations before it maps. Kernels always do. */
  looksAgain: boolean;
};

/** One page of the guest, 4 KB. Numbers are host pages. */
export type Page = {
  /** How the guest uses it, or last said it would. The model knows; the host need not. */
  meant?: Kind;
  /** What KVM has on record. Shared where nothing was set. */
  attribute: Kind;
  /** What a call of the guest told the VMM. */
  told?: Kind;
  /** Behind the user address of the memory slot. */
  user?: number;
  /** Behind the slot's guest_memfd. */
  file?: number;
  pinned: boolean;
  mapped: Mapped;
};

/** What KVM's tables lead to. With one table there is at most one of the two. */
export type Mapped = { private?: number; shared?: number };

export type HostPage = {
  /** Whether the TDX module would take it. */
  tdx: boolean;
  /** `loose`: out of its backing, but a fault or a mapping still has it. */
  held: 'free' | 'user' | 'file' | 'loose';
};

/** A guest fault between its steps. */
export type Fault = {
  page: number;
  kind: Kind;
  /** The invalidation sequence when it began. */
  seq: number;
  taken?: number;
};

export type Exit =
  /** KVM_EXIT_MEMORY_FAULT: `private` is its flag, the kind of the access; `attribute` what stood on record then. */
  | { reason: 'memory-fault'; page: number; private: boolean; attribute: Kind }
  /** KVM_EXIT_HYPERCALL with KVM_HC_MAP_GPA_RANGE. */
  | { reason: 'hypercall'; from: number; count: number; to: Kind }
  /** KVM_RUN fails and the exit reason means nothing. */
  | { reason: 'error'; errno: 'ENOMEM' | 'EFAULT' | 'EIO'; page: number };

export type FaultResult = 'RET_PF_FIXED' | 'RET_PF_RETRY' | 'mapped already' | 'exit' | 'error';

export type Row = { who: 'guest' | 'VMM' | 'KVM'; what: string; answer: string };

export type State = {
  setup: Setup;
  created: boolean;
  /** KVM gave the VM up (KVM_BUG_ON); every KVM_RUN returns -EIO. */
  dead: boolean;
  pages: readonly Page[];
  host: readonly HostPage[];
  /** mmu_invalidate_seq: how many invalidations have ended. */
  seq: number;
  /** A hole being punched: the range is zapped and the sequence not yet raised. */
  invalidating?: { from: number; count: number; freed: boolean };
  fault?: Fault;
  /** What the VMM is looking at, until the guest runs again. */
  exit?: Exit;
  /** How the last fault ended. */
  result?: FaultResult;
  /** Whether history is kept. An exploration keeps none, so that states that differ only in it are one. */
  remembers: boolean;
  counts: { faults: number; retries: number; memoryFaults: number; hypercalls: number };
  exits: readonly Exit[];
  rows: readonly Row[];
  /** Guest pages that the last step touched. */
  touched: readonly number[];
};

type Range = { from: number; count: number };

export type Event =
  | { do: 'create' }
  | ({ do: 'register' } & Range)
  | ({ do: 'set-attributes'; to: Kind } & Range)
  | ({ do: 'access'; kind: Kind } & Range)
  | ({ do: 'call'; to: Kind } & Range)
  | ({ do: 'vmm-reads' } & Range)
  | { do: 'fault-begin'; page: number; kind: Kind }
  | { do: 'fault-take' }
  | { do: 'fault-map' }
  | ({ do: 'punch' } & Range)
  | ({ do: 'punch-begin' } & Range)
  | { do: 'punch-free' }
  | { do: 'punch-end' }
  | ({ do: 'discard' } & Range);

export function startOf(setup: Setup, pages: number, hostPages: number, remembers = true): State {
  return {
    setup,
    created: false,
    dead: false,
    pages: Array.from({ length: pages }, () => ({ attribute: 'shared', pinned: false, mapped: {} })),
    host: Array.from({ length: hostPages }, (_, index) => ({
      tdx: setup.backend === 'all-tdx' || index % 2 === 0,
      held: 'free',
    })),
    seq: 1,
    remembers,
    counts: { faults: 0, retries: 0, memoryFaults: 0, hypercalls: 0 },
    exits: [],
    rows: [],
    touched: [],
  };
}

export function factsOf(state: State): VmFacts {
  return vmTypes[state.setup.vm];
}

/** In which view KVM looks for the page: as the access says, where hardware tells; else as the attribute says. */
export function viewOf(state: State, page: Page, kind: Kind): Kind {
  const { seesKind, privateMemory } = factsOf(state);
  if (seesKind) return kind;
  return privateMemory ? page.attribute : 'shared';
}

/** Whether an access of this view meets an entry and does not fault. */
export function isMapped(state: State, page: Page, view: Kind): boolean {
  if (factsOf(state).seesKind) return page.mapped[view] !== undefined;
  return page.mapped.private !== undefined || page.mapped.shared !== undefined;
}

/** What the guest shares and KVM keeps as private, with nobody told. Possible only where the kind of an access is hidden. */
export function isMisled(state: State, { meant, told, mapped }: Page): boolean {
  const { privateMemory, seesKind } = factsOf(state);
  return privateMemory && !seesKind && meant === 'shared' && told !== 'shared' && mapped.private !== undefined;
}

/** A mapping to a page that its backing no longer holds. */
export function isStale(page: Page): boolean {
  const { mapped, user, file } = page;
  return (
    (mapped.private !== undefined && mapped.private !== file) || (mapped.shared !== undefined && mapped.shared !== user)
  );
}
