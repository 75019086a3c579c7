import { describe, expect, it } from 'vitest';
import { runToEnd, startWith } from '../../src/simulators/page-pinning/course.ts';
import { invariants } from '../../src/simulators/page-pinning/invariants.ts';
import { step } from '../../src/simulators/page-pinning/model.ts';
import {
  difference,
  type Event,
  type Hold,
  type Kernel,
  type Setup,
  type State,
  wastedWork,
} from '../../src/simulators/page-pinning/state.ts';

const PLAIN: Setup = {
  kernel: '6.16',
  hold: 'reference',
  references: 1,
  mapping: 'private',
  size: '4K',
  scans: 1,
  vcpuMoves: true,
  guestGb: 16,
  touchedGb: 4,
  memlockGb: 64,
};

function ran(change: Partial<Setup>): State {
  return runToEnd(startWith({ ...PLAIN, ...change })).state;
}

function led(state: State, ...what: Event['do'][]): State {
  return what.reduce((reached, each) => step(reached, { do: each }).state, state);
}

/** Zaps, invalidations, guest faults, targets, copies of the one scan. */
function work(state: State): number[] {
  const [round] = state.rounds;
  if (round === undefined) return [];
  const { zaps, invalidations, faults, targets, copies } = difference(round.after, round.before);
  return [zaps, invalidations, faults, targets, copies];
}

