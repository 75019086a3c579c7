import { atLeast, mmu } from './kernel.ts';
import { gmemError } from './rules-request.ts';
import { accessOf, isPrivate, type State } from './state.ts';
import { goOn, leave, leaveToVmm, say, type Told } from './told.ts';

/** Rules that find the host page, and notice when the ground moves meanwhile. */

const FAULTIN = 'kvm_mmu_faultin_pfn';

/** The function had another name in 6.8, and asked in another order. */
function faultin(state: State): ReturnType<typeof mmu> {
  return atLeast(state.kernel, '6.16') ? mmu(FAULTIN, '6.16') : mmu('kvm_faultin_pfn', '6.8');
}

/** Private access against shared attribute, or the other way round: only the VMM can settle that. */
export function compareAttribute(state: State): Told {
  const { situation } = state;
  const source = faultin(state);
  const access = isPrivate(situation) ? 'private' : 'shared';
  const attribute = situation.attr_private ? 'private' : 'shared';
  if (access !== attribute) {
    leaveToVmm(state, '-EFAULT');
    const because = `The access is ${access} and the attribute says ${attribute}: KVM_EXIT_MEMORY_FAULT (39), flag ${access}, and -EFAULT (14).`;
    return { door: 'they differ', rule: 'attribute-mismatch', because, source, refused: true };
  }
  const because = `Access and memory attribute both say ${access}.`;
  if (atLeast(state.kernel, '6.16')) goOn(state, 'slot');
  else if (situation.slot === 'none') return meetDevice(state, 'no slot');
  else goOn(state, 'host-page');
  return { door: 'yes', rule: 'attribute-agrees', because, source };
}

/** Which memory slot holds the page, and whether it may be used now. */
export function findSlot(state: State): Told {
  const { situation } = state;
  const source = faultin(state);
  switch (situation.slot) {
    case 'none':
      if (atLeast(state.kernel, '6.16')) return meetDevice(state, 'none');
      break;
    case 'being_deleted':
      return meetDeletion(state);
    case 'apic_active':
    case 'apic_inactive':
      if (situation.in_nested_guest) return meetDevice(state, 'hidden');
      if (situation.slot === 'apic_active') break;
      leave(state, 'RET_PF_EMULATE');
      return {
        door: 'APIC, off',
        rule: 'apic-not-accelerated',
        because: `The page is the APIC, and its acceleration is off for now: ${say(state, 'RET_PF_EMULATE')}, no entry is made.`,
        source,
      };
  }
  if (atLeast(state.kernel, '6.16')) goOn(state, 'invalidated');
  else goOn(state, 'agree');
  const what =
    situation.slot === 'readonly'
      ? 'A read-only memory slot'
      : situation.slot === 'none'
        ? 'No memory slot'
        : 'A memory slot';
  return {
    door: situation.slot === 'readonly' ? 'read-only slot' : 'memory',
    rule: 'slot-found',
    because: `${what} holds the page.`,
    source,
  };
}

function meetDeletion(state: State): Told {
  const source = faultin(state);
  const mapsAhead = state.situation.path !== 'fault';
  if (mapsAhead && atLeast(state.kernel, '6.18')) {
    leave(state, '-EAGAIN');
    const because = 'The slot is being deleted. Since 6.18 a prefault does not wait for that: -EAGAIN (11).';
    return {
      door: 'going: -EAGAIN',
      rule: 'prefault-meets-deletion',
      because,
      source: mmu(FAULTIN, '6.18'),
      refused: true,
    };
  }
  leave(state, 'RET_PF_RETRY');
  const because = `The slot is being deleted or moved: ${say(state, 'RET_PF_RETRY')}, until its old entries are gone.`;
  return { door: 'being deleted', rule: 'slot-being-deleted', because, source };
}

/** No slot, so the page is a device register; private memory cannot be one. */
function meetDevice(state: State, door: string): Told {
  const source = mmu('kvm_handle_noslot_fault', '6.8-6.16');
  if (isPrivate(state.situation)) {
    leaveToVmm(state, '-EFAULT');
    const because = 'No slot holds the page and the access is private: KVM_EXIT_MEMORY_FAULT (39) and -EFAULT (14).';
    return { door: 'none, private', rule: 'private-without-slot', because, source, refused: true };
  }
  state.fault.device = true;
  state.fault.mapWritable = false;
  goOn(state, 'lock');
  const because = 'No memory slot is to be seen here: the page is a device register and will be marked so.';
  return { door, rule: 'no-slot-is-device', because, source };
}

export function checkInvalidation(state: State): Told {
  const { situation } = state;
  const source = faultin(state);
  const old = !atLeast(state.kernel, '6.16');
  if (situation.invalidation === 'in_progress' && !(old && situation.slot === 'none')) {
    leave(state, 'RET_PF_RETRY');
    const because = `An invalidation that covers this page is under way: ${say(state, 'RET_PF_RETRY')}, no use in looking now.`;
    return { door: 'yes', rule: 'invalidation-in-progress', because, source };
  }
  goOn(state, old ? 'slot' : 'host-page');
  const because =
    situation.invalidation === 'in_progress_other_gfn'
      ? 'An invalidation is under way, but it covers other pages.'
      : 'No invalidation is under way. The sequence number has been noted, to notice one that comes.';
  return { door: 'no', rule: 'no-invalidation', because, source };
}

