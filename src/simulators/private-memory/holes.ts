/** Giving backing back: holes in guest_memfd, step by step or at once, and the VMM's own memory. */
import { dropBacking, zap } from './backing.ts';
import { type Draft, kernel, numbersOf, type Told } from './draft.ts';
import { factsOf } from './state.ts';
import { atStart, count, pagesInWords, sizeInWords, verb } from './words.ts';

const PUNCH = kernel('virt/kvm/guest_memfd.c kvm_gmem_punch_hole()');

/** The whole of it, with no fault in between. */
export function punch(draft: Draft, from: number, many: number): Told {
  const begun = beginPunch(draft, from, many);
  if (begun.outcome !== 'done') return begun;
  const numbers = numbersOf(draft, from, many);
  const freed = freeRange(draft, numbers);
  draft.seq++;
  delete draft.invalidating;
  const because = `The VMM punches ${pagesInWords(from, numbers.length)} out of guest_memfd: ${given(freed)}, the sequence is ${draft.seq}.`;
  return { outcome: 'done', rule: 'punch-hole', because, source: PUNCH };
}

/** Invalidation begins: from now on no fault of the range may map, and what is mapped goes. */
export function beginPunch(draft: Draft, from: number, many: number): Told {
  const { privateMemory, twoTables, name } = factsOf(draft);
  const numbers = numbersOf(draft, from, many);
  if (!privateMemory) {
    const because = `There is no hole to punch: ${name} has no guest_memfd here.`;
    return { outcome: 'refused', rule: 'no-guest-memfd', because };
  }
  if (draft.invalidating !== undefined) {
    return { outcome: 'refused', rule: 'one-at-a-time', because: 'Another hole is being punched; the model has one.' };
  }
  const zapped = zap(draft, numbers, 'private', twoTables);
  draft.invalidating = { from, count: numbers.length, freed: false };
  draft.touched = numbers;
  const pages = pagesInWords(from, numbers.length);
  const dropped = zapped === 0 ? 'no mapping is there to drop' : `${count(zapped, 'mapping')} dropped`;
  const { fault } = draft;
  const late =
    fault?.taken !== undefined && numbers.includes(fault.page)
      ? ` The fault that has host page ${fault.taken} in hand is not seen here.`
      : '';
  const because = `The VMM punches ${pages} out of guest_memfd. KVM takes the file's invalidate lock, then mmu_lock: invalidation in progress, ${dropped}.${late}`;
  return { outcome: 'done', rule: 'punch-begin', because, source: PUNCH };
}

export function freePunched(draft: Draft): Told {
  const { invalidating } = draft;
  if (invalidating === undefined || invalidating.freed) return notPunching();
  const numbers = numbersOf(draft, invalidating.from, invalidating.count);
  const freed = freeRange(draft, numbers);
  draft.invalidating = { ...invalidating, freed: true };
  draft.touched = numbers;
  const pages = atStart(pagesInWords(invalidating.from, invalidating.count));
  const gone = verb(invalidating.count, 'is', 'are');
  const loose = draft.host.filter((page) => page.held === 'loose').length;
  const kept = loose === 0 ? '' : ' It will be free once the fault lets go.';
  const because = `${pages} ${gone} out of the file: ${given(freed)}.${kept}`;
  return { outcome: 'done', rule: 'punch-free', because, source: PUNCH };
}

export function endPunch(draft: Draft): Told {
  const { invalidating } = draft;
  if (invalidating === undefined || !invalidating.freed) return notPunching();
  draft.seq++;
  draft.touched = numbersOf(draft, invalidating.from, invalidating.count);
  delete draft.invalidating;
  const because = `The invalidation ends: the sequence goes up to ${draft.seq}, and only then "in progress" goes down. A fault that began before finds one or the other.`;
  return {
    outcome: 'done',
    rule: 'punch-end',
    because,
    source: kernel('virt/kvm/kvm_main.c kvm_mmu_invalidate_end()'),
  };
}

/** The VMM gives back its own memory behind pages; mm tells KVM through the mmu_notifier. */
export function discard(draft: Draft, from: number, many: number): Told {
  const numbers = numbersOf(draft, from, many);
  draft.touched = numbers;
  if (numbers.some((number) => draft.pages[number]?.pinned === true)) {
    const because = `The host pages of ${pagesInWords(from, numbers.length)} are pinned: the VMM could unmap them and would save nothing. The model stops here.`;
    return { outcome: 'refused', rule: 'pinned', because };
  }
  zap(draft, numbers, 'shared', factsOf(draft).twoTables);
  let freed = 0;
  let held = 0;
  for (const number of numbers) {
    const page = draft.pages[number];
    if (page?.user === undefined) continue;
    if (dropBacking(draft, page, 'shared')) freed++;
    else held++;
  }
  draft.seq++;
  const because = `The VMM discards its own memory behind ${pagesInWords(from, numbers.length)}: ${given({ freed, held })}; the mmu_notifier raises the sequence to ${draft.seq}.`;
  return {
    outcome: 'done',
    rule: 'discard-shared',
    because,
    source: kernel('virt/kvm/kvm_main.c kvm_mmu_notifier_invalidate_range_start()'),
  };
}

function freeRange(draft: Draft, numbers: readonly number[]): { freed: number; held: number } {
  let freed = 0;
  let held = 0;
  for (const number of numbers) {
    const page = draft.pages[number];
    if (page?.file === undefined) continue;
    if (dropBacking(draft, page, 'private')) freed++;
    else held++;
  }
  return { freed, held };
}

function given({ freed, held }: { freed: number; held: number }): string {
  if (freed + held === 0) return 'no host page was there to give back';
  const back = `${count(freed, 'host page')} (${sizeInWords(freed)}) ${verb(freed, 'goes', 'go')} back to the host`;
  if (held === 0) return back;
  const loose = `${count(held, 'host page')} ${verb(held, 'is', 'are')} still in use elsewhere`;
  return freed === 0 ? loose : `${back}, ${loose}`;
}

function notPunching(): Told {
  return { outcome: 'refused', rule: 'out-of-order', because: 'No hole is at that point, so nothing changes.' };
}
