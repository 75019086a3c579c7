import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { simulatorById } from '../../src/simulators/index.ts';
import { invariants } from '../../src/simulators/module-init/invariants.ts';
import { KERNELS } from '../../src/simulators/module-init/kernel.ts';
import { asks, step } from '../../src/simulators/module-init/model.ts';
import {
  type Event,
  FAILS,
  isAllocated,
  type Setup,
  type State,
  startOf,
} from '../../src/simulators/module-init/state.ts';

const seeded = { seed: 20230710, numRuns: 400 };

const setups: fc.Arbitrary<Setup> = fc.record({
  kernel: fc.constantFrom(...KERNELS),
  fragments: fc.boolean(),
  tdx: fc.boolean(),
  firmware: fc.constantFrom('loaded', 'newer', 'absent', 'blocked', 'one-keyid', 'off'),
  fails: fc.constantFrom(...FAILS),
  vmxon: fc.boolean(),
  packages: fc.integer({ min: 1, max: 8 }),
  erratum: fc.boolean(),
});

/** Wishes in any order, as many as there are numbers; each is followed by what the kernel does about it. */
function walk(setup: Setup, wishes: readonly number[]): State[] {
  const states: State[] = [startOf(setup)];
  const take = (event: Event) => states.push(step(states.at(-1) ?? startOf(setup), event).state);
  for (const wish of wishes) {
    const open = asks(states.at(-1) ?? startOf(setup));
    const event = open[wish % Math.max(1, open.length)];
    if (event === undefined) break;
    take(event);
    for (let due = states.at(-1)?.due; due !== null && due !== undefined; due = states.at(-1)?.due) take({ do: due });
  }
  return states;
}

const courses = fc.tuple(setups, fc.array(fc.nat(30), { maxLength: 12 }));

describe('in any course of events', () => {
  test('every invariant holds at every step', () => {
    fc.assert(
      fc.property(courses, ([setup, wishes]) => {
        for (const state of walk(setup, wishes)) {
          for (const { name, holds } of invariants) if (!holds(state)) throw new Error(name);
        }
      }),
      seeded,
    );
  });

  test('whatever is asked, the kernel comes to rest, with all of TDX allocated or nothing', () => {
    fc.assert(
      fc.property(courses, ([setup, wishes]) => {
        const end = walk(setup, wishes).at(-1);
        expect(end?.due).toBeNull();
        if (end !== undefined) expect(isAllocated(end)).toBe(end.status === 'INITIALIZED');
      }),
      seeded,
    );
  });

  test('ERROR is never left, and INITIALIZED neither', () => {
    fc.assert(
      fc.property(courses, ([setup, wishes]) => {
        const statuses = walk(setup, wishes).map(({ status }) => status);
        const first = statuses.findIndex((status) => status !== 'UNINITIALIZED');
        if (first >= 0) expect(new Set(statuses.slice(first)).size).toBe(1);
      }),
      seeded,
    );
  });

  test('TDH.SYS.INIT is made at most once', () => {
    fc.assert(
      fc.property(courses, ([setup, wishes]) => {
        const states = walk(setup, wishes);
        const changes = states.filter((state, index) => state.sysInit !== states[Math.max(0, index - 1)]?.sysInit);
        expect(changes.length).toBeLessThanOrEqual(1);
      }),
      seeded,
    );
  });

  test('nothing grows out of the log: lines are only added', () => {
    fc.assert(
      fc.property(courses, ([setup, wishes]) => {
        let before: readonly string[] = [];
        for (const { log } of walk(setup, wishes)) {
          expect(log.slice(0, before.length)).toEqual(before);
          before = log;
        }
      }),
      seeded,
    );
  });

  test('a machine that needs no unwinding differs by kernel only in when TDX starts', () => {
    fc.assert(
      fc.property(fc.constantFrom(...KERNELS), fc.integer({ min: 1, max: 8 }), (kernel, packages) => {
        const ours = simulatorById('module-init');
        const result = ours?.run({ kernel, packages, afterwards: 'nothing' }).result;
        expect(result).toMatchObject({ status: 'INITIALIZED', allocated: { pamt_kb: 262668, tdmr_list_kb: 64 } });
      }),
      { ...seeded, numRuns: 40 },
    );
  });
});

