import { atLeast, isResultName, mmu, prefaultFunction, type Result } from './kernel.ts';
import { loopSource } from './rules-request.ts';
import { faultSaysPresent, isPrivate, mapsKnownPage, type State } from './state.ts';
import { finish, goOn, leave, say, type Told } from './told.ts';

/** Rules of the caller: what a result means to a faulting guest, to a prefault, and to a TD that gets its first pages. */

/** Private memory cannot be emulated: KVM can read neither the instruction nor the data. */
export function considerEmulation(state: State): Told {
  const source = mmu('kvm_mmu_do_page_fault', '6.8-6.16');
  if (isPrivate(state.situation)) {
    state.memoryFault = true;
    leave(state, '-EFAULT');
    const because =
      'Emulating on private memory is impossible: a warning, KVM_EXIT_MEMORY_FAULT (39) and -EFAULT (14).';
    const log = ['kvm: unexpected emulation request on private memory'];
    return { door: 'private', rule: 'no-emulation-on-private', because, source, refused: true, log };
  }
  const old = !atLeast(state.kernel, '6.16') && state.situation.path === 'fault';
  goOn(state, old ? 'unprotect' : 'answer');
  return {
    door: 'yes',
    rule: 'may-emulate',
    because: 'The access is shared, so KVM can carry out the instruction itself.',
    source,
  };
}

/** A write to a protected page: lift the protection and let the guest try again, or emulate the write. */
export function liftOrEmulate(state: State): Told {
  if (!atLeast(state.kernel, '6.16')) return liftOrEmulateBefore(state);
  const { situation } = state;
  const source = mmu('kvm_mmu_write_protect_fault', '6.16');
  if (situation.same_rip_and_addr_as_last_retry) {
    const because =
      'The same instruction at the same address was retried just before: it is emulated, with no second retry.';
    return emulate(state, { door: 'retried before', rule: 'no-second-retry', because, source }, false);
  }
  if (situation.mmio_cache_hit) {
    const because =
      'The vCPU remembers this address as a device, which should not be: a warning, and no retry is allowed.';
    return emulate(state, { door: 'device in cache', rule: 'protected-yet-device', because, source }, false);
  }
  const walk = situation.guest_page_table_walk && faultSaysPresent(situation);
  if (walk && situation.unprotect_succeeds) {
    finish(state, 'RET_PF_RETRY', 'resume_guest');
    const because = `The CPU wrote while walking the guest's own tables and KVM stops shadowing the page: ${say(state, 'RET_PF_RETRY')}, the guest writes again.`;
    return { door: 'lift and retry', rule: 'unprotect-and-retry', because, source };
  }
  if (situation.in_nested_guest) {
    const because = 'The write came from a nested guest, whose tables are not the ones protected: emulate, no retry.';
    return emulate(state, { door: 'nested: emulate', rule: 'nested-no-retry', because, source }, false);
  }
  const because = 'The write is emulated; should that fail, the protection may be lifted and the guest try again.';
  return emulate(state, { door: 'emulate', rule: 'emulate-may-retry', because, source }, true);
}

/** 6.8 sees only RET_PF_EMULATE here and cannot tell a protected page from a device. */
function liftOrEmulateBefore(state: State): Told {
  const { situation, fault } = state;
  const source = mmu('kvm_mmu_page_fault', '6.8');
  const write = situation.access === 'write' && faultSaysPresent(situation);
  if (write && situation.guest_page_table_walk) {
    state.stat.pf_emulate += 1;
    finish(state, '1', 'resume_guest');
    const because =
      'The CPU wrote while walking guest tables: 6.8 lifts the protection and resumes with 1, whether or not that helped.';
    return { door: 'lift and resume', rule: 'unprotect-blindly', because, source };
  }
  const retry = !fault.device && !situation.in_nested_guest;
  const because = `6.8 emulates without knowing whether this is a device or a protected page; a retry is ${retry ? '' : 'not '}allowed.`;
  return emulate(state, { door: 'emulate', rule: 'emulate-unknown', because, source }, retry);
}

function emulate(state: State, told: Told, mayRetry: boolean): Told {
  state.allowRetry = mayRetry;
  state.stat.pf_emulate += 1;
  finish(state, 'emulator', 'emulate_instruction');
  return told;
}

/** The last question of each pass. */
export function answerCaller(state: State): Told {
  const result = state.mmu ?? 'RET_PF_CONTINUE';
  if (state.situation.path === 'fault') return answerGuest(state, result);
  if (result === 'RET_PF_RETRY') {
    state.over = 'pass';
    goOn(state, 'interrupted');
    const because = `${say(state, result)}: there is no guest to go back to, so the same is tried again.`;
    return { door: 'again', rule: 'loop-on-retry', because, source: loopSource(state) };
  }
  return mapsKnownPage(state) ? answerMapping(state, result) : answerPrefault(state, result);
}

