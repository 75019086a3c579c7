/** What the guest does: it uses pages, and it may say how it will use them. */
import type { Citation } from '../kit/simulator.ts';
import { type Draft, ended, enterGuest, kernel, leave, numbersOf, type Told, WHAT_IF } from './draft.ts';
import { beginFault, faultinSource, mapPage, takePage } from './fault.ts';
import { factsOf, isMisled, type Kind } from './state.ts';
import { atStart, count, gpaInWords, pagesInWords, verb } from './words.ts';

/** Uses pages one after the other; the first that does not end in a mapping ends the step. */
export function access(draft: Draft, from: number, many: number, kind: Kind): Told {
  enterGuest(draft);
  const numbers = numbersOf(draft, from, many);
  const taken = draft.host.filter((page) => page.held !== 'free').length;
  const before = draft.fault;
  let faults = 0;
  for (const [index, number] of numbers.entries()) {
    delete draft.fault;
    draft.touched = [...draft.touched, number];
    const ending = beginFault(draft, number, kind) ?? takePage(draft) ?? mapPage(draft);
    if (before !== undefined) draft.fault = before;
    if (ending === undefined) faults++;
    else if (ending.rule !== 'mapped-already') return afterOthers(ending, from, index);
  }
  const more = draft.host.filter((page) => page.held !== 'free').length - taken;
  if (faults === 0) return nothingFaults(draft, from, numbers.length, kind);
  return mappedAll(draft, { from, many: numbers.length, kind, faults, more });
}

function afterOthers(ending: Told, from: number, index: number): Told {
  if (index === 0) return ending;
  const mapped = `${atStart(pagesInWords(from, index))} ${verb(index, 'is', 'are')} mapped.`;
  return { ...ending, because: `${mapped} ${ending.because}` };
}

function nothingFaults(draft: Draft, from: number, many: number, kind: Kind): Told {
  const { seesKind, privateMemory } = factsOf(draft);
  const pages = atStart(pagesInWords(from, many));
  const are = verb(many, 'is', 'are');
  const page = draft.pages[from];
  if (page !== undefined && isMisled(draft, page)) {
    const because = `The guest now uses ${pagesInWords(from, many)} as shared. ${pages} ${are} mapped already, from guest_memfd, so nothing faults and nobody learns of it: what is meant for the VMM lands in private memory.`;
    return { outcome: 'done', rule: 'silent-mismatch', because, source: sourceOf(draft) };
  }
  if (draft.setup.vm === 'sev') {
    const bit = kind === 'private' ? 'sets' : 'clears';
    const because = `The guest ${bit} the C-bit and uses ${pagesInWords(from, many)} as ${kind}. ${pages} ${are} mapped already, and one mapping serves both kinds: no fault, no exit, the host learns nothing.`;
    return { outcome: 'done', rule: 'host-learns-nothing', because, source: c_bit };
  }
  const agree = seesKind || privateMemory ? ` as ${kind}` : '';
  return {
    outcome: 'done',
    rule: 'mapped-already',
    because: `${pages} ${are} mapped already${agree}, so nothing faults.`,
  };
}

const c_bit: Citation = { where: 'Documentation/virt/kvm/x86/amd-memory-encryption.rst', kernel: '6.8-6.16' };

interface Use {
  from: number;
  many: number;
  kind: Kind;
  faults: number;
  /** Host pages taken. */
  more: number;
}

function mappedAll(draft: Draft, { from, many, kind, faults, more }: Use): Told {
  const { seesKind, privateMemory } = factsOf(draft);
  const uses = `The guest uses ${pagesInWords(from, many)} as ${kind}: ${count(faults, 'fault')}`;
  const rule = kind === 'private' ? 'map-private' : 'map-shared';
  if (draft.setup.vm === 'sev') {
    const because = `${uses}, none of which says so. KVM maps the pinned host pages; whether they are encrypted is known to the guest alone.`;
    return { outcome: 'done', rule: 'map-unknown', because, source: c_bit };
  }
  if (!privateMemory) {
    const because = `${atStart(pagesInWords(from, many))} ${verb(many, 'is', 'are')} used: ${count(faults, 'fault')}, ${count(more, 'host page')} taken through the VMM's user address, and KVM maps them.`;
    return { outcome: 'done', rule: 'map-shared', because, source: faultinSource(draft) };
  }
  const view = seesKind ? kind : (draft.pages[from]?.attribute ?? 'shared');
  const agree = seesKind ? 'and the attribute agrees' : `and KVM takes the kind from the attribute, ${view}`;
  const because = `${uses}, ${agree}. ${taking(draft, view, more)} KVM maps ${verb(many, 'it', 'them')} as ${view}.`;
  return { outcome: 'done', rule, because, source: sourceOf(draft) };
}

/** Who gave the host pages, and on whose word they are fit. */
function taking(draft: Draft, view: Kind, more: number): string {
  if (more === 0) return 'The host pages are there already.';
  const pages = count(more, 'host page');
  if (view === 'shared') return `${atStart(pages)} ${verb(more, 'comes', 'come')} through the VMM's user address.`;
  const taken = `guest_memfd takes ${pages} with plain GFP_HIGHUSER`;
  if (draft.setup.vm !== 'tdx') return `${taken}.`;
  if (draft.setup.backend === 'all-tdx') {
    return `${taken}: no GFP_TDX is needed, since all pages of the allocator are TDX memory.`;
  }
  if (draft.setup.backend === 'mixed-any') return `${taken}, and this time each of them was TDX memory by luck.`;
  return `What if: the backend goes over free pages and keeps the ${more} that ${verb(more, 'is', 'are')} TDX memory, so the allocator need not know.`;
}

/** The guest says how it will use pages. KVM only passes it on. */
export function call(draft: Draft, from: number, many: number, to: Kind): Told {
  enterGuest(draft);
  const numbers = numbersOf(draft, from, many);
  for (const number of numbers) {
    const page = draft.pages[number];
    if (page !== undefined) Object.assign(page, { meant: to, told: to });
  }
  draft.touched = numbers;
  leave(draft, { reason: 'hypercall', from, count: numbers.length, to });
  ended(draft, 'exit');
  const { spoken, source } = wayOfSaying(draft);
  const becomes = `${pagesInWords(from, numbers.length)} ${verb(numbers.length, 'becomes', 'become')} ${to}`;
  const because = `The guest says that ${becomes}: ${spoken}, gpa ${gpaInWords(from)}, ${count(numbers.length, 'page')}. KVM changes nothing, it leaves with KVM_EXIT_HYPERCALL, and the VMM is told, while the guest runs and not before.`;
  return { outcome: 'done', rule: 'hypercall-exit', because, source };
}

function wayOfSaying({ setup }: Draft): { spoken: string; source: Citation } {
  if (setup.vm === 'tdx') {
    const spoken = 'TDVMCALL MapGPA, passed on as KVM_HC_MAP_GPA_RANGE';
    return { spoken, source: kernel('arch/x86/kvm/vmx/tdx.c tdx_map_gpa()', '6.16') };
  }
  if (setup.vm === 'snp') {
    const spoken = 'a page state change request, passed on as KVM_HC_MAP_GPA_RANGE';
    return { spoken, source: kernel('arch/x86/kvm/svm/sev.c snp_begin_psc()', '6.11-6.16') };
  }
  return { spoken: 'KVM_HC_MAP_GPA_RANGE (12)', source: kernel('Documentation/virt/kvm/x86/hypercalls.rst') };
}

function sourceOf(draft: Draft): Citation {
  return draft.setup.vm === 'sev-upm' ? WHAT_IF : faultinSource(draft);
}
