import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sceneText } from '#simulators';
import { runToEnd, startOf } from '../../src/simulators/page-pinning/course.ts';
import { pagePinning } from '../../src/simulators/page-pinning/index.ts';
import { invariants } from '../../src/simulators/page-pinning/invariants.ts';
import { step } from '../../src/simulators/page-pinning/model.ts';
import type { Parameters } from '../../src/simulators/page-pinning/parameters.ts';
import { difference, type Event, type State } from '../../src/simulators/page-pinning/state.ts';

const anyParameters: fc.Arbitrary<Parameters> = fc.record({
  hold: fc.constantFrom('none', 'reference', 'pin', 'demand-pin', 'guest-memfd'),
  references: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1020, max: 1026 })),
  mapping: fc.constantFrom('private', 'shared'),
  pageSize: fc.constantFrom('4K', '2M'),
  scans: fc.integer({ min: 0, max: 8 }),
  vcpuMoves: fc.boolean(),
  kernel: fc.constantFrom('6.8', '6.16', 'later'),
  guestGb: fc.integer({ min: 1, max: 64 }),
  touchedGb: fc.integer({ min: 1, max: 64 }),
  memlockGb: fc.integer({ min: 0, max: 128 }),
});

const anyEvent: fc.Arbitrary<Event> = fc.record({
  do: fc.constantFrom(
    ...(['register', 'first-touch', 'use', 'move-vcpu', 'release'] as const),
    ...(['scan', 'zap', 'touch', 'isolate', 'compare', 'retry'] as const),
  ),
});

/** Mostly the step that comes next, so that walks get somewhere. */
const anyWalk = fc.array(fc.oneof({ weight: 2, arbitrary: fc.constant('next' as const) }, anyEvent), { maxLength: 40 });

function eventFor(state: State, wish: 'next' | Event): Event {
  if (wish !== 'next') return wish;
  if (state.next !== 'free') return { do: state.next };
  if (!state.page.there && state.setup.hold === 'pin') return { do: 'register' };
  if (state.counts.faults === 0) return { do: 'first-touch' };
  return { do: state.page.mapped ? 'scan' : 'touch' };
}

const settings = { seed: 20220401, numRuns: 400 };

/**
 * The cost of the nth scan, written down a second time from what the mail and the code say, without states: zaps,
 * invalidations, guest faults, targets, copies.
 */
function costOfScan(given: Parameters, number: number): number[] {
  if (given.hold === 'guest-memfd') return [0, 0, 0, 0, 0];
  const pinned = given.hold === 'pin' || given.hold === 'demand-pin';
  const extra = given.hold === 'reference' ? given.references : 0;
  const mapped = given.mapping === 'shared' ? 2 : 1;
  const takenForPinned = pinned || (given.pageSize === '4K' && extra + mapped >= 1024);
  const smallPrivate = given.pageSize === '4K' && given.mapping === 'private';
  const skipped =
    given.kernel === 'later'
      ? takenForPinned
      : smallPrivate && (given.kernel === '6.8' ? pinned || extra > 0 : takenForPinned);
  const free = !pinned && extra === 0;
  const local = !given.vcpuMoves || (free && number > 1);
  if (skipped || local) return [1, 1, 1, 0, 0];
  if (free) return [1, 2, 2, 1, 1];
  // Taking the page off its list adds a reference of its own, which may just make it look pinned.
  const refused = pinned || (given.pageSize === '4K' && extra + mapped + 1 >= 1024);
  return refused && given.mapping === 'private' ? [1, 11, 2, 10, 0] : [1, 2, 2, 1, 0];
}