describe('one scan, by what the kernels do to the page', () => {
  const held: [Kernel, Hold, Setup['mapping'], Setup['size'], boolean][] = [
    // An extra reference: 6.8 counts, 6.16 and later look for pins.
    ['6.8', 'reference', 'private', '4K', false],
    ['6.8', 'reference', 'private', '2M', true],
    ['6.8', 'reference', 'shared', '4K', true],
    ['6.8', 'reference', 'shared', '2M', true],
    ['6.16', 'reference', 'private', '4K', true],
    ['6.16', 'reference', 'private', '2M', true],
    ['6.16', 'reference', 'shared', '4K', true],
    ['6.16', 'reference', 'shared', '2M', true],
    ['later', 'reference', 'private', '4K', true],
    ['later', 'reference', 'private', '2M', true],
    ['later', 'reference', 'shared', '4K', true],
    ['later', 'reference', 'shared', '2M', true],
    // A pin: up to 6.18 asked about only for 4 KB entries of private mappings.
    ['6.8', 'pin', 'private', '4K', false],
    ['6.8', 'pin', 'private', '2M', true],
    ['6.8', 'pin', 'shared', '4K', true],
    ['6.8', 'pin', 'shared', '2M', true],
    ['6.16', 'pin', 'private', '4K', false],
    ['6.16', 'pin', 'private', '2M', true],
    ['6.16', 'pin', 'shared', '4K', true],
    ['6.16', 'pin', 'shared', '2M', true],
    ['later', 'pin', 'private', '4K', false],
    ['later', 'pin', 'private', '2M', false],
    ['later', 'pin', 'shared', '4K', false],
    ['later', 'pin', 'shared', '2M', false],
    // Nobody: every kernel wants to know who uses the page.
    ['6.8', 'none', 'private', '4K', true],
    ['6.8', 'none', 'shared', '4K', true],
    ['later', 'none', 'private', '2M', true],
  ];

  it.each(held)('%s, %s, %s, %s: made PROT_NONE %s', (kernel, hold, mapping, size, protectedByScan) => {
    expect(ran({ kernel, hold, mapping, size }).rounds[0]?.protected).toBe(protectedByScan);
  });

  it.each(['private', 'shared'] as const)(
    'a pin taken on demand is treated like one taken up front (%s)',
    (mapping) => {
      for (const kernel of ['6.8', '6.16', 'later'] as const) {
        for (const size of ['4K', '2M'] as const) {
          const [demand, front] = (['demand-pin', 'pin'] as const).map((hold) => ran({ kernel, hold, mapping, size }));
          expect(demand?.rounds.map(({ end, steps }) => ({ end, steps }))).toEqual(
            front?.rounds.map(({ end, steps }) => ({ end, steps })),
          );
        }
      }
    },
  );

  it.each<[string, Partial<Setup>, number[]]>([
    ['an extra reference: one zap, two invalidations, two faults, one target, no copy', {}, [1, 2, 2, 1, 0]],
    ['the same in a shared mapping', { mapping: 'shared' }, [1, 2, 2, 1, 0]],
    ['the same for a THP', { size: '2M' }, [1, 2, 2, 1, 0]],
    ['nobody holds it: the same work, and a copy', { hold: 'none' }, [1, 2, 2, 1, 1]],
    ['nobody holds it, and it lies where it is used', { hold: 'none', vcpuMoves: false }, [1, 1, 1, 0, 0]],
    ['a reference on a page that lies where it is used', { vcpuMoves: false }, [1, 1, 1, 0, 0]],
    ['pinned, skipped: still zapped by the invalidation of the range', { hold: 'pin' }, [1, 1, 1, 0, 0]],
    ['pinned, shared: the count ends it', { hold: 'pin', mapping: 'shared' }, [1, 2, 2, 1, 0]],
    ['pinned THP, private: ten targets, ten more invalidations', { hold: 'pin', size: '2M' }, [1, 11, 2, 10, 0]],
    ['pinned THP, shared: one target', { hold: 'pin', size: '2M', mapping: 'shared' }, [1, 2, 2, 1, 0]],
    ['guest_memfd: nothing at all', { hold: 'guest-memfd' }, [0, 0, 0, 0, 0]],
  ])('%s', (_, change, expected) => {
    expect(work(ran(change))).toEqual(expected);
  });

  it.each<[Partial<Setup>, number, number]>([
    [{}, 2, 1],
    [{ references: 7 }, 8, 1],
    [{ mapping: 'shared' }, 3, 2],
    [{ mapping: 'shared', size: '2M' }, 514, 513],
    [{ hold: 'pin', mapping: 'shared' }, 1026, 2],
    [{ hold: 'pin', mapping: 'shared', size: '2M' }, 1025, 513],
    [{ hold: 'none' }, 1, 1],
  ])('the count of %j is %i where %i is expected', (change, found, expected) => {
    expect(ran(change).attempt).toEqual({ found, expected, moved: found === expected });
  });

  it('the six steps of a page with one extra reference, in order', () => {
    const { events } = runToEnd(startWith(PLAIN));
    expect(events.map((event) => event.do)).toEqual([
      ...['first-touch', 'move-vcpu'],
      ...['scan', 'zap', 'touch', 'isolate', 'compare', 'retry'],
    ]);
    expect(ran({}).rounds[0]?.steps).toHaveLength(6);
  });

  it('from 1024 references on a small page is taken for a pinned one, a THP is not', () => {
    expect(ran({ references: 1022 }).rounds[0]?.protected).toBe(true);
    expect(ran({ references: 1023 }).rounds[0]?.protected).toBe(false);
    expect(ran({ references: 2000, size: '2M' }).rounds[0]?.protected).toBe(true);
    expect(ran({ references: 1022, mapping: 'shared', kernel: 'later' }).rounds[0]?.protected).toBe(false);
  });

  it('a move that fails leaves both nodes as they were, a move that works swaps them', () => {
    expect(ran({})).toMatchObject({ free: [3, 4], page: { node: 0, entry: 'present', mapped: true, isolated: false } });
    expect(ran({ hold: 'none' })).toMatchObject({ free: [4, 3], page: { node: 1, entry: 'present', mapped: true } });
  });
});

