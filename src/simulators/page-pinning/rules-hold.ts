/** Who holds the page: registration before the guest runs, the first touch, pinning as the guest goes on, letting go. */
import type { Citation } from '../kit/simulator.ts';
import { otherNode, type Page, PIN_BIAS, referenceCount, type State, smallPages, withFree } from './state.ts';
import { counted, done, kernel, noted, outOfOrder, type Told } from './told.ts';
import { count, sizeInWords } from './words.ts';

/** Pages of 4 KB in a GB. */
const PAGES_PER_GB = 262144;

const DEFERRED: Citation = { where: 'KVM: SVM: Defer page pinning for SEV guests, RFC v1, Mar 2022', inferred: true };

/** The VMM registers all of the guest's memory, since the guest says what it shares only when it runs. */
export function register(state: State): Told {
  const { setup, page } = state;
  if (setup.hold !== 'pin' || page.there) return outOfOrder(state, 'There is nothing to register here.');
  const source = kernel('arch/x86/kvm/svm/sev.c sev_mem_enc_register_region(), sev_pin_memory()', '6.8, 6.16');
  const { guestGb, memlockGb } = setup;
  if (guestGb > memlockGb) {
    const wanted = guestGb * PAGES_PER_GB;
    const limit = memlockGb * PAGES_PER_GB;
    return {
      state: { ...state, guest: { lockedGb: 0, failed: true } },
      outcome: 'refused',
      rule: 'too-much-to-lock',
      because: `The VMM registers all ${guestGb} GB of the guest, and RLIMIT_MEMLOCK allows ${memlockGb} GB: -ENOMEM, nothing is pinned and the guest does not start.`,
      source,
      log: [`kvm_amd: SEV: ${wanted} locked pages exceed the lock limit of ${limit}.`],
    };
  }
  const next = {
    ...state,
    page: { ...page, there: true, pinned: true, entry: 'present' as const },
    free: withFree(state.free, page.node, -1),
    guest: { ...state.guest, lockedGb: guestGb },
  };
  const because = `Before boot the VMM cannot know what the guest will share, so it registers all ${guestGb} GB and KVM pins them: ${guestGb * PAGES_PER_GB} pages of 4 KB, within the limit of ${memlockGb} GB.`;
  return done(next, 'pin-everything', because, source);
}

/** First access of all: the page is faulted in on the vCPU's node and mapped, and whoever holds on demand takes hold. */
export function firstTouch(state: State): Told {
  const { page, setup, cpu } = state;
  if (state.next !== 'free' || state.counts.faults > 0)
    return outOfOrder(state, 'The guest has touched the page before.');
  const faulted = { ...state, counts: counted(state.counts, { faults: 1 }) };
  if (page.there) return mapPinned(faulted);
  if (setup.hold === 'pin') return outOfOrder(state, 'The guest starts when its memory is registered.');
  const entry = setup.hold === 'guest-memfd' ? 'none' : 'present';
  const there: Page = { ...page, there: true, node: cpu, entry };
  const next = mapAndHold({ ...faulted, page: there, free: withFree(state.free, cpu, -1) });
  const { rule, what, source } = takenAtFirst(next);
  const touched = `The guest touches the page for the first time. ${sizeInWords(setup.size)} on node ${cpu}, where the vCPU runs,`;
  return done(next, rule, `${touched} ${what}`, source);
}

/** How the page came, and who has taken hold of it by now. */
function takenAtFirst(state: State): { rule: string; what: string; source: Citation } {
  const total = `${count(referenceCount(state), 'reference')} in all`;
  switch (state.setup.hold) {
    case 'guest-memfd':
      return {
        rule: 'fault-from-guest-memfd',
        what: "come from the guest_memfd file and are mapped by KVM. The VMM's page table has no entry for them.",
        source: kernel('virt/kvm/guest_memfd.c kvm_gmem_get_pfn()'),
      };
    case 'reference':
      return {
        rule: 'fault-and-reference',
        what: `are faulted in and mapped, and KVM keeps ${count(state.page.extra, 'extra reference')}, as in the first RFC: ${total}.`,
        source: { where: 'KVM: SVM: Defer page pinning for SEV guests, first RFC, Jan 2022', inferred: true },
      };
    case 'demand-pin':
      return {
        rule: 'fault-and-pin',
        what: `are faulted in, pinned with FOLL_PIN on the way, and mapped: ${total}. Nothing else of the guest is pinned yet.`,
        source: DEFERRED,
      };
    default:
      return {
        rule: 'fault-in',
        what: `are faulted in and mapped. Nobody holds them: ${total}, ${state.setup.mapping === 'private' ? "that of the VMM's entry" : "those of the VMM's entry and of the file"}.`,
        source: kernel('arch/x86/kvm/mmu/mmu.c kvm_mmu_faultin_pfn()'),
      };
  }
}