function answerGuest(state: State, result: Result): Told {
  const source = mmu('kvm_mmu_page_fault', atLeast(state.kernel, '6.16') ? '6.16' : '6.8');
  if (!isResultName(result)) {
    finish(state, result, state.memoryFault ? 'exit_to_userspace_memory_fault' : 'return_error_to_userspace');
    const how = state.memoryFault
      ? 'KVM_RUN ends with it and with an exit that names the page'
      : 'KVM_RUN ends with it';
    return { door: 'error to the VMM', rule: 'error-to-vmm', because: `${result}: ${how}.`, source, refused: true };
  }
  if (result === 'RET_PF_EMULATE') {
    return emulate(
      state,
      {
        door: 'emulate',
        rule: 'emulate-device',
        because: `${say(state, result)}: the instruction is carried out in software.`,
        source,
      },
      false,
    );
  }
  if (result === 'RET_PF_FIXED') state.stat.pf_fixed += 1;
  if (result === 'RET_PF_SPURIOUS') state.stat.pf_spurious += 1;
  const newer = atLeast(state.kernel, '6.16');
  finish(state, newer ? result : '1', 'resume_guest');
  const next =
    result === 'RET_PF_RETRY' ? 'the guest runs the instruction again and faults once more' : 'the guest goes on';
  const value = newer ? '' : '; 6.8 hands up just 1, "resume"';
  return { door: 'resume the guest', rule: 'resume-guest', because: `${say(state, result)}: ${next}${value}.`, source };
}

/** A prefault is content when the page is mapped in the end, whoever did it. */
function answerPrefault(state: State, result: Result): Told {
  const { kernel } = state;
  const source = mmu(prefaultFunction(kernel), atLeast(kernel, '6.19') ? '6.19' : '6.16');
  if (!isResultName(result)) {
    finish(state, result, 'fail');
    const because = `${result} goes back to the caller as it is.`;
    return { door: result, rule: 'prefault-error', because, source, refused: true };
  }
  if (result === 'RET_PF_EMULATE') {
    finish(state, '-ENOENT', 'fail');
    const because = `${say(state, result)}: a device cannot be mapped ahead, -ENOENT (2).`;
    return { door: '-ENOENT', rule: 'prefault-of-device', because, source, refused: true };
  }
  const why = result === 'RET_PF_FIXED' ? 'this call mapped the page' : 'a prefault only wants it mapped in the end';
  const because = `${say(state, result)} becomes 0: ${why}.`;
  if (state.situation.path === 'add_page') goOn(state, 'page-add');
  else finish(state, '0', 'success');
  return { door: '0', rule: 'prefault-content', because, source };
}

/** Only FIXED proves that the page was not there before. */
function answerMapping(state: State, result: Result): Told {
  const source = mmu('kvm_tdp_mmu_map_private_pfn', '6.19');
  const lax = state.whatIf === 'prefault-rule' && (result === 'RET_PF_SPURIOUS' || result === 'RET_PF_WRITE_PROTECTED');
  if (result !== 'RET_PF_FIXED' && !lax) {
    finish(state, '-EIO', 'fail');
    const because = `${say(state, result)} is not ${say(state, 'RET_PF_FIXED')}: -EIO (5). Here the page must not have been there before.`;
    return { door: '-EIO', rule: 'only-fixed-will-do', because, source, refused: true };
  }
  const adding = state.situation.path === 'add_page';
  if (adding) reportAdded(state);
  finish(state, '0', 'success');
  if (lax) {
    const nothing = adding
      ? ` The module was not asked: ${state.page.added} added, ${state.page.reported} reported.`
      : '';
    const because = `What if the prefault rule held: ${say(state, result)} becomes 0, success.${nothing}`;
    return { door: '0 (what if)', rule: 'prefault-rule-here', because, source: { ...source, inferred: true } };
  }
  const because = `${say(state, result)}: this very call mapped the page, 0.`;
  return { door: '0', rule: 'fixed-is-success', because, source };
}

/** Up to 6.18 the page is mapped first and given to the module after. */
export function givePage(state: State): Told {
  const { situation } = state;
  const source = { where: 'arch/x86/kvm/vmx/tdx.c tdx_gmem_post_populate()', kernel: '6.16' };
  if (situation.sept !== 'ok') {
    const error = situation.sept === 'busy' ? '-EBUSY' : '-EIO';
    finish(state, error, 'fail');
    const because = `TDH.MEM.PAGE.ADD ${situation.sept === 'busy' ? 'finds its object busy' : 'fails'}: ${error}. The mirror keeps its entry, the file does not count the page as filled.`;
    return { door: error, rule: 'page-add-fails', because, source: { ...source, inferred: true }, refused: true };
  }
  state.page.added += 1;
  reportAdded(state);
  finish(state, '0', 'success');
  const because = 'TDH.MEM.PAGE.ADD copies and encrypts the source page and enters it in the S-EPT: 0.';
  return { door: 'taken: 0', rule: 'page-added', because, source };
}

function reportAdded(state: State): void {
  state.page.reported += 1;
  state.page.filled = true;
}
