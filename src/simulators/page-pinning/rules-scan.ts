/** Steps 1 and 2: the NUMA balancing scanner looks at the page, and KVM hears of it. */
import type { Citation } from '../kit/simulator.ts';
import { looksPinned, PIN_BIAS, type Round, referenceCount, type State, smallPages } from './state.ts';
import { counted, done, isOpen, kernel, noted, outOfOrder, type Told } from './told.ts';
import { count, KERNEL_LABELS, tableName } from './words.ts';

const SMALL_ENTRY = kernel('mm/mprotect.c change_pte_range()');
const HUGE_ENTRY = kernel('mm/huge_memory.c change_huge_pmd()');
/** How the lists of merged patches name it; which release had it first was not checked. */
const EVERY_PINNED: Citation = {
  where: 'mm/mempolicy.c folio_can_map_prot_numa()',
  kernel: 'after 6.18',
  inferred: true,
};

interface Decision {
  protect: boolean;
  rule: string;
  why: string;
  /** For the table of steps. */
  short: string;
  source: Citation;
}

export function scan(state: State): Told {
  if (state.next !== 'free') return outOfOrder(state, 'The scanner waits until the fault under way is over.');
  const number = state.counts.scans + 1;
  const begun = beginRound(state);
  const unmet = neverMet(state);
  if (unmet !== undefined) {
    const because = `Scan ${number}: ${unmet.why}`;
    return done(noted(begun, unmet.short, 'unmet'), unmet.rule, because, unmet.source);
  }
  const { protect, rule, why, short, source } = decide(state);
  const page = protect ? { ...state.page, entry: 'prot-none' as const } : state.page;
  const rounds = begun.rounds.map(
    (round, index): Round =>
      index === begun.rounds.length - 1 ? { ...round, protected: protect, pinned: state.page.pinned } : round,
  );
  const next = noted({ ...begun, page, rounds, next: 'zap' }, short);
  return done(next, rule, `Scan ${number}: ${why}`, source);
}

/** A scan that the guest never answered ends where it is. */
function beginRound(state: State): State {
  const closed = isOpen(state)
    ? state.rounds.map((round): Round => (round.end === 'open' ? { ...round, end: 'untouched' } : round))
    : state.rounds;
  const before = state.counts;
  const counts = counted(before, { scans: 1 });
  const round: Round = { protected: false, pinned: state.page.pinned, before, after: counts, end: 'open', steps: [] };
  return { ...state, counts, rounds: [...closed, round] };
}

function neverMet(state: State): Omit<Decision, 'protect'> | undefined {
  if (state.setup.hold === 'guest-memfd') {
    return {
      rule: 'no-user-mapping',
      why: "the scanner walks the VMM's page table, and guest_memfd pages are not in it. No entry changes, KVM is not told, the guest goes on.",
      short: 'no entry to scan',
      source: kernel('virt/kvm/guest_memfd.c, kernel/sched/fair.c task_numa_work()'),
    };
  }
  if (state.page.there) return undefined;
  return {
    rule: 'nothing-mapped-yet',
    why: "the page is not there yet, so the VMM's page table has no entry to change.",
    short: 'no entry yet',
    source: kernel('mm/mprotect.c change_pud_range()'),
  };
}

function decide(state: State): Decision {
  const { page, setup } = state;
  const found = referenceCount(state);
  const name = tableName(setup.size);
  const source = setup.kernel === 'later' ? EVERY_PINNED : setup.size === '2M' ? HUGE_ENTRY : inKernel(setup.kernel);
  if (page.entry === 'prot-none') {
    const why = `the ${name} is PROT_NONE since the last scan, so it is left as it is.`;
    return { protect: false, rule: 'already-inaccessible', why, short: 'PROT_NONE already', source };
  }
  const skipped = reasonToSkip(state);
  if (skipped !== undefined) return { protect: false, ...skipped, source };
  const { rule, why } = reasonToProtect(state, found);
  return { protect: true, rule, why: `${why} The ${name} becomes PROT_NONE.`, short: `${name} PROT_NONE`, source };
}

