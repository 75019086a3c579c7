/** Steps 3 to 6: the guest's fault, the move that mm tries inside it, and what KVM makes of the page it gets back. */
import { mapAndHold } from './rules-hold.ts';
import {
  type Attempt,
  expectedCount,
  PASSES,
  type Page,
  referenceCount,
  refusesUnmapping,
  type State,
  withFree,
} from './state.ts';
import { counted, done, kernel, noted, outOfOrder, type Told } from './told.ts';
import { count, memoryInWords, sizeInWords, tableName } from './words.ts';

const COUNT = kernel('mm/migrate.c __migrate_folio(), migrate_pages_batch()');
const LOOKUP = kernel('virt/kvm/kvm_main.c hva_to_pfn_fast(), hva_to_pfn_slow()');

/** Step 3. */
export function touch(state: State): Told {
  if (state.next !== 'free') return outOfOrder(state, 'The vCPU is still in its last fault.');
  if (state.counts.faults === 0) return outOfOrder(state, 'The guest has not touched the page yet.');
  if (state.page.mapped) {
    return done(state, 'no-fault', 'The guest touches the page through the entry it has: no fault.', LOOKUP);
  }
  if (state.page.entry === 'prot-none') return hintingFault(state);
  const next = mapAndHold({ ...state, counts: counted(state.counts, { faults: 1 }) });
  const because = `The guest touches the page and faults. The VMM's ${tableName(state.setup.size)} was left as it was, so the fast lookup finds the same page and KVM maps it again: nothing was gained.`;
  return done(noted(next, 'same page at once', 'for-nothing'), 'fast-lookup-finds-it', because, LOOKUP);
}

function hintingFault(state: State): Told {
  const { page, cpu, setup } = state;
  const huge = setup.size === '2M';
  const source = kernel(
    `virt/kvm/kvm_main.c hva_to_pfn_slow(); ${huge ? 'mm/huge_memory.c do_huge_pmd_numa_page()' : 'mm/memory.c do_numa_page()'}`,
  );
  const faulted = {
    ...state,
    counts: counted(state.counts, { faults: 1, hints: 1 }),
    snapshot: state.counts.invalidations,
  };
  const slow =
    "The guest touches the page and faults. KVM's fast lookup refuses PROT_NONE; the slow one takes the hinting fault inside KVM";
  if (page.node === cpu) {
    const open = mapAndHold({ ...faulted, page: { ...page, entry: 'present' }, snapshot: null });
    const because = `${slow}: page and vCPU are both on node ${cpu}, so access returns and KVM maps the page.`;
    return done(noted(open, 'hinting fault: already local', 'local'), 'already-local', because, source);
  }
  const because = `${slow}: the vCPU runs on node ${cpu}, the page lies on node ${page.node}, so mm wants to move it.`;
  return done(
    noted({ ...faulted, next: 'isolate' }, `hinting fault: move to node ${cpu}`),
    'hinting-fault',
    because,
    source,
  );
}

/** Step 4: a target is taken, and placeholders should replace the VMM's entry. */
export function isolate(state: State): Told {
  if (state.next !== 'isolate') return outOfOrder(state, 'No move was asked for.');
  const { page, setup, cpu } = state;
  const held = { ...state, page: { ...page, isolated: true }, next: 'compare' as const };
  if (refusesUnmapping(held)) return refuseUnmapping(held);
  const next: State = {
    ...held,
    page: { ...held.page, entry: 'migration' },
    counts: counted(state.counts, { targets: 1, invalidations: 1 }),
    target: true,
    free: withFree(state.free, cpu, -1),
  };
  const because = `The page is isolated and a target of ${sizeInWords(setup.size)} is allocated on node ${cpu}. A migration entry replaces the ${tableName(setup.size)}: one more invalidation, which finds nothing left to zap.`;
  return done(
    noted(next, `target on node ${cpu}, migration entry`),
    'migration-entry',
    because,
    kernel('mm/migrate.c migrate_folio_unmap(); mm/rmap.c try_to_migrate_one()'),
  );
}

