/** What the VMM does through ioctls, and what it finds when it looks into guest memory itself. */
import { backingFor, zap } from './backing.ts';
import { type Draft, kernel, numbersOf, reading, type Told, WHAT_IF } from './draft.ts';
import { factsOf, isMisled, type Kind } from './state.ts';
import { isSince } from './vm-types.ts';
import { atStart, count, pagesInWords, sizeInWords, verb } from './words.ts';

export function createVm(draft: Draft): Told {
  const { setup, pages } = draft;
  const facts = factsOf(draft);
  const source = setup.vm === 'sev-upm' ? WHAT_IF : kernel('arch/x86/kvm/x86.c kvm_arch_init_vm()');
  if (!isSince(setup.kernel, facts.since)) {
    const because = `${setup.kernel} does not know ${facts.created}: KVM_CREATE_VM returns -EINVAL. ${facts.since} is the first of the kernels here that does.`;
    return { outcome: 'stuck', rule: 'vm-type-unknown', because, source };
  }
  draft.created = true;
  const because = `${atStart(facts.name)} of ${count(pages.length, 'page')} (${sizeInWords(pages.length)}): ${facts.sees}.`;
  return { outcome: 'done', rule: 'create-vm', because, source };
}

/** SEV: pinned for as long as they are registered, since an encrypted page cannot be moved. */
export function register(draft: Draft, from: number, many: number): Told {
  const numbers = numbersOf(draft, from, many);
  const source = kernel('arch/x86/kvm/svm/sev.c sev_mem_enc_register_region()');
  if (draft.setup.vm !== 'sev') {
    const because = `KVM_MEMORY_ENCRYPT_REG_REGION is for SEV and SEV-ES; for ${factsOf(draft).name} the model has no use for it.`;
    return { outcome: 'refused', rule: 'nothing-to-register', because };
  }
  for (const number of numbers) {
    const page = draft.pages[number];
    if (page === undefined || backingFor(draft, page, 'shared') === undefined) continue;
    page.pinned = true;
  }
  draft.touched = numbers;
  const how = draft.setup.kernel === '6.16' ? 'with FOLL_LONGTERM' : 'without FOLL_LONGTERM, which came in 6.15';
  const because = `${atStart(pagesInWords(from, numbers.length))} (${sizeInWords(numbers.length)}) are allocated and pinned, ${how}, before the guest has run: any of them may turn out encrypted, and an encrypted page must not move. Whether this guest will ever call nobody can know yet.`;
  return { outcome: 'done', rule: 'pin-everything', because, source };
}

/** Drops the mappings of the old kind and stores the new one. The backing stays as it is. */
export function setAttributes(draft: Draft, from: number, many: number, to: Kind): Told {
  const numbers = numbersOf(draft, from, many);
  const facts = factsOf(draft);
  draft.touched = numbers;
  if (!facts.privateMemory) return noPrivateMemory(draft);
  const source = kernel('virt/kvm/kvm_main.c kvm_vm_set_mem_attributes()');
  const pages = pagesInWords(from, numbers.length);
  if (numbers.every((number) => draft.pages[number]?.attribute === to)) {
    const because = `${atStart(pages)} ${verb(numbers.length, 'is', 'are')} ${to} already: nothing is dropped, the ioctl returns 0.`;
    return { outcome: 'done', rule: 'attributes-are-so', because, source };
  }
  const old = to === 'private' ? 'shared' : 'private';
  const zapped = zap(draft, numbers, old, facts.twoTables);
  for (const number of numbers) {
    const page = draft.pages[number];
    if (page !== undefined) page.attribute = to;
  }
  draft.seq++;
  const dropped = zapped === 0 ? 'there is no mapping to drop' : `${count(zapped, 'mapping')} of the old kind dropped`;
  const kept = numbers.filter((number) => draft.pages[number]?.[old === 'private' ? 'file' : 'user'] !== undefined);
  const where = old === 'private' ? 'guest_memfd' : "the VMM's memory";
  const left =
    kept.length === 0 ? '' : ` The backing is not touched: ${where} still holds ${count(kept.length, 'host page')}.`;
  const because = `${atStart(pages)} ${verb(numbers.length, 'becomes', 'become')} ${to}: ${dropped}, the attribute stored, the sequence raised to ${draft.seq}.${left}`;
  return { outcome: 'done', rule: 'set-attributes', because, source: draft.setup.vm === 'sev-upm' ? WHAT_IF : source };
}

function noPrivateMemory(draft: Draft): Told {
  const pinned = draft.pages.filter((page) => page.pinned).length;
  const stay = pinned === 0 ? '' : ` The VMM may remember what it was told, but all ${pinned} pins stay.`;
  const because = `KVM_SET_MEMORY_ATTRIBUTES returns -EINVAL: KVM keeps no private attribute for ${factsOf(draft).name}.${stay}`;
  const source = kernel('virt/kvm/kvm_main.c kvm_supported_mem_attributes()');
  return { outcome: 'refused', rule: 'no-private-memory', because, source };
}

/** A device of the VMM looks at the buffer through the user address. */
export function vmmReads(draft: Draft, from: number, many: number): Told {
  const numbers = numbersOf(draft, from, many);
  draft.touched = numbers;
  const pages = pagesInWords(from, numbers.length);
  const misled = numbers.filter((number) => {
    const page = draft.pages[number];
    return page !== undefined && isMisled(draft, page);
  });
  const source = reading('virt/kvm/guest_memfd.c: no mapping in the VMM');
  if (misled.length > 0) {
    const because = `The VMM reads ${pages} through its user address and finds other memory, nothing the guest wrote: that went to guest_memfd, which the VMM cannot map. The device fails, and no exit ever said why.`;
    return { outcome: 'done', rule: 'vmm-finds-nothing', because, source: WHAT_IF };
  }
  const shared = numbers.filter((number) => {
    const page = draft.pages[number];
    return page?.mapped.shared !== undefined && page.meant === 'shared';
  });
  if (shared.length < numbers.length) {
    const because = `The VMM reads ${pages} through its user address. What the guest keeps private is not to be found there.`;
    return { outcome: 'done', rule: 'out-of-reach', because, source };
  }
  const because = `The VMM reads ${pages} through its user address: the very memory the guest has mapped as shared, so it finds what the guest put there.`;
  return { outcome: 'done', rule: 'vmm-finds-data', because, source };
}
