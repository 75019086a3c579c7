import { atLeast, mmu, tdpMmu } from './kernel.ts';
import { isPresent } from './situation.ts';
import { accessOf, allows, asksModule, mapsKnownPage, type State } from './state.ts';
import { goOn, leave, say, type Told } from './told.ts';

/** Rules under mmu_lock: is all of it still true, and what is written into the entry. */

export function checkUnderLock(state: State): Told {
  const { situation, fault } = state;
  const source = mmu('is_page_fault_stale', '6.8-6.16');
  if (situation.invalidation === 'before_lock') {
    situation.invalidation = 'none';
    fault.sequenceMoved = true;
  }
  if (situation.root_obsolete) {
    leave(state, 'RET_PF_RETRY');
    const because = `The root of the table was replaced meanwhile: ${say(state, 'RET_PF_RETRY')}, with the new root next time.`;
    return { door: 'old root', rule: 'root-obsolete', because, source };
  }
  if (!fault.device && fault.sequenceMoved) {
    leave(state, 'RET_PF_RETRY');
    const because = `Between the search and the lock the page was invalidated: ${say(state, 'RET_PF_RETRY')}.`;
    return { door: 'invalidated', rule: 'stale-under-lock', because, source };
  }
  goOn(state, 'entry');
  const because = fault.device
    ? 'mmu_lock is held for reading; a device has no host page that could have gone.'
    : 'mmu_lock is held for reading, root and sequence number are still the same: now nothing can slip in.';
  return { door: 'yes', rule: 'still-valid', because, source };
}

export function lookAtEntry(state: State): Told {
  const { spte } = state.situation;
  const source = tdpMmu('tdp_mmu_map_handle_target_level', '6.8-6.16');
  if (spte === 'frozen') {
    leave(state, 'RET_PF_RETRY');
    const because = `Another task has frozen the entry while it changes it: ${say(state, 'RET_PF_RETRY')}.`;
    return { door: 'frozen', rule: 'entry-frozen', because, source: tdpMmu('kvm_tdp_mmu_map', '6.16') };
  }
  const ahead = state.situation.path !== 'fault';
  if (isPresent(spte) && (ahead || allows(spte, accessOf(state)))) {
    leave(state, 'RET_PF_SPURIOUS');
    const why = ahead ? 'and whoever maps ahead asks no more of it' : 'and it allows the access';
    const because = `The page has an entry already, ${why}: ${say(state, 'RET_PF_SPURIOUS')}, nothing is written.`;
    return { door: 'there, good', rule: 'entry-already-good', because, source };
  }
  goOn(state, 'permission');
  const because = isPresent(spte)
    ? 'The entry is there but does not allow the access; a new one is made.'
    : 'The entry translates nothing; a new one is made.';
  return { door: isPresent(spte) ? 'not enough' : 'nothing', rule: 'entry-needed', because, source };
}

/** What the new entry says. KVM refuses the write bit where it shadows a guest page table. */
export function choosePermission(state: State): Told {
  const { situation, fault } = state;
  const source = mmu('make_spte', '6.8-6.16');
  goOn(state, 'install');
  if (fault.device || (mapsKnownPage(state) && situation.slot === 'none')) {
    fault.wanted = 'mmio';
    const because = 'There is no memory behind the page, so the entry becomes a device mark.';
    return { door: 'device mark', rule: 'make-device-mark', because, source: mmu('make_mmio_spte', '6.8-6.16') };
  }
  if (!fault.mapWritable) {
    fault.wanted = 'ro';
    return {
      door: 'read-only',
      rule: 'make-readonly',
      because: 'The host page may not be written, so the entry is read-only.',
      source,
    };
  }
  if (situation.gfn_write_protected && situation.spte !== 'rw') {
    fault.wanted = 'ro';
    fault.wrprot = true;
    const because = 'KVM write-protects this page, since it shadows a page table in it: the entry is made read-only.';
    return { door: 'write bit refused', rule: 'make-write-protected', because, source };
  }
  fault.wanted = 'rw';
  return { door: 'writable', rule: 'make-writable', because: 'Nothing stands against a writable entry.', source };
}

