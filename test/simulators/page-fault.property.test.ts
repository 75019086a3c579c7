import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { invariants } from '../../src/simulators/page-fault/invariants.ts';
import { KERNELS } from '../../src/simulators/page-fault/kernel.ts';
import { step } from '../../src/simulators/page-fault/model.ts';
import * as values from '../../src/simulators/page-fault/situation.ts';
import { isPresent, type Situation } from '../../src/simulators/page-fault/situation.ts';
import { type State, startOf } from '../../src/simulators/page-fault/state.ts';

const one = <Value>(list: readonly Value[]) => fc.constantFrom(...list);
const flag = fc.boolean();

/** Any situation, also one that no machine would be in: the rules must not trip over it. */
const situations: fc.Arbitrary<Situation> = fc.record({
  path: one(values.PATHS),
  access: one(values.ACCESSES),
  slot: one(values.SLOTS),
  private: flag,
  attr_private: flag,
  vm_has_private_mem: flag,
  slot_has_gmem: flag,
  host_page: one(values.HOST_PAGES),
  gmem: one(values.GMEMS),
  spte: one(values.SPTES),
  invalidation: one(values.INVALIDATIONS),
  sept: one(values.SEPTS),
  async_pf: one(values.ASYNC_PFS),
  write_tracked: flag,
  gfn_write_protected: flag,
  signal_pending: flag,
  vm_dead: flag,
  same_rip_and_addr_as_last_retry: flag,
  unprotect_succeeds: flag,
  in_nested_guest: flag,
  guest_page_table_walk: flag,
  mmio_cache_hit: flag,
  root_obsolete: flag,
  lost_cmpxchg: fc.nat(30),
});
const starts = fc
  .tuple(situations, one(KERNELS), flag)
  .map(([situation, kernel, again]) => startOf(situation, kernel, 'none', again));

/** Every state of the run, the start first. */
function statesOf(start: State): State[] {
  const states = [start];
  let state = start;
  while (state.next !== null && states.length < 2000) {
    state = step(state, { ask: state.next }).state;
    states.push(state);
  }
  return states;
}

const settings = { seed: 20250709, numRuns: 3000 };

test.each(invariants.map((invariant) => ({ name: invariant.name, invariant })))('$name', ({ invariant }) => {
  fc.assert(
    fc.property(starts, (start) => {
      expect(statesOf(start).every((state) => invariant.holds(state))).toBe(true);
    }),
    settings,
  );
});

test('every run ends, within 24 passes a round, with an answer or with the word that the kernel lacks it', () => {
  fc.assert(
    fc.property(starts, (start) => {
      const last = statesOf(start).at(-1);
      expect(last?.next).toBeNull();
      expect(last?.pass).toBeLessThanOrEqual(24);
      expect(last?.action === 'not_in_this_kernel' ? last.ret === null : last?.ret !== null).toBe(true);
    }),
    settings,
  );
});

test('a step changes nothing of the state it is given', () => {
  fc.assert(
    fc.property(starts, (start) => {
      for (const state of statesOf(start).slice(0, 40)) {
        const before = JSON.stringify(state);
        if (state.next !== null) step(state, { ask: state.next });
        expect(JSON.stringify(state)).toBe(before);
      }
    }),
    { ...settings, numRuns: 300 },
  );
});

test('a guest that resumes after FIXED or SPURIOUS has an entry that lets it go on, unless the page may not be written', () => {
  fc.assert(
    fc.property(starts, (start) => {
      const last = statesOf(start).at(-1);
      if (last === undefined || last.action !== 'resume_guest') return;
      if (last.mmu !== 'RET_PF_FIXED' && last.mmu !== 'RET_PF_SPURIOUS') return;
      const { spte } = last.situation;
      expect(isPresent(spte)).toBe(true);
      const mayWrite = last.situation.host_page !== 'readonly_page' && last.situation.slot !== 'readonly';
      if (last.given.access === 'write' && mayWrite) expect(spte).toBe('rw');
    }),
    settings,
  );
});