describe('whatever the parameters', () => {
  it('each scan costs what a second writing of the rules says', () => {
    fc.assert(
      fc.property(anyParameters, (given) => {
        const end = runToEnd(startOf(given)).state;
        const costs = end.rounds.map(({ after, before }) => {
          const { zaps, invalidations, faults, targets, copies } = difference(after, before);
          return [zaps, invalidations, faults, targets, copies];
        });
        const scans = end.guest.failed ? 0 : given.scans;
        expect(costs).toEqual(Array.from({ length: scans }, (_, index) => costOfScan(given, index + 1)));
      }),
      settings,
    );
  });

  it('also where the count is just short of that of a pinned page', () => {
    fc.assert(
      fc.property(anyParameters, fc.integer({ min: 1019, max: 1025 }), (given, references) => {
        const edge = { ...given, hold: 'reference', pageSize: '4K', references };
        const end = runToEnd(startOf(edge)).state;
        const targets = end.rounds.map(({ after, before }) => after.targets - before.targets);
        expect(targets).toEqual(targets.map((_, index) => costOfScan(edge, index + 1)[3]));
      }),
      settings,
    );
  });

  it('a run keeps all invariants, takes no step out of order, and can be drawn', () => {
    fc.assert(
      fc.property(anyParameters, (given) => {
        const run = pagePinning.run(given);
        let state = startOf(given);
        for (const { event, rule } of run.steps) {
          state = step(state, event as Event).state;
          for (const invariant of invariants) expect(invariant.holds(state), invariant.name).toBe(true);
          expect(rule).not.toBe('out-of-order');
        }
        for (const at of [-1, run.last]) {
          const text = sceneText(run.sceneAt(at), { width: 96 });
          expect(text).not.toMatch(/NaN|undefined|null/);
          expect(Math.max(...text.split('\n').map((line) => line.length)), text).toBeLessThanOrEqual(100);
        }
      }),
      { ...settings, numRuns: 200 },
    );
  });

  it('only a page that nobody holds moves, and it moves once', () => {
    fc.assert(
      fc.property(anyParameters, (given) => {
        const { counts } = runToEnd(startOf(given)).state;
        const moves = given.hold === 'none' && given.vcpuMoves && given.scans > 0 ? 1 : 0;
        expect([counts.moves, counts.copies]).toEqual([moves, moves]);
      }),
      settings,
    );
  });
});

describe('whatever happens in whatever order', () => {
  it('every invariant holds after every event, and a refused one changes nothing but a guest that may not pin', () => {
    fc.assert(
      fc.property(anyParameters, anyWalk, (given, wishes) => {
        let state = startOf(given);
        for (const wish of wishes) {
          const event = eventFor(state, wish);
          const taken = step(state, event);
          for (const invariant of invariants) expect(invariant.holds(taken.state), invariant.name).toBe(true);
          if (taken.outcome === 'refused' && !taken.state.guest.failed) expect(taken.state).toBe(state);
          state = taken.state;
        }
      }),
      settings,
    );
  });

  it('the counters only grow, and a page that somebody holds stays on its node', () => {
    fc.assert(
      fc.property(anyParameters, anyWalk, (given, wishes) => {
        let state = startOf(given);
        for (const wish of wishes) {
          const { state: next } = step(state, eventFor(state, wish));
          for (const grown of Object.values(difference(next.counts, state.counts))) {
            expect(grown).toBeGreaterThanOrEqual(0);
          }
          const held = state.page.there && (state.page.pinned || state.page.extra > 0);
          if (held) expect(next.page.node).toBe(state.page.node);
          state = next;
        }
      }),
      settings,
    );
  });

  it('the same event in the same state gives the same, and writes in nothing it was given', () => {
    fc.assert(
      fc.property(anyParameters, anyWalk, (given, wishes) => {
        let state = startOf(given);
        for (const wish of wishes) {
          const before = JSON.stringify(state);
          const event = eventFor(state, wish);
          const taken = step(state, event);
          expect(JSON.stringify(state)).toBe(before);
          expect(step(state, event)).toEqual(taken);
          state = taken.state;
        }
      }),
      { ...settings, numRuns: 100 },
    );
  });
});
