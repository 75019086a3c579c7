/** What the code finds: one 4 KB page, one request for it, and everything around them that decides what comes of it. */

/**
 * `fault`: the guest touched the page. `prefault`: the VMM asked to map it ahead. `map_private_pfn`: KVM maps a private page it
 * has in hand. `add_page`: the VMM asks for one first page of a TD, KVM_TDX_INIT_MEM_REGION.
 */
export const PATHS = ['fault', 'prefault', 'map_private_pfn', 'add_page'] as const;
export const ACCESSES = ['read', 'write', 'exec'] as const;
export const SLOTS = ['normal', 'readonly', 'none', 'being_deleted', 'apic_active', 'apic_inactive'] as const;
export const HOST_PAGES = ['ok', 'readonly_page', 'hwpoison', 'sigpending', 'fault', 'needs_io'] as const;
export const GMEMS = ['ok', 'efault', 'enomem', 'hwpoison'] as const;
export const SPTES = ['none', 'rw', 'ro_mmu_writable', 'ro', 'mmio', 'mmio_stale', 'frozen'] as const;
export const INVALIDATIONS = ['none', 'in_progress', 'in_progress_other_gfn', 'during_faultin', 'before_lock'] as const;
/** `eio` is refused each time it is tried; `fatal` is the same error with what KVM makes of it, a dead VM. */
export const SEPTS = ['ok', 'busy', 'eio', 'fatal'] as const;
export const ASYNC_PFS = ['no', 'ok', 'repeat', 'fail'] as const;

export type Spte = (typeof SPTES)[number];

export type Situation = {
  path: (typeof PATHS)[number];
  access: (typeof ACCESSES)[number];
  slot: (typeof SLOTS)[number];
  /** The access is to the private view of the page. */
  private: boolean;
  /** The memory attribute says private. */
  attr_private: boolean;
  vm_has_private_mem: boolean;
  slot_has_gmem: boolean;
  host_page: (typeof HOST_PAGES)[number];
  gmem: (typeof GMEMS)[number];
  spte: Spte;
  invalidation: (typeof INVALIDATIONS)[number];
  sept: (typeof SEPTS)[number];
  async_pf: (typeof ASYNC_PFS)[number];
  write_tracked: boolean;
  /** The page may get no writable entry, since KVM shadows a page table in it. */
  gfn_write_protected: boolean;
  signal_pending: boolean;
  vm_dead: boolean;
  same_rip_and_addr_as_last_retry: boolean;
  unprotect_succeeds: boolean;
  in_nested_guest: boolean;
  guest_page_table_walk: boolean;
  mmio_cache_hit: boolean;
  root_obsolete: boolean;
  /** How many of the next exchanges of the entry are lost to another CPU. */
  lost_cmpxchg: number;
};

/** The CPU can translate with it. An MMIO mark and a frozen entry it cannot use. */
export function isPresent(spte: Spte): boolean {
  return spte === 'rw' || spte === 'ro' || spte === 'ro_mmu_writable';
}

/** What was only passing has passed: invalidation, deletion of the slot, a frozen entry, a busy module, an old root. */
export function settled(situation: Situation): Situation {
  return {
    ...situation,
    invalidation: situation.invalidation === 'in_progress' ? 'none' : situation.invalidation,
    slot: situation.slot === 'being_deleted' ? 'normal' : situation.slot,
    spte: situation.spte === 'frozen' ? 'none' : situation.spte,
    sept: situation.sept === 'busy' ? 'ok' : situation.sept,
    root_obsolete: false,
  };
}
