import type { Citation } from '../kit/simulator.ts';
import { atLeast, guestMemfd, mmu, prefaultFunction } from './kernel.ts';
import { settled } from './situation.ts';
import { accessOf, mapsKnownPage, type State } from './state.ts';
import { finish, goOn, type Told } from './told.ts';

/**
 * Rules of whoever asks for a page without a guest access: the loop of a prefault, the one that maps a known page, and the way
 * in when a first page of a TD is added.
 */

/** From this pass on, what was only passing has passed. A convention of the model, so that a loop comes to an end. */
const CALM_FROM_PASS = 4;
/** After this many passes a signal is pending. The same convention: an endless loop ends as it would under a user's Ctrl-C. */
const LAST_PASS = 24;

export function refuseMissing(state: State): Told {
  const { path } = state.situation;
  const what: Record<typeof path, string> = {
    fault: 'kvm_mmu_page_fault()',
    prefault: 'KVM_PRE_FAULT_MEMORY, which came with 6.11,',
    map_private_pfn: 'kvm_tdp_mmu_map_private_pfn(), which came with 6.19,',
    add_page: 'KVM_TDX_INIT_MEM_REGION, which came with 6.16,',
  };
  finish(state, null, 'not_in_this_kernel');
  const because = `${what[path]} is not in ${state.kernel}; there is nothing to run. Choose a later kernel.`;
  return {
    door: 'no',
    rule: 'not-in-this-kernel',
    because,
    source: { where: 'the version map of this model' },
    refused: true,
  };
}

/** kvm_gmem_populate() looks the page up in the file that backs private memory. */
export function lookUpPage(state: State): Told {
  const { slot, slot_has_gmem, gmem } = state.situation;
  const source = guestMemfd('kvm_gmem_populate', '6.16');
  state.page.asked += 1;
  if (slot === 'none' || !slot_has_gmem) {
    finish(state, '-EINVAL', 'fail');
    const because = 'The page has no slot with a guest_memfd behind it, so there is nothing to fill: -EINVAL.';
    return { door: 'no file', rule: 'populate-without-file', because, source, refused: true };
  }
  if (gmem !== 'ok') {
    const error = gmemError(gmem);
    finish(state, error, 'fail');
    const because = `guest_memfd gives no page but ${error}, which goes back as it is.`;
    return { door: 'error', rule: 'populate-without-page', because, source, refused: true };
  }
  goOn(state, atLeast(state.kernel, '7.0') ? 'range' : 'filled');
  const because = 'guest_memfd gives the page, so its number is known from here on.';
  return { door: 'here it is', rule: 'populate-finds-page', because, source };
}

/** Up to 6.19 the file remembers which pages were filled. */
export function refuseFilled(state: State): Told {
  const source = guestMemfd('kvm_gmem_populate', '6.16-6.19');
  if (state.page.filled) {
    finish(state, '-EEXIST', 'fail');
    const because = `This page was filled before and ${state.kernel} remembers it: -EEXIST (17), before anything is mapped.`;
    return { door: 'yes: -EEXIST', rule: 'already-filled', because, source, refused: true };
  }
  goOn(state, 'range');
  return { door: 'no', rule: 'not-filled-yet', because: 'Nobody has filled this page yet.', source };
}

export function checkRange(state: State): Told {
  const source = guestMemfd('kvm_gmem_populate', '6.16');
  if (!state.situation.attr_private) {
    finish(state, '-EINVAL', 'fail');
    const because = 'The memory attribute says shared; only private pages are filled this way: -EINVAL (22).';
    return { door: 'no: -EINVAL', rule: 'range-is-shared', because, source, refused: true };
  }
  const known = mapsKnownPage(state);
  goOn(state, known ? 'may-map' : 'interrupted');
  const how = known
    ? 'TDX hands the known page to kvm_tdp_mmu_map_private_pfn().'
    : 'TDX forgets the page it was given and has kvm_tdp_map_page() search for it again.';
  return { door: 'yes', rule: 'range-is-private', because: `The memory attribute says private. ${how}`, source };
}

export function refuseTracked(state: State): Told {
  const source = mmu('kvm_tdp_mmu_map_private_pfn', '6.19');
  if (state.situation.write_tracked) {
    finish(state, '-EPERM', 'fail');
    const because =
      'Somebody tracks writes to this page, and it would be mapped writable: -EPERM (1), nothing is tried.';
    return { door: 'tracked: -EPERM', rule: 'tracked-page-refused', because, source, refused: true };
  }
  goOn(state, 'interrupted');
  const because =
    'Nobody tracks writes to this page. Attribute and file are not asked: the caller has the page in hand.';
  return { door: 'untracked', rule: 'map-known-page', because, source };
}

/** The head of the loop. A signal or a dead VM ends it; else one pass more. */
export function beginPass(state: State): Told {
  const { signal_pending, vm_dead } = state.situation;
  const source = loopSource(state);
  if (signal_pending || state.pass >= LAST_PASS) {
    finish(state, '-EINTR', 'fail');
    const after = state.pass === 0 ? 'before anything was tried' : `after ${passes(state.pass)}`;
    const because = `A signal is pending ${after}: -EINTR (4). Only this ends a loop that goes on getting RETRY.`;
    return { door: 'signal: -EINTR', rule: 'signal-ends-loop', because, source, refused: true };
  }
  if (vm_dead) {
    finish(state, '-EIO', 'fail');
    return { door: 'dead: -EIO', rule: 'dead-vm', because: 'The VM is marked dead: -EIO (5).', source, refused: true };
  }
  state.pass += 1;
  if (state.pass >= CALM_FROM_PASS) state.situation = settled(state.situation);
  goOn(state, mapsKnownPage(state) ? 'entry' : 'tracked');
  const calm =
    state.pass === CALM_FROM_PASS ? ' What was only passing has passed by now (a convention of this model).' : '';
  const as = mapsKnownPage(state)
    ? 'the entry is looked at without any fault'
    : `the fault code runs as if the guest had just ${accessOf(state) === 'write' ? 'written to' : 'read'} the page`;
  return { door: `pass ${state.pass}`, rule: 'one-more-pass', because: `Pass ${state.pass}: ${as}.${calm}`, source };
}

export function loopSource(state: State): Citation {
  if (mapsKnownPage(state)) return mmu('kvm_tdp_mmu_map_private_pfn', '6.19');
  return mmu(prefaultFunction(state.kernel), atLeast(state.kernel, '6.19') ? '6.19' : '6.16');
}

export function gmemError(gmem: 'efault' | 'enomem' | 'hwpoison'): `-${string}` {
  return gmem === 'efault' ? '-EFAULT' : gmem === 'enomem' ? '-ENOMEM' : '-EHWPOISON';
}

function passes(number: number): string {
  return number === 1 ? '1 pass' : `${number} passes`;
}
