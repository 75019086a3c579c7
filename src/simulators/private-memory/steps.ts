/** The three steps of a fault as events of their own, for races. */
import { type Draft, enterGuest, kernel, type Told, WHAT_IF } from './draft.ts';
import { beginFault, faultinSource, isOutdated, mapPage, takePage } from './fault.ts';
import { factsOf, type Kind } from './state.ts';

export function beginStep(draft: Draft, number: number, kind: Kind): Told {
  if (draft.fault !== undefined) {
    return { outcome: 'refused', rule: 'out-of-order', because: 'A fault is under way; the model steps through one.' };
  }
  enterGuest(draft);
  draft.touched = [number];
  const ending = beginFault(draft, number, kind);
  if (ending !== undefined) return ending;
  const agree = factsOf(draft).privateMemory ? 'attribute and access to agree and ' : '';
  const because = `The guest faults on page ${number}. KVM notes the sequence, ${draft.seq}, finds ${agree}no invalidation of the page in progress, and goes for a page.`;
  return { outcome: 'done', rule: 'fault-begin', because, source: faultinSource(draft) };
}

export function takeStep(draft: Draft): Told {
  const { fault } = draft;
  if (fault === undefined || fault.taken !== undefined) return noFault();
  draft.touched = [fault.page];
  const ending = takePage(draft);
  if (ending !== undefined) return ending;
  const taken = draft.fault?.taken ?? 0;
  const where = fault.kind === 'private' ? 'from guest_memfd' : "through the VMM's user address";
  const because = `Host page ${taken} comes ${where} for page ${fault.page}. KVM has it in hand but has not mapped it, and holds no lock that keeps the page in its place.`;
  const name =
    fault.kind === 'private' ? 'virt/kvm/guest_memfd.c kvm_gmem_get_pfn()' : 'virt/kvm/kvm_main.c hva_to_pfn()';
  return { outcome: 'done', rule: 'fault-take', because, source: kernel(name) };
}

export function mapStep(draft: Draft): Told {
  const { fault } = draft;
  if (fault?.taken === undefined) return noFault();
  draft.touched = [fault.page];
  const outdated = isOutdated(draft, fault);
  const ending = mapPage(draft);
  if (ending !== undefined) return ending;
  if (outdated) {
    const because = `What if KVM did not look again: it maps host page ${fault.taken} for page ${fault.page}, which is no longer what the file holds. The guest writes where nothing of it will be found, or where somebody else's data will be.`;
    return { outcome: 'done', rule: 'maps-what-is-gone', because, source: WHAT_IF };
  }
  const because = `Under mmu_lock nothing is in progress and the sequence is still ${draft.seq}: host page ${fault.taken} is mapped for page ${fault.page}, ${fault.kind}. RET_PF_FIXED.`;
  const source = kernel('arch/x86/kvm/mmu/tdp_mmu.c kvm_tdp_mmu_map()');
  return { outcome: 'done', rule: 'fault-map', because, source };
}

function noFault(): Told {
  return { outcome: 'refused', rule: 'out-of-order', because: 'No fault is at that point, so nothing changes.' };
}