describe('what happens in between', () => {
  const isolated = led(startWith(PLAIN), 'first-touch', 'move-vcpu', 'scan', 'zap', 'touch', 'isolate');

  it('a reference dropped before the count is compared lets the page move, and is taken again when KVM maps it', () => {
    const end = led(isolated, 'release', 'compare', 'retry');
    expect(end).toMatchObject({ counts: { copies: 1, moves: 1 }, page: { node: 1, extra: 1 } });
    expect(led(isolated, 'compare', 'retry')).toMatchObject({ counts: { copies: 0, moves: 0 }, page: { node: 0 } });
  });

  it('while the page is isolated the VMM has a migration entry and KVM none, and the target is off the free list', () => {
    expect(isolated).toMatchObject({
      page: { entry: 'migration', mapped: false, isolated: true },
      target: true,
      free: [3, 3],
    });
  });

  it('a second scan before the guest came back changes and zaps nothing', () => {
    const twice = led(startWith(PLAIN), 'first-touch', 'scan', 'zap', 'scan', 'zap');
    expect(twice.rounds.map(({ end, protected: made }) => [end, made])).toEqual([
      ['untouched', true],
      ['open', false],
    ]);
    expect(twice.counts).toMatchObject({ zaps: 1, invalidations: 2 });
  });

  it('a step that does not come next is refused and changes nothing', () => {
    const begun = led(startWith(PLAIN), 'first-touch');
    for (const what of ['first-touch', 'register', 'use', 'zap', 'isolate', 'compare', 'retry'] as const) {
      const taken = step(begun, { do: what });
      expect([what, taken.outcome]).toEqual([what, 'refused']);
      expect(taken.state).toBe(begun);
    }
    expect(step(startWith({ ...PLAIN, hold: 'pin' }), { do: 'first-touch' }).outcome).toBe('refused');
    expect(step(isolated, { do: 'touch' }).outcome).toBe('refused');
    expect(step(isolated, { do: 'scan' }).outcome).toBe('refused');
  });

  it('the guest reaches a mapped page without a fault', () => {
    const begun = led(startWith(PLAIN), 'first-touch');
    expect(step(begun, { do: 'touch' })).toMatchObject({ outcome: 'done', rule: 'no-fault', state: begun });
  });
});

describe('how much is pinned', () => {
  it('all of the guest up front, what it uses on demand, nothing otherwise', () => {
    const pinned = (['none', 'reference', 'pin', 'demand-pin', 'guest-memfd'] as const).map(
      (hold) => ran({ hold }).guest.lockedGb,
    );
    expect(pinned).toEqual([0, 0, 16, 4, 0]);
  });

  it('the limit of locked memory is met before the guest runs, or in the middle of its work', () => {
    const front = step(startWith({ ...PLAIN, hold: 'pin', memlockGb: 15 }), { do: 'register' });
    expect(front).toMatchObject({
      outcome: 'refused',
      state: { guest: { lockedGb: 0, failed: true }, page: { there: false } },
    });
    expect(front.log).toEqual(['kvm_amd: SEV: 4194304 locked pages exceed the lock limit of 3932160.']);
    expect(ran({ hold: 'pin', memlockGb: 16 }).guest.failed).toBe(false);
    const late = ran({ hold: 'demand-pin', memlockGb: 3 });
    expect(late).toMatchObject({ guest: { failed: true, lockedGb: 3 }, page: { there: true }, rounds: [] });
    expect(ran({ hold: 'reference', memlockGb: 0 }).guest.failed).toBe(false);
  });
});

describe('an invariant', () => {
  const sound = ran({ hold: 'none' });
  const pinned = ran({ hold: 'pin' });
  const [round] = pinned.rounds;

  it.each<[string, State]>([
    ['nothing is copied', { ...sound, counts: { ...sound.counts, copies: 2 } }],
    ['nothing is copied', { ...sound, attempt: { found: 2, expected: 1, moved: true } }],
    ['pages are conserved', { ...sound, free: [3, 3] }],
    ['pages are conserved', { ...sound, target: true }],
    ['a FOLL_PIN page', { ...pinned, rounds: round === undefined ? [] : [{ ...round, protected: true }] }],
    ['the guest has no way', { ...sound, page: { ...sound.page, entry: 'prot-none' } }],
    ['guest_memfd pages', { ...sound, setup: { ...sound.setup, hold: 'guest-memfd' } }],
    ['a page in use', { ...sound, page: { ...sound.page, entry: 'none' } }],
  ])('"%s" notices a state that breaks it', (name, broken) => {
    const invariant = invariants.find((each) => each.name.startsWith(name));
    expect(invariant?.holds(sound)).toBe(true);
    expect(invariant?.holds(broken)).toBe(false);
  });

  it('only work that came to nothing counts as wasted', () => {
    expect(wastedWork(sound).targets).toBe(0);
    expect(wastedWork(pinned)).toMatchObject({ scans: 1, zaps: 1, faults: 1, targets: 0 });
    expect(wastedWork(ran({ scans: 3 }))).toMatchObject({ scans: 3, zaps: 3, invalidations: 6, faults: 6, targets: 3 });
  });
});
