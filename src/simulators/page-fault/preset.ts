import type { Parameters } from './parameters.ts';
import type { Situation } from './situation.ts';
import { type State, startOf, type WhatIf } from './state.ts';
import { kernelOf } from './words.ts';

/** From a reader's words to the flags of the model. A value that is not in a table is the first choice. */

const PATH: Readonly<Record<string, Situation['path']>> = {
  prefault: 'prefault',
  'map-private-pfn': 'map_private_pfn',
  'add-page': 'add_page',
};
const ENTRY: Readonly<Record<string, Situation['spte']>> = {
  writable: 'rw',
  'read-only': 'ro',
  'may-open': 'ro_mmu_writable',
  device: 'mmio',
  'old-device': 'mmio_stale',
  'cached-device': 'mmio_stale',
  frozen: 'frozen',
};
const SLOT: Readonly<Record<string, Situation['slot']>> = {
  'read-only': 'readonly',
  none: 'none',
  'being-deleted': 'being_deleted',
  'apic-on': 'apic_active',
  'apic-off': 'apic_inactive',
};
const HOST_PAGE: Readonly<Record<string, Situation['host_page']>> = {
  'read-only': 'readonly_page',
  'on-disk': 'needs_io',
  'on-disk-aside': 'needs_io',
  'being-read': 'needs_io',
  poisoned: 'hwpoison',
  signal: 'sigpending',
  nothing: 'fault',
};
const ASYNC_PF: Readonly<Record<string, Situation['async_pf']>> = { 'on-disk-aside': 'ok', 'being-read': 'repeat' };
const GMEM: Readonly<Record<string, Situation['gmem']>> = { efault: 'efault', enomem: 'enomem', hwpoison: 'hwpoison' };
const INVALIDATION: Readonly<Record<string, Situation['invalidation']>> = {
  'in-progress': 'in_progress',
  'other-page': 'in_progress_other_gfn',
  'during-search': 'during_faultin',
  'before-lock': 'before_lock',
};
const MODULE: Readonly<Record<string, Situation['sept']>> = { busy: 'busy', refuses: 'fatal' };
const ACCESS: Readonly<Record<string, Situation['access']>> = { write: 'write', exec: 'exec' };
const WHAT_IF: Readonly<Record<string, WhatIf>> = {
  'prefault-rule': 'prefault-rule',
  'write-prefault': 'write-prefault',
};

export function startFrom(given: Parameters): State {
  const kernel = kernelOf(given.kernel);
  return startOf(situationOf(given), kernel, WHAT_IF[given.whatIf] ?? 'none', given.again);
}

export function situationOf(given: Parameters): Situation {
  const { view, writer, protection } = given;
  const path = PATH[given.request] ?? 'fault';
  // Whoever has a private page in hand, or adds one to a TD, means the private view; only the attribute can differ.
  const alwaysPrivate = path === 'map_private_pfn' || path === 'add_page';
  const asksPrivate = alwaysPrivate || view === 'private' || view === 'private-but-shared';
  const saysPrivate = alwaysPrivate
    ? view !== 'private-but-shared'
    : view === 'private' || view === 'shared-but-private';
  return {
    path,
    access: ACCESS[given.access] ?? 'read',
    slot: SLOT[given.slot] ?? 'normal',
    private: asksPrivate,
    attr_private: saysPrivate,
    vm_has_private_mem: asksPrivate || saysPrivate,
    slot_has_gmem: (asksPrivate || saysPrivate) && given.guestMemfd !== 'missing',
    host_page: HOST_PAGE[given.hostPage] ?? 'ok',
    gmem: GMEM[given.guestMemfd] ?? 'ok',
    spte: ENTRY[given.entry] ?? 'none',
    invalidation: INVALIDATION[given.invalidation] ?? 'none',
    sept: MODULE[given.module] ?? 'ok',
    async_pf: ASYNC_PF[given.hostPage] ?? 'no',
    write_tracked: protection === 'write-tracked',
    gfn_write_protected: protection === 'write-protected',
    signal_pending: given.caller === 'signal',
    vm_dead: given.caller === 'vm-dead',
    same_rip_and_addr_as_last_retry: writer === 'same-again',
    unprotect_succeeds: writer !== 'page-walk-stays',
    in_nested_guest: writer === 'nested',
    guest_page_table_walk: writer === 'page-walk' || writer === 'page-walk-stays',
    mmio_cache_hit: given.entry === 'cached-device',
    root_obsolete: given.oldRoot,
    lost_cmpxchg: given.lostRaces,
  };
}