/** One atomic exchange; whoever comes second tries again. */
export function installEntry(state: State): Told {
  const { situation, fault } = state;
  const source = tdpMmu('tdp_mmu_set_spte_atomic', '6.8-6.16');
  if (fault.wanted === situation.spte) {
    fault.outcome = 'RET_PF_SPURIOUS';
    settleEntry(state);
    return {
      door: 'same as before',
      rule: 'entry-unchanged',
      because: 'The new entry would be the old one: nothing is written.',
      source,
    };
  }
  if (fault.wanted === 'mmio' && asksModule(state)) {
    situation.vm_dead = true;
    leave(state, 'RET_PF_RETRY');
    const because = `A device mark has no place in the mirror of a TD: KVM marks the VM dead, ${say(state, 'RET_PF_RETRY')}.`;
    return { door: 'refused, dead', rule: 'no-device-in-mirror', because, source };
  }
  if (situation.lost_cmpxchg > 0) {
    situation.lost_cmpxchg -= 1;
    leave(state, 'RET_PF_RETRY');
    const because = `Another CPU changed the entry first, the exchange is lost: ${say(state, 'RET_PF_RETRY')}.`;
    return { door: 'lost', rule: 'exchange-lost', because, source };
  }
  fault.outcome = 'RET_PF_FIXED';
  if (asksModule(state)) {
    goOn(state, 's-ept');
    const because = 'The page is private: the entry is frozen until the table that the guest really uses has changed.';
    return {
      door: 'frozen first',
      rule: 'freeze-for-module',
      because,
      source: tdpMmu('set_external_spte_present', '6.16'),
    };
  }
  situation.spte = fault.wanted;
  settleEntry(state);
  return {
    door: 'written',
    rule: 'entry-written',
    because: 'The exchange succeeds and the entry is in place.',
    source,
  };
}

/** The kind of the entry, not its being written, decides the result when it is a device mark or lacks a write bit. */
function settleEntry(state: State): void {
  if (state.fault.wanted === 'mmio' || state.fault.wrprot) goOn(state, 'protected');
  else leave(state, state.fault.outcome);
}

/** KVM's entry is a mirror; what counts is the table of the TDX module, changed by a call. */
export function askModule(state: State): Told {
  const { situation, fault } = state;
  const adding = situation.path === 'add_page';
  if (adding && !mapsKnownPage(state)) {
    situation.spte = fault.wanted;
    settleEntry(state);
    const because =
      'The TD does not run yet: the mirror is filled and the page counted as premapped, the module is asked later.';
    return { door: 'asked later', rule: 'premapped', because, source: tdx('tdx_sept_set_private_spte', '6.16') };
  }
  const source = adding ? tdx('tdx_sept_set_private_spte', '6.19') : tdpMmu('set_external_spte_present', '6.16');
  const call = adding ? 'TDH.MEM.PAGE.ADD' : 'the module call';
  if (situation.sept !== 'ok') return refusedByModule(state, source, call);
  situation.spte = fault.wanted;
  if (adding) state.page.added += 1;
  settleEntry(state);
  const because = adding
    ? 'TDH.MEM.PAGE.ADD copies and encrypts the page and enters it in the S-EPT; the mirror entry becomes visible.'
    : 'The table that the guest really uses has taken the page; the mirror entry becomes visible.';
  return { door: 'taken', rule: 'module-takes-page', because, source };
}

function refusedByModule(state: State, source: Told['source'], call: string): Told {
  const { situation } = state;
  leave(state, 'RET_PF_RETRY');
  if (situation.sept === 'fatal') {
    situation.vm_dead = true;
    const because = `The module refuses: the old entry comes back, KVM marks the VM dead, and ${say(state, 'RET_PF_RETRY')} hides it at this level.`;
    return { door: 'refused, dead', rule: 'module-refuses', because, source };
  }
  const why = situation.sept === 'busy' ? `${call} finds its object busy` : `${call} fails`;
  const because = `${why}: the old entry comes back, and busy or failed, it is ${say(state, 'RET_PF_RETRY')} at this level.`;
  return { door: situation.sept === 'busy' ? 'busy' : 'refused', rule: 'module-not-now', because, source };
}

/** A device mark must be emulated; a write that met a refused write bit would fault again. */
export function considerKind(state: State): Told {
  const { fault } = state;
  const source = tdpMmu('tdp_mmu_map_handle_target_level', '6.8-6.16');
  if (fault.wanted === 'mmio') {
    state.stat.pf_mmio_spte_created += 1;
    leave(state, 'RET_PF_EMULATE');
    const because = `The entry marks a device, so the access must be emulated: ${say(state, 'RET_PF_EMULATE')}.`;
    return { door: 'device', rule: 'device-is-emulated', because, source };
  }
  if (accessOf(state) === 'write') {
    const result = atLeast(state.kernel, '6.16') ? 'RET_PF_WRITE_PROTECTED' : 'RET_PF_EMULATE';
    leave(state, result);
    const old = result === 'RET_PF_EMULATE' ? ', which 6.8 cannot tell from a device' : '';
    const because = `The access is a write and the entry stays read-only: ${say(state, result)}${old}.`;
    return { door: 'yes, a write', rule: 'write-meets-protection', because, source };
  }
  leave(state, fault.outcome);
  const ahead = state.situation.path === 'fault' ? 'The access is no write' : 'Mapping ahead carries no write bit';
  const because = `${ahead}, so the read-only entry does: ${say(state, fault.outcome)}. RET_PF_WRITE_PROTECTED needs a write.`;
  return { door: 'no write', rule: 'protection-not-met', because, source };
}

function tdx(name: string, kernel: string): Told['source'] {
  return { where: `arch/x86/kvm/vmx/tdx.c ${name}()`, kernel };
}