/** An exclusive anonymous page that is pinned keeps its entry; each pass takes a target and gives it back. */
function refuseUnmapping(state: State): Told {
  const { setup, cpu } = state;
  const counts = counted(state.counts, { targets: PASSES, invalidations: PASSES });
  const because = `A target of ${sizeInWords(setup.size)} is allocated on node ${cpu}, but rmap will not unmap a page that looks pinned and that one process owns alone. ${PASSES} passes take and free ${PASSES} targets (${memoryInWords(PASSES, setup.size)}), each with an invalidation.`;
  return done(noted({ ...state, counts }, `${PASSES} targets taken and freed`), 'pinned-page-not-unmapped', because, {
    ...kernel('mm/huge_memory.c set_pmd_migration_entry(); mm/migrate.c migrate_pages_batch()'),
    inferred: true,
  });
}

/** Step 5: the count decides, before anything is copied. */
export function compare(state: State): Told {
  if (state.next !== 'compare') return outOfOrder(state, 'No page is isolated.');
  const found = referenceCount(state);
  const expected = expectedCount(state);
  const page: Page = { ...state.page, isolated: false, entry: 'present' };
  const back: State = { ...state, page, target: false, next: 'retry' };
  if (!state.target) {
    const because =
      'The page never lost its entry, so its count is not even compared. The move is given up and access returns; nothing was copied.';
    return done(noted(back, 'given up, nothing copied'), 'give-up-before-the-count', because, COUNT);
  }
  const attempt: Attempt = { found, expected, moved: found === expected };
  return attempt.moved ? move({ ...back, attempt }, found) : giveUp({ ...back, attempt }, found, expected);
}

function giveUp(state: State, found: number, expected: number): Told {
  const next: State = { ...state, free: withFree(state.free, state.cpu, 1) };
  const because = `The count is ${found}, and ${expectedInWords(expected)}: -EAGAIN, in each of ${PASSES} passes, then the move is given up. Nothing was copied; the old ${tableName(state.setup.size)} returns and the target is freed.`;
  return done(noted(next, `count ${found}, not ${expected}: given up, no copy`), 'count-too-high', because, COUNT);
}

/** The target becomes the page, and the old page is free memory. */
function move(state: State, found: number): Told {
  const { page, cpu, setup } = state;
  const next: State = {
    ...state,
    page: { ...page, node: cpu },
    free: withFree(state.free, page.node, 1),
    counts: counted(state.counts, { copies: 1, moves: 1 }),
  };
  const because = `The count is ${found}, as expected. ${sizeInWords(setup.size)} are copied to node ${cpu}, the VMM's ${tableName(setup.size)} points there, and the page on node ${page.node} is freed.`;
  return done(noted(next, `count ${found}, as expected: copied`), 'page-moves', because, COUNT);
}

function expectedInWords(expected: number): string {
  return expected === 1
    ? 'only the 1 of the isolation is expected'
    : `${expected} are expected, 1 of the isolation and ${count(expected - 1, 'reference')} of the file`;
}

/** Step 6: the sequence went on while the lookup slept, so the fault is taken once more. */
export function retry(state: State): Told {
  if (state.next !== 'retry') return outOfOrder(state, 'No lookup is under way.');
  const from = state.snapshot ?? 0;
  const to = state.counts.invalidations;
  const moved = state.counts.moves > (state.rounds.at(-1)?.before.moves ?? 0);
  const next = mapAndHold({
    ...state,
    counts: counted(state.counts, { faults: 1 }),
    snapshot: null,
    next: 'free',
  });
  const got = moved ? 'the new page' : 'the same page';
  const because = `KVM gets ${got}, but the sequence went from ${from} to ${to} since its fault began: RET_PF_RETRY. The guest faults again and gets ${moved ? `the page on node ${state.page.node}` : 'the page it always had'}.`;
  return done(noted(next, `RET_PF_RETRY, then ${got}`, moved ? 'moved' : 'for-nothing'), 'sequence-changed', because, {
    ...kernel('arch/x86/kvm/mmu/mmu.c kvm_tdp_page_fault(), mmu_invalidate_retry_gfn()'),
    inferred: true,
  });
}