describe('exploring', () => {
  const ours = simulatorById('module-init');

  test('within the bound every invariant holds', () => {
    const explored = ours?.explore();
    expect(explored?.complete).toBe(true);
    expect(explored?.states).toBeGreaterThan(5000);
    expect(explored?.invariants.filter(({ holds }) => !holds)).toEqual([]);
  });

  test.each(['initialized', 'error', 'no-kvm', 'kvm-without-tdx', 'no-memory', 'kexec-refused', 'module-disabled'])(
    '%s is reached',
    (goal) => {
      expect(ours?.explore({ until: goal }).goal?.reached).toBe(true);
    },
  );

  test('the shortest way to a machine without KVM is a SEAMCALL that fails while kvm_intel is loaded', () => {
    const path = ours?.explore({ until: 'no-kvm' }).goal?.path;
    expect(path?.map(({ rule }) => rule)).toEqual([
      ...[undefined, 'detect', 'load-and-enable', 'vmxon', 'general-protection', 'kvm-does-not-load'],
    ]);
  });
});

describe('the invariants', () => {
  const setup: Setup = {
    kernel: '6.16',
    fragments: false,
    tdx: true,
    firmware: 'loaded',
    fails: 'nothing',
    vmxon: true,
    packages: 1,
    erratum: true,
  };
  const good = walk(setup, [0, 1, 0]).at(-1) ?? startOf(setup);
  const failed: State = { ...startOf(setup), booted: true, platform: true, status: 'ERROR', seamcalls: 1 };
  const first = { what: 'modprobe', errno: 'EIO', seamcalls: 1 } as const;
  const jumped = { answer: 'jumped', disabled: false, flushed: false } as const;
  const broken: Record<string, State> = {
    'ERROR is final: each later call gets -EINVAL and makes no SEAMCALL': {
      ...failed,
      attempts: [first, { ...first, errno: 'EINVAL', seamcalls: 0 }, { ...first, errno: null }],
    },
    'nothing stays allocated after a failure': { ...failed, memoryList: true },
    'a PAMT that the module has had is flushed, and reset where it must be, before it is freed': {
      ...failed,
      dirtyFrees: 1,
    },
    'KVM loads without tdx=1': { ...failed, setup: { ...setup, tdx: false }, kvm: 'refused' },
    'from 7.1 on, and to 6.15, TDX never keeps KVM from loading': {
      ...failed,
      setup: { ...setup, kernel: '7.1' },
      kvm: 'refused',
    },
    'a missing module never keeps KVM from loading': {
      ...failed,
      setup: { ...setup, firmware: 'absent' },
      sysInit: { errno: 'ENODEV' },
      kvm: 'refused',
    },
    "INITIALIZED means that every PAMT is the module's and every package has its key": { ...good, keyedPackages: 0 },
    'no SEAMCALL succeeds without VMXON': { ...failed, earlySeamcalls: 1, readyCpus: 1 },
    'the PAMTs are handed over only by TDH.SYS.CONFIG': { ...good, configured: false },
    'kexec starts no kernel before the caches are flushed': { ...good, kexec: jumped },
    'before 7.2 kexec starts no kernel on a TDX platform with the partial write erratum': {
      ...good,
      kexec: { ...jumped, flushed: true },
    },
  };

  test('the state they are tried on is a good one', () => {
    expect(good).toMatchObject({ status: 'INITIALIZED', kvm: 'loaded-with-tdx' });
  });

  test.each(invariants)('$name: holds, and is seen when it is broken', ({ name, holds }) => {
    expect(holds(good)).toBe(true);
    const state = broken[name];
    expect(state === undefined ? true : holds(state)).toBe(false);
  });
});