function inKernel(version: '6.8' | '6.16'): Citation {
  return version === '6.16' ? SMALL_ENTRY : { ...SMALL_ENTRY, kernel: '6.8' };
}

/** The pin test, where the kernel makes one. */
function reasonToSkip(state: State): Pick<Decision, 'rule' | 'why' | 'short'> | undefined {
  const { kernel: version, mapping, size } = state.setup;
  const found = referenceCount(state);
  const tested = version === 'later' || (size === '4K' && mapping === 'private');
  if (!tested) return undefined;
  if (version === '6.8' && found !== 1) {
    const why = `the page has ${found} references. From 5.17 to 6.9 the scanner skips every private 4 KB page with more than one, so its PTE is left alone.`;
    return { rule: 'skip-more-than-one-reference', why, short: `skipped: ${found} references` };
  }
  if (version === '6.8' || !looksPinned(state)) return undefined;
  const test =
    size === '2M'
      ? `${smallPages(size)} pins are counted for the page`
      : `the page has ${found} references, ${PIN_BIAS} or more`;
  const sure = state.page.pinned ? 'so it counts as pinned' : 'so it is taken for a pinned one, which it is not';
  const everywhere = version === 'later' ? `, as ${KERNEL_LABELS.later} do for every page` : '';
  const why = `${test}, ${sure}. The scanner leaves its ${tableName(size)} alone${everywhere}.`;
  return { rule: state.page.pinned ? 'skip-pinned' : 'skip-taken-for-pinned', why, short: 'skipped: looks pinned' };
}

function reasonToProtect(state: State, found: number): Pick<Decision, 'rule' | 'why'> {
  const { page, setup } = state;
  if (page.pinned && setup.size === '2M') {
    const why = `the page is pinned, ${smallPages('2M')} pins are counted for it, but for an entry of 2 MB ${setup.kernel} does not ask.`;
    return { rule: 'pinned-huge-page-not-asked', why };
  }
  if (page.pinned) {
    const why = `the page is pinned and has ${found} references, but ${setup.kernel} asks only in private mappings, and this one is MAP_SHARED.`;
    return { rule: 'pinned-shared-page-not-asked', why };
  }
  if (page.extra > 0) {
    const test =
      setup.size === '2M'
        ? 'no pin is counted for it'
        : `a count is taken for that of a pinned page from ${PIN_BIAS} on`;
    const why = `the page has ${count(found, 'reference')}, ${page.extra} of them held for the guest, and ${test}.`;
    return { rule: 'reference-is-no-pin', why };
  }
  return { rule: 'protect-to-see-who-uses-it', why: `nobody holds the page (${count(found, 'reference')}).` };
}

/** The invalidation begins before the first entry is looked at and spans the whole range, skipped pages and all. */
export function zap(state: State): Told {
  if (state.next !== 'zap') return outOfOrder(state, 'No scan is under way.');
  const { mapped, entry } = state.page;
  const counts = counted(state.counts, { invalidations: 1, zaps: mapped ? 1 : 0 });
  const next: State = { ...state, counts, page: { ...state.page, mapped: false }, next: 'free' };
  const source =
    state.setup.kernel === '6.8'
      ? kernel('mm/mprotect.c change_pmd_range(); KVM mmu_notifier handler', '6.8')
      : kernel('mm/mprotect.c change_pud_range(); KVM mmu_notifier handler');
  if (!mapped) {
    const because =
      'The scan is bracketed by an invalidation. KVM has no entry for the page, so there is nothing to zap.';
    return done(noted(next, 'nothing to zap'), 'nothing-to-zap', because, source);
  }
  if (entry === 'prot-none') {
    const because = `The scan is bracketed by an invalidation, and KVM zaps its entry for the page. The guest cannot reach it without a fault.`;
    return done(noted(next, 'SPTE zapped'), 'notifier-zaps', because, source);
  }
  const because = `The invalidation around the scan began before any entry was looked at and spans the whole range: KVM zaps its entry although the page was skipped.`;
  return done(noted(next, 'SPTE zapped all the same'), 'notifier-zaps-skipped-page', because, source);
}
