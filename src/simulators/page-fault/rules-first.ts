import { atLeast, mmu } from './kernel.ts';
import { isPresent } from './situation.ts';
import { accessOf, allows, faultSaysPresent, hitReservedBits, isPrivate, type State } from './state.ts';
import { finish, goOn, leave, say, type Told } from './told.ts';

/** Rules that can answer a fault before any page is looked for: known devices, tracked pages, the fix without a lock. */

/** So often the lockless fix tries again after losing a race. */
const FAST_ATTEMPTS = 5;

/** Reserved bits in the entry mean a device; a mark of an older slot layout is worth nothing. */
export function recognizeDevice(state: State): Told {
  const { situation } = state;
  const source = mmu('handle_mmio_page_fault', '6.8-6.16');
  if (!hitReservedBits(situation)) {
    countFault(state);
    const because = 'The CPU reports no reserved bits, so this is no known device access; the MMU code is called.';
    return { door: 'no', rule: 'no-device-known', because, source: mmu('kvm_mmu_page_fault', '6.8-6.16') };
  }
  if (isPrivate(situation) && atLeast(state.kernel, '6.16')) {
    finish(state, '-EFAULT', 'return_error_to_userspace');
    const because =
      'A device mark on a private access: devices are only ever shared, so the kernel warns and gives -EFAULT.';
    return {
      door: 'private: -EFAULT',
      rule: 'private-device',
      because,
      source: mmu('kvm_mmu_page_fault', '6.16'),
      refused: true,
    };
  }
  if (situation.mmio_cache_hit || situation.spte === 'mmio') {
    finish(state, 'emulator', 'emulate_instruction');
    const known = situation.mmio_cache_hit ? 'The vCPU remembers this address as a device' : 'The entry marks a device';
    const because = `${known}: the instruction is emulated at once, no counter moves and the MMU code is not called.`;
    return { door: 'yes: emulate', rule: 'known-device', because, source };
  }
  countFault(state);
  const because = `The mark dates from an older layout of the slots: ${say(state, 'RET_PF_INVALID')}, take the long way.`;
  return { door: 'stale mark', rule: 'stale-device', because, source };
}

function countFault(state: State): void {
  state.stat.pf_taken += 1;
  goOn(state, 'tracked');
}

/** A write to a page whose writes somebody wants to see is not mapped at all. */
export function noticeTracked(state: State): Told {
  const { situation } = state;
  const source = mmu('page_fault_handle_page_track', '6.8-6.16');
  const write = accessOf(state) === 'write';
  if (situation.write_tracked && write && faultSaysPresent(situation) && !hitReservedBits(situation)) {
    const result = atLeast(state.kernel, '6.16') ? 'RET_PF_WRITE_PROTECTED' : 'RET_PF_EMULATE';
    leave(state, result);
    const because = `A write to a page whose writes are tracked, with an entry in place: ${say(state, result)}, nothing is mapped.`;
    return { door: 'tracked', rule: 'tracked-write', because, source };
  }
  goOn(state, 'fast');
  const because = situation.write_tracked
    ? `Writes to this page are tracked, but ${write ? 'the entry is missing and must be made first' : 'this is no write'}.`
    : 'Nobody tracks writes to this page.';
  return { door: 'no', rule: 'no-tracked-write', because, source };
}

/** A write that only lacks the write bit can be let through without mmu_lock. */
export function fixWithoutLock(state: State): Told {
  const { situation, fault } = state;
  const source = mmu('fast_page_fault', '6.8-6.16');
  const reason = notFast(state);
  if (reason !== undefined) return leaveFast(state, 'not tried', 'fast-not-possible', `${reason}.`);
  const { spte } = situation;
  if (allows(spte, 'write')) {
    state.stat.pf_fast += 1;
    leave(state, 'RET_PF_SPURIOUS');
    const because = `The entry allows writes already, somebody was quicker: ${say(state, 'RET_PF_SPURIOUS')}.`;
    return { door: 'already fine', rule: 'fast-spurious', because, source };
  }
  if (spte !== 'ro_mmu_writable') {
    return leaveFast(
      state,
      'no',
      'fast-not-writable',
      'The entry is read-only for good, so its write bit cannot just be set.',
    );
  }
  if (situation.lost_cmpxchg === 0) {
    situation.spte = 'rw';
    state.stat.pf_fast += 1;
    leave(state, 'RET_PF_FIXED');
    const because = `KVM may make the entry writable: one exchange sets the bit without mmu_lock, ${say(state, 'RET_PF_FIXED')}.`;
    return { door: 'write bit set', rule: 'fast-fixed', because, source };
  }
  situation.lost_cmpxchg -= 1;
  fault.attempts += 1;
  if (fault.attempts === FAST_ATTEMPTS) {
    return leaveFast(
      state,
      'lost 5 times',
      'fast-gives-up',
      `The exchange was lost ${FAST_ATTEMPTS} times; take the long way.`,
    );
  }
  goOn(state, 'fast');
  const because = `Another CPU changed the entry in between; attempt ${fault.attempts} of ${FAST_ATTEMPTS} is lost, look again.`;
  return { door: `lost ${fault.attempts}`, rule: 'fast-lost-race', because, source };
}

function leaveFast(state: State, door: string, rule: string, because: string): Told {
  goOn(state, atLeast(state.kernel, '6.16') ? 'agree' : 'invalidated');
  return { door, rule, because, source: mmu('fast_page_fault', '6.8-6.16') };
}

/** Why the lockless fix is not even tried. */
function notFast(state: State): string | undefined {
  const { situation } = state;
  const disagree = isPrivate(situation) !== situation.attr_private;
  if (hitReservedBits(situation)) return 'A stale device mark cannot be fixed, only replaced';
  if (!faultSaysPresent(situation) || !isPresent(situation.spte)) {
    return situation.path === 'fault'
      ? 'No entry is in place that could be opened'
      : 'Mapping ahead carries no "present" bit';
  }
  if (situation.vm_has_private_mem && disagree && atLeast(state.kernel, '6.16')) {
    return 'Access and attribute do not agree, so the entry in place proves nothing';
  }
  return accessOf(state) === 'write' ? undefined : 'The access is no write, and only the write bit can be set this way';
}