/** Finds the page behind the address: guest_memfd for private memory, the VMM's mapping for shared memory. */
export function findHostPage(state: State): Told {
  const { situation } = state;
  if (situation.invalidation === 'during_faultin') {
    situation.invalidation = 'none';
    state.fault.sequenceMoved = true;
  }
  return isPrivate(situation) ? findPrivatePage(state) : findSharedPage(state);
}

function findPrivatePage(state: State): Told {
  const { slot, slot_has_gmem, gmem } = state.situation;
  const source = mmu(
    atLeast(state.kernel, '6.16') ? 'kvm_mmu_faultin_pfn_private' : 'kvm_faultin_pfn_private',
    '6.8-6.16',
  );
  if (!slot_has_gmem) {
    leaveToVmm(state, '-EFAULT');
    const because = 'The slot has no guest_memfd for private memory: KVM_EXIT_MEMORY_FAULT (39) and -EFAULT (14).';
    return { door: 'no file', rule: 'slot-without-file', because, source, refused: true };
  }
  if (gmem !== 'ok') {
    const error = gmemError(gmem);
    leaveToVmm(state, error);
    const trust = gmem === 'enomem' ? ', though the VMM may read the exit only with -EFAULT or -EHWPOISON' : '';
    const because = `guest_memfd answers ${error}; an exit to the VMM is prepared and the error goes with it${trust}.`;
    return { door: error, rule: 'file-has-no-page', because, source, refused: true };
  }
  state.fault.mapWritable = slot !== 'readonly';
  goOn(state, 'changed');
  return {
    door: 'guest_memfd page',
    rule: 'private-page-found',
    because: 'guest_memfd gives the private page.',
    source,
  };
}

function findSharedPage(state: State): Told {
  const { situation, fault } = state;
  const source = atLeast(state.kernel, '6.16') ? mmu('__kvm_mmu_faultin_pfn', '6.16') : mmu('__kvm_faultin_pfn', '6.8');
  if (situation.slot === 'readonly' && accessOf(state) === 'write') {
    leave(state, 'RET_PF_EMULATE');
    const because = `A write to a read-only slot is for the VMM to handle, like a device: ${say(state, 'RET_PF_EMULATE')}.`;
    return {
      door: 'read-only slot',
      rule: 'write-to-readonly-slot',
      because,
      source: mmu('kvm_handle_error_pfn', '6.8-6.16'),
    };
  }
  if (situation.host_page === 'needs_io') {
    const waiting = startAsync(state);
    if (waiting !== undefined) return waiting;
  }
  const failed = failSearch(state);
  if (failed !== undefined) return failed;
  fault.mapWritable = situation.host_page !== 'readonly_page' && situation.slot !== 'readonly';
  goOn(state, 'changed');
  const waited = situation.host_page === 'needs_io' ? ' after waiting for the disk' : '';
  const how = fault.mapWritable ? 'a page that may be mapped writable' : 'a page that may only be mapped read-only';
  const door = fault.mapWritable ? 'page' : 'read-only page';
  return { door, rule: 'shared-page-found', because: `The VMM's mapping gives ${how}${waited}.`, source };
}

/** The page must be read from disk: let the guest do something else meanwhile, if it can. A prefault just waits. */
function startAsync(state: State): Told | undefined {
  const { path, async_pf } = state.situation;
  if (path !== 'fault' || async_pf === 'no' || async_pf === 'fail') return undefined;
  const source = mmu(atLeast(state.kernel, '6.16') ? '__kvm_mmu_faultin_pfn' : '__kvm_faultin_pfn', '6.8-6.16');
  leave(state, 'RET_PF_RETRY');
  const result = say(state, 'RET_PF_RETRY');
  if (async_pf === 'repeat') {
    const because = `The page is being read already and the guest came back for it: the vCPU halts until it is there, ${result}.`;
    return { door: 'being read', rule: 'async-repeated', because, source };
  }
  state.asyncStarted = true;
  const because = `The page must be read from disk: a worker does that, the guest is told to wait for it, ${result}.`;
  return { door: 'read it aside', rule: 'async-started', because, source };
}

/** No page comes back; each kind of failure has its own answer. */
function failSearch(state: State): Told | undefined {
  const source = mmu('kvm_handle_error_pfn', '6.8-6.16');
  switch (state.situation.host_page) {
    case 'hwpoison':
      state.sigbus = true;
      leave(state, 'RET_PF_RETRY');
      return {
        door: 'poisoned',
        rule: 'poisoned-page',
        because: `The page has a hardware error: the VMM gets SIGBUS, and the guest tries again, ${say(state, 'RET_PF_RETRY')}.`,
        source,
      };
    case 'sigpending':
      leave(state, '-EINTR');
      return {
        door: 'signal: -EINTR',
        rule: 'search-interrupted',
        because: 'A signal ended the search: -EINTR (4).',
        source,
        refused: true,
      };
    case 'fault':
      leave(state, '-EFAULT');
      return {
        door: 'none: -EFAULT',
        rule: 'no-host-page',
        because: 'The VMM has nothing mapped there: -EFAULT (14), without an exit that says which page.',
        source,
        refused: true,
      };
    default:
      return undefined;
  }
}

export function checkSequence(state: State): Told {
  const source = faultin(state);
  if (state.fault.sequenceMoved) {
    leave(state, 'RET_PF_RETRY');
    const because = `The sequence number moved while the page was looked up, so the page may be gone: ${say(state, 'RET_PF_RETRY')}.`;
    return { door: 'yes', rule: 'sequence-moved', because, source };
  }
  goOn(state, 'lock');
  return { door: 'no', rule: 'sequence-unchanged', because: 'The sequence number is the one noted before.', source };
}