function mapPinned(state: State): Told {
  const { page } = state;
  const because = `The guest starts and touches the page. It has been there since it was pinned, on node ${page.node}; KVM only maps it.`;
  const next = { ...mapAndHold(state), page: { ...page, mapped: true, entry: 'present' as const } };
  const source = kernel('arch/x86/kvm/mmu/mmu.c kvm_mmu_faultin_pfn()');
  return done(noted(next, 'mapped for the first time', 'untouched'), 'map-pinned-page', because, source);
}

/** KVM maps the page; a hold that is taken in the fault path is taken with it. */
export function mapAndHold(state: State): State {
  const { hold, references } = state.setup;
  const mapped: Page = { ...state.page, mapped: true };
  if (hold === 'reference') return { ...state, page: { ...mapped, extra: references } };
  if (hold === 'demand-pin') return { ...state, page: { ...mapped, pinned: true } };
  return { ...state, page: mapped };
}

/** The guest goes on to use its working set; demand pinning follows it page by page. */
export function useMemory(state: State): Told {
  const { setup, guest, page } = state;
  if (setup.hold !== 'demand-pin' || !page.there || guest.lockedGb > 0) {
    return outOfOrder(state, 'Only demand pinning follows what the guest uses.');
  }
  const touched = Math.min(setup.touchedGb, setup.guestGb);
  if (touched > setup.memlockGb) {
    return {
      state: { ...state, guest: { lockedGb: setup.memlockGb, failed: true } },
      outcome: 'refused',
      rule: 'too-much-to-lock-late',
      because: `The guest uses ${touched} GB and each page is pinned at its first touch. At ${setup.memlockGb} GB the limit of locked memory is reached: -ENOMEM for a guest that already runs.`,
      source: DEFERRED,
    };
  }
  const because = `The guest goes on to use ${touched} of its ${setup.guestGb} GB, and each page is pinned at its first touch: ${touched} GB pinned. Pinning up front would have taken ${setup.guestGb} GB.`;
  return done({ ...state, guest: { ...guest, lockedGb: touched } }, 'pin-as-touched', because, DEFERRED);
}

export function moveVcpu(state: State): Told {
  const cpu = otherNode(state.cpu);
  const far = state.page.there && state.page.node !== cpu;
  const because = `The scheduler moves the vCPU to node ${cpu}. ${far ? `Its page lies on node ${state.page.node}: each access now crosses to the other node.` : 'Its page lies there.'}`;
  return done({ ...state, cpu }, 'vcpu-moves', because, kernel('kernel/sched/core.c set_task_cpu()'));
}

/** The holder lets go, whatever is under way. */
export function release(state: State): Told {
  const { page, setup, guest } = state;
  if (page.extra === 0 && !page.pinned) return outOfOrder(state, 'Nobody holds the page.');
  const next = {
    ...state,
    page: { ...page, extra: 0, pinned: false },
    guest: setup.hold === 'pin' ? { ...guest, lockedGb: 0 } : guest,
  };
  const per = setup.size === '4K' ? PIN_BIAS : smallPages(setup.size);
  const what = page.pinned ? `its pin, ${per} references` : count(page.extra, 'reference');
  const because = `The holder drops ${what}; ${count(referenceCount(next), 'reference')} remain.`;
  return done(next, 'hold-dropped', because, kernel('mm/gup.c unpin_user_pages(), include/linux/mm.h put_page()'));
}
