/** One guest fault in its three steps, as kvm_tdp_mmu_page_fault() makes them. */
import type { Citation } from '../kit/simulator.ts';
import { backingFor, letGo } from './backing.ts';
import { counted, type Draft, ended, kernel, leave, type Told, WHAT_IF } from './draft.ts';
import { type Exit, type Fault, factsOf, isMapped, type Kind, viewOf } from './state.ts';
import { gpaInWords } from './words.ts';

/** `undefined`: nothing ended here, the fault goes on. */
type Ending = Told | undefined;

/** Notes the sequence, asks whether attribute and access agree, then whether an invalidation runs. */
export function beginFault(draft: Draft, number: number, kind: Kind): Ending {
  const page = draft.pages[number];
  if (page === undefined) return undefined;
  page.meant = kind;
  const view = viewOf(draft, page, kind);
  if (isMapped(draft, page, view)) {
    ended(draft, 'mapped already');
    const because = `Page ${number} is mapped already, so nothing faults.`;
    return { outcome: 'done', rule: 'mapped-already', because };
  }
  counted(draft, 'faults');
  draft.fault = { page: number, kind: view, seq: draft.seq };
  return mismatch(draft, draft.fault) ?? invalidationRuns(draft, draft.fault);
}

/** The page of the view that counts: from guest_memfd, or through the user address. */
export function takePage(draft: Draft): Ending {
  const { fault } = draft;
  const page = fault === undefined ? undefined : draft.pages[fault.page];
  if (fault === undefined || page === undefined) return undefined;
  const taken = backingFor(draft, page, fault.kind);
  if (taken === undefined) return noPage(draft, fault);
  draft.fault = { ...fault, taken };
  return undefined;
}

/** Asks once more, now under mmu_lock, and makes the entry. */
export function mapPage(draft: Draft): Ending {
  const { fault } = draft;
  const page = fault === undefined ? undefined : draft.pages[fault.page];
  if (fault?.taken === undefined || page === undefined) return undefined;
  const { twoTables } = factsOf(draft);
  if (draft.setup.looksAgain && isOutdated(draft, fault)) {
    const why = `${whyOutdated(draft, fault)}. KVM asks before it takes mmu_lock and again under it; it lets go of the page, and the guest faults again`;
    return retry(draft, fault, why, kernel('arch/x86/kvm/mmu/mmu.c is_page_fault_stale()'));
  }
  if (twoTables && fault.kind === 'private' && draft.host[fault.taken]?.tdx === false)
    return notTdxMemory(draft, fault);
  page.mapped = { ...(twoTables ? page.mapped : {}), [fault.kind]: fault.taken };
  delete draft.fault;
  ended(draft, 'RET_PF_FIXED');
  return undefined;
}

export function isOutdated(draft: Draft, fault: Fault): boolean {
  return runsHere(draft, fault.page) || fault.seq !== draft.seq;
}

function whyOutdated(draft: Draft, fault: Fault): string {
  if (runsHere(draft, fault.page)) return `RET_PF_RETRY: an invalidation of page ${fault.page} is in progress`;
  return `RET_PF_RETRY: the sequence is ${draft.seq}, it was ${fault.seq} when the fault began`;
}

function runsHere({ invalidating }: Draft, page: number): boolean {
  if (invalidating === undefined) return false;
  return page >= invalidating.from && page < invalidating.from + invalidating.count;
}

/** Attribute and access differ: KVM does not decide, it tells the VMM of what kind the access was. */
function mismatch(draft: Draft, fault: Fault): Ending {
  const page = draft.pages[fault.page];
  if (!factsOf(draft).privateMemory || page === undefined || page.attribute === fault.kind) return undefined;
  delete draft.fault;
  ended(draft, 'exit');
  const isPrivate = fault.kind === 'private';
  leave(draft, { reason: 'memory-fault', page: fault.page, private: isPrivate, attribute: page.attribute });
  const flag = isPrivate ? 'set: the access was a private one' : 'clear: the access was a shared one';
  const because = `Page ${fault.page} is used as ${fault.kind}, its attribute says ${page.attribute}. KVM maps nothing: KVM_RUN returns -EFAULT with KVM_EXIT_MEMORY_FAULT, gpa ${gpaInWords(fault.page)}, KVM_MEMORY_EXIT_FLAG_PRIVATE ${flag}.`;
  return { outcome: 'done', rule: 'memory-fault-exit', because, source: faultinSource(draft) };
}

function invalidationRuns(draft: Draft, fault: Fault): Ending {
  if (!draft.setup.looksAgain || !runsHere(draft, fault.page)) return undefined;
  const why = `${whyOutdated(draft, fault)}, so KVM does not even look for a page: the guest faults again until that has ended`;
  return retry(draft, fault, why, faultinSource(draft));
}

function retry(draft: Draft, fault: Fault, why: string, source: Citation): Told {
  delete draft.fault;
  letGo(draft, fault.taken);
  ended(draft, 'RET_PF_RETRY');
  return { outcome: 'done', rule: 'retry', because: `${why}.`, source };
}

function noPage(draft: Draft, fault: Fault): Told {
  delete draft.fault;
  ended(draft, 'error');
  if (fault.kind === 'private') {
    leave(draft, failure('ENOMEM', fault));
    const because = `No host page is left that guest_memfd could take for page ${fault.page}: KVM_RUN returns -ENOMEM. KVM has filled in a memory fault, but with this errno the VMM must not look at it.`;
    return {
      outcome: 'refused',
      rule: 'no-page',
      because,
      source: kernel('virt/kvm/guest_memfd.c kvm_gmem_get_pfn()'),
    };
  }
  leave(draft, failure('EFAULT', fault));
  const because = `No host page is left for page ${fault.page} in the VMM's memory: KVM_RUN returns -EFAULT, without a memory fault exit. A real host would first have killed some process.`;
  return {
    outcome: 'refused',
    rule: 'no-page',
    because,
    source: kernel('arch/x86/kvm/mmu/mmu.c kvm_handle_error_pfn()'),
  };
}

function notTdxMemory(draft: Draft, fault: Fault): Told {
  delete draft.fault;
  draft.dead = true;
  ended(draft, 'error');
  leave(draft, failure('EIO', fault));
  const because = `What if: host page ${fault.taken} is not TDX memory, the TDX module refuses it for page ${fault.page}, and KVM gives the VM up: from now on KVM_RUN returns -EIO. Nobody guaranteed the page.`;
  return { outcome: 'stuck', rule: 'not-tdx-memory', because, source: WHAT_IF };
}

function failure(errno: 'ENOMEM' | 'EFAULT' | 'EIO', fault: Fault): Exit {
  return { reason: 'error', errno, page: fault.page };
}

export function faultinSource({ setup }: Draft): Citation {
  const name = setup.kernel === '6.16' ? 'kvm_mmu_faultin_pfn' : 'kvm_faultin_pfn';
  return kernel(`arch/x86/kvm/mmu/mmu.c ${name}()`, setup.kernel);
}
