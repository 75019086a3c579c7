import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sceneText } from '#simulators';
import { eventsOf, startOf } from '../../src/simulators/cma-pins/events.ts';
import { cmaPins } from '../../src/simulators/cma-pins/index.ts';
import { invariants } from '../../src/simulators/cma-pins/invariants.ts';
import { step } from '../../src/simulators/cma-pins/model.ts';
import type { Parameters } from '../../src/simulators/cma-pins/parameters.ts';
import { type Event, isLongTermPinned, type State } from '../../src/simulators/cma-pins/state.ts';

const anyParameters: fc.Arbitrary<Parameters> = fc.record({
  areaBlocks: fc.integer({ min: 1, max: 9 }),
  otherBlocks: fc.integer({ min: 0, max: 9 }),
  kernelBlocks: fc.integer({ min: 0, max: 3 }),
  programBlocks: fc.integer({ min: 0, max: 6 }),
  guestBlocks: fc.integer({ min: 0, max: 6 }),
  guestMemory: fc.constantFrom('anonymous', 'hugetlb', 'sev', 'guest-memfd'),
  passthrough: fc.boolean(),
  touchFirst: fc.boolean(),
  spareGigantic: fc.integer({ min: 0, max: 3 }),
  extraReferences: fc.integer({ min: 0, max: 3 }),
  wanted: fc.integer({ min: 0, max: 10 }),
  when: fc.constantFrom('boot', 'late', 'again'),
  kernel: fc.constantFrom('6.14', '6.15'),
});

const anyPage = fc.constantFrom(
  'guest 0',
  'guest 1',
  'guest 2',
  'program 0',
  'program 1',
  'file cache 2',
  'kernel data 0',
  'PAMT 0',
);
const anyPinner = fc.constantFrom('VFIO' as const, 'SEV registration' as const);
const anyEvent: fc.Arbitrary<Event> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('touch' as const), page: anyPage }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pin' as const), page: anyPage, by: anyPinner }) },
  fc.record({ do: fc.constant('unpin' as const), by: anyPinner }),
  fc.record({ do: fc.constant('hold' as const), page: anyPage }),
  fc.record({ do: fc.constant('release' as const), page: anyPage }),
  fc.record({ do: fc.constant('grab' as const), by: fc.constant('HugeTLB' as const), blocks: fc.constant(1) }),
  fc.record({
    do: fc.constant('grab' as const),
    by: fc.constant('TDX' as const),
    blocks: fc.integer({ min: 0, max: 6 }),
  }),
);

/** Of these only, one speaks of the parameters and not of any order of events. */
const always = invariants.filter(({ name }) => !name.startsWith('an ordinary guest') && !name.startsWith('what TDX'));

const settings = { seed: 20230710, numRuns: 400 };

describe('whatever is asked in whatever order', () => {
  it('every invariant holds after every event, and a refused pin or touch changes no page', () => {
    fc.assert(
      fc.property(anyParameters, fc.array(anyEvent, { maxLength: 30 }), (given, events) => {
        let state: State = startOf(given);
        for (const event of events) {
          const { state: next, outcome } = step(state, event);
          for (const invariant of always) expect(invariant.holds(next), invariant.name).toBe(true);
          if (outcome === 'refused' && event.do !== 'grab') expect(next.pages).toEqual(state.pages);
          state = next;
        }
      }),
      settings,
    );
  });

  it('a page that is held stays where it is, but for a long-term pin of its own', () => {
    fc.assert(
      fc.property(anyParameters, fc.array(anyEvent, { maxLength: 30 }), (given, events) => {
        let state: State = startOf(given);
        for (const event of events) {
          const { state: next } = step(state, event);
          for (const page of state.pages.filter((each) => each.holds.length > 0)) {
            expect(next.pages.find((each) => each.name === page.name)?.at).toEqual(page.at);
          }
          state = next;
        }
      }),
      settings,
    );
  });

  it('the same event in the same state gives the same, and writes in nothing it was given', () => {
    fc.assert(
      fc.property(anyParameters, fc.array(anyEvent, { maxLength: 12 }), (given, events) => {
        let state: State = startOf(given);
        for (const event of events) {
          const before = JSON.stringify(state);
          const taken = step(state, event);
          expect(JSON.stringify(state)).toBe(before);
          expect(step(state, event)).toEqual(taken);
          state = taken.state;
        }
      }),
      settings,
    );
  });
});

describe('whatever the parameters', () => {
  it('a run keeps all invariants, asks nothing that has no meaning, and can be drawn', () => {
    fc.assert(
      fc.property(anyParameters, (given) => {
        const run = cmaPins.run(given);
        expect(run.steps.map((each) => each.event)).toEqual(eventsOf(given));
        let state = startOf(given);
        for (const { event, rule } of run.steps) {
          state = step(state, event as Event).state;
          for (const invariant of invariants) expect(invariant.holds(state), invariant.name).toBe(true);
          expect(['no-such-page', 'already-there', 'not-pinnable', 'pinned-already', 'not-there']).not.toContain(rule);
        }
        expect(sceneText(run.sceneAt(run.last))).not.toMatch(/NaN|undefined|null/);
      }),
      settings,
    );
  });

  it('an ordinary guest without passthrough is pinned by nobody, wherever its memory comes from', () => {
    fc.assert(
      fc.property(anyParameters, fc.constantFrom('anonymous', 'hugetlb', 'guest-memfd'), (given, guestMemory) => {
        const run = cmaPins.run({ ...given, guestMemory, passthrough: false });
        for (const each of run.steps) expect(each.event).not.toMatchObject({ do: 'pin' });
        expect(run.result).toMatchObject({ longTermPinned: 0 });
      }),
      settings,
    );
  });

  it('with passthrough either all of an ordinary guest is pinned outside the area, or none of it is pinned', () => {
    fc.assert(
      fc.property(anyParameters, (given) => {
        const events = eventsOf({ ...given, guestMemory: 'anonymous', passthrough: true });
        const end = events.reduce(
          (state, event) => step(state, event).state,
          startOf({ ...given, guestMemory: 'anonymous', passthrough: true }),
        );
        const pinned = end.pages.filter(isLongTermPinned);
        expect([0, given.guestBlocks]).toContain(pinned.length);
        expect(pinned.every((page) => page.at?.side === 'other')).toBe(true);
      }),
      settings,
    );
  });
});
