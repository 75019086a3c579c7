import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sceneText } from '#simulators';
import { eventsOf, startOf } from '../../src/simulators/memory-hotplug/course.ts';
import { memoryHotplug } from '../../src/simulators/memory-hotplug/index.ts';
import { invariants } from '../../src/simulators/memory-hotplug/invariants.ts';
import { step } from '../../src/simulators/memory-hotplug/model.ts';
import type { Parameters } from '../../src/simulators/memory-hotplug/parameters.ts';
import { answer } from '../../src/simulators/memory-hotplug/report.ts';
import {
  type Event,
  memoryNamed,
  POLICIES,
  type Policy,
  placeOf,
  type State,
} from '../../src/simulators/memory-hotplug/state.ts';

const plain: Parameters = {
  policy: 'merged',
  memory: 'dimm',
  convertible: 'all',
  initialize: 'last',
  moves: 'online',
  td: 'none',
  kernel: '6.16',
  platform: true,
  bootGb: 16,
  newGb: 8,
};

/** What a machine of these parameters came to after these events, the last of them told. */
function machineAfter(change: Partial<Parameters>, ...events: Event[]) {
  let taken = step(step(startOf({ ...plain, ...change }), { do: 'boot' }).state, { do: 'detect' });
  for (const event of events) taken = step(taken.state, event);
  return taken;
}

const add: Event = { do: 'add', memory: 'DIMM' };
const online: Event = { do: 'online', memory: 'DIMM' };
const initialize: Event = { do: 'initialize' };
const kmem = (verb: 'add' | 'online' | 'offline' | 'remove'): Event => ({ do: verb, memory: 'NVDIMM' });
const nvdimm = { memory: 'nvdimm' };
const outside = { convertible: 'none' };

type Row = [what: string, change: Partial<Parameters>, events: Event[], outcome: string, rule: string, says: RegExp];

const rows: Row[] = [
  ['approach 1 rejects', { policy: 'approach-1' }, [add], 'refused', 'reject-range', /convertible \(it is\)/],
  ['approach 1, no TDX', { policy: 'approach-1', platform: false }, [add], 'done', 'admit-range', /no TDX/],
  ['approach 1, kmem', { policy: 'approach-1', ...nvdimm }, [kmem('add')], 'refused', 'reject-range', /NVDIMM/],
  [
    'approach 2 in a CMR',
    { policy: 'approach-2' },
    [add],
    'done',
    'admit-range',
    /After initialization .* would reject/,
  ],
  ['approach 2 outside', { policy: 'approach-2', ...outside }, [add], 'refused', 'reject-range', /8 GB of it outside/],
  ['approach 2, half', { policy: 'approach-2', convertible: 'part' }, [add], 'refused', 'reject-range', /4 GB of it/],
  ['approach 2 later', { policy: 'approach-2' }, [initialize, add], 'refused', 'reject-range', /every new range/],
  ['merged adds anything', outside, [add], 'done', 'add-unchecked', /8 GB of it lie outside the CMRs/],
  ['merged adds later too', {}, [initialize, add], 'done', 'add-unchecked', /when it is brought online/],
  ['merged online before', outside, [add, online], 'done', 'online-list-empty', /fit for TDX or not/],
  [
    'merged online after',
    {},
    [initialize, add, online],
    'refused',
    'online-unknown',
    /-EPERM.*which it does, is not asked/,
  ],
  ['added before', {}, [add, initialize, online], 'done', 'online-known', /inside one entry/],
  ['no notifier without TDX', { platform: false }, [add, online], 'done', 'online-without-tdx', /no notifier/],
  [
    'adding breaks',
    outside,
    [add, initialize],
    'refused',
    'config-refused',
    /8 GB lie outside .* -EIO.*kvm_intel does not load/,
  ],
  ['half is enough', { convertible: 'part' }, [add, initialize], 'refused', 'config-refused', /4 GB lie outside/],
  ['no second try', outside, [add, initialize, initialize], 'refused', 'failed-before', /-EINVAL/],
  ['failure frees the list', outside, [add, initialize, online], 'done', 'online-list-empty', /freed the list/],
  ['twice is fine', {}, [initialize, initialize], 'done', 'initialized-already', /already/],
  ['no platform', { platform: false }, [initialize], 'refused', 'no-platform', /-ENODEV/],
  ['a DIMM stays', {}, [add, { do: 'remove', memory: 'DIMM' }], 'refused', 'no-removal', /BIOS/],
  [
    'online first goes offline',
    nvdimm,
    [kmem('add'), kmem('online'), kmem('remove')],
    'refused',
    'nothing-to-remove',
    /offline/,
  ],
  ['and back to a device', nvdimm, [kmem('add'), kmem('remove')], 'done', 'back-to-device', /leaves memblock/],
  ['never added', { policy: 'approach-1' }, [add, online], 'refused', 'nothing-to-online', /not added/],
  ['twice online', {}, [add, online, online], 'refused', 'nothing-to-online', /already/],
  ['twice added', {}, [add, add], 'refused', 'nothing-to-add', /already/],
  ['not online', {}, [add, { do: 'offline', memory: 'DIMM' }], 'refused', 'nothing-to-offline', /not online/],
  ['no such memory', {}, [{ do: 'add', memory: 'a brick' }], 'refused', 'no-such-memory', /"a brick"/],
  ['no TD before', {}, [{ do: 'run-td', backend: 'any-page' }], 'refused', 'td-without-module', /not initialized/],
  [
    'any page will do',
    {},
    [initialize, { do: 'run-td', backend: 'any-page' }],
    'done',
    'td-any-page',
    /no GFP_TDX is needed/,
  ],
  [
    'no TD on dax',
    nvdimm,
    [initialize, { do: 'run-td', backend: 'device-dax' }],
    'refused',
    'td-no-such-backend',
    /guest_memfd/,
  ],
  [
    'what if: any page',
    { policy: 'mixed', ...outside },
    [add, online, initialize, { do: 'run-td', backend: 'any-page' }],
    'refused',
    'td-foreign-page',
    /8 GB of 24 GB.*-EIO/,
  ],
  [
    'what if: picked',
    { policy: 'mixed', ...outside },
    [add, online, initialize, { do: 'run-td', backend: 'picks' }],
    'done',
    'td-picked-pages',
    /other 8 GB/,
  ],
  [
    'what if: half of it',
    { policy: 'mixed', convertible: 'part' },
    [add, online, initialize],
    'done',
    'initialize',
    /20 GB less 1 MB/,
  ],
  [
    'what if: on dax',
    { policy: 'mixed', ...nvdimm },
    [initialize, { do: 'run-td', backend: 'device-dax' }],
    'done',
    'td-on-device',
    /8 GB that are a device/,
  ],
  [
    'what if: no dax',
    { policy: 'mixed', ...nvdimm, ...outside },
    [initialize, { do: 'run-td', backend: 'device-dax' }],
    'refused',
    'td-no-tdx-device',
    /nothing for a TD/,
  ],
];

describe('one request', () => {
  it.each(rows)('%s', (_, change, events, outcome, rule, says) => {
    const told = machineAfter(change, ...events);
    expect({ outcome: told.outcome, rule: told.rule }).toEqual({ outcome, rule });
    expect(told.because).toMatch(says);
  });

  it('has its time: nothing before the boot, TDX looked for once', () => {
    const start = startOf(plain);
    expect(step(start, add)).toMatchObject({ outcome: 'refused', rule: 'out-of-order' });
    expect(step(start, { do: 'detect' })).toMatchObject({ outcome: 'refused', rule: 'out-of-order' });
    expect(machineAfter({}, { do: 'detect' })).toMatchObject({ outcome: 'refused', rule: 'out-of-order' });
    expect(machineAfter({}, { do: 'boot' })).toMatchObject({ outcome: 'refused', rule: 'booted-already' });
  });
});

describe('the TDX memory list', () => {
  it('is memblock without the first MB, neighbours of one kind joined, what a driver added apart', () => {
    const gb = 262144;
    const list = (change: Partial<Parameters>, ...events: Event[]) =>
      machineAfter(change, ...events).state.worlds.merged.list;
    const low = { start_pfn: 256, end_pfn: 3 * gb };
    expect(list({}, add, initialize)).toEqual([low, { start_pfn: 4 * gb, end_pfn: 25 * gb }]);
    expect(list(nvdimm, kmem('add'), initialize)).toEqual([
      low,
      { start_pfn: 4 * gb, end_pfn: 17 * gb },
      { start_pfn: 17 * gb, end_pfn: 25 * gb },
    ]);
  });

  it('has memory that is offline: boot memory may leave before and return after', () => {
    const memory = 'boot part';
    const told = machineAfter({ memory: 'boot' }, { do: 'offline', memory }, initialize, { do: 'online', memory });
    expect(told).toMatchObject({ outcome: 'done', rule: 'online-known' });
  });

  it('keeps a range that became a device again, which may then come back', () => {
    const events = [kmem('add'), initialize, kmem('remove'), kmem('add'), kmem('online')];
    expect(machineAfter(nvdimm, ...events)).toMatchObject({ outcome: 'done', rule: 'online-known' });
    expect(machineAfter({ ...nvdimm, policy: 'approach-2' }, ...events.slice(0, 4))).toMatchObject({
      rule: 'reject-range',
    });
  });
});

const anyParameters: fc.Arbitrary<Parameters> = fc.record({
  policy: fc.constantFrom(...POLICIES),
  memory: fc.constantFrom('dimm', 'nvdimm', 'soft-reserved', 'boot'),
  convertible: fc.constantFrom('all', 'part', 'none'),
  initialize: fc.constantFrom('never', 'first', 'between', 'last'),
  moves: fc.constantFrom('stay', 'add', 'online', 'again'),
  td: fc.constantFrom('none', 'any-page', 'picks', 'any-then-picks', 'device-dax'),
  kernel: fc.constantFrom('6.8', '6.16', '7.1'),
  platform: fc.boolean(),
  bootGb: fc.integer({ min: 8, max: 1024 }),
  newGb: fc.integer({ min: 1, max: 1024 }),
});

const anyMemory = fc.constantFrom('DIMM', 'NVDIMM', 'soft-reserved range', 'boot part', 'boot memory');
const anyEvent: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ do: fc.constantFrom('boot' as const, 'detect' as const, 'initialize' as const) }),
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('add' as const, 'online' as const), memory: anyMemory }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('offline' as const, 'remove' as const), memory: anyMemory }),
  },
  fc.record({
    do: fc.constant('run-td' as const),
    backend: fc.constantFrom('any-page' as const, 'picks' as const, 'device-dax' as const),
  }),
);

/** The raw question that a step asks, with what the machine of that rule knows. */
function asked(state: State, policy: Policy, name: string) {
  const memory = memoryNamed(state, name);
  const world = state.worlds[policy];
  if (memory === undefined) throw new Error(`no ${name}`);
  return answer({
    platform_tdx: state.platform,
    module_initialized: world.module === 'initialized',
    tdx_memlist: world.list,
    cmrs: state.cmrs,
    action: 'MEM_GOING_ONLINE',
    start_pfn: memory.start_pfn,
    nr_pages: memory.end_pfn - memory.start_pfn,
  });
}

const settings = { seed: 20220428, numRuns: 300 };

describe('whatever happens in whatever order', () => {
  it('every invariant holds, nothing that was given is written in, and the same gives the same', () => {
    fc.assert(
      fc.property(anyParameters, fc.array(anyEvent, { maxLength: 20 }), (given, events) => {
        let state: State = startOf(given);
        for (const event of [{ do: 'boot' } as const, { do: 'detect' } as const, ...events]) {
          const given = JSON.stringify(state);
          const taken = step(state, event);
          expect(JSON.stringify(state)).toBe(given);
          expect(step(state, event)).toEqual(taken);
          for (const invariant of invariants) expect(invariant.holds(taken.state), invariant.name).toBe(true);
          state = taken.state;
        }
      }),
      settings,
    );
  });

  it('a step says what the raw question of that moment is answered with', () => {
    fc.assert(
      fc.property(anyParameters, fc.array(anyEvent, { maxLength: 20 }), (given, events) => {
        let state: State = startOf(given);
        for (const event of [{ do: 'boot' } as const, { do: 'detect' } as const, ...events]) {
          const taken = step(state, event);
          const memory = 'memory' in event ? memoryNamed(state, event.memory) : undefined;
          if (memory !== undefined && memory.kind !== 'boot' && event.do === 'add') {
            for (const [policy, name] of [
              ['approach-1', 'approach1'],
              ['approach-2', 'approach2'],
            ] as const) {
              const place = placeOf(state, state.worlds[policy], memory);
              if (place === 'added' || place === 'online') continue;
              const admitted = placeOf(taken.state, taken.state.worlds[policy], memory) === 'added';
              expect(asked(state, policy, memory.name)).toMatchObject({ [name]: admitted ? 'allow' : 'reject' });
            }
          }
          if (
            memory !== undefined &&
            event.do === 'online' &&
            placeOf(state, state.worlds.merged, memory) === 'added'
          ) {
            const online = placeOf(taken.state, taken.state.worlds.merged, memory) === 'online';
            expect(asked(state, 'merged', memory.name)).toMatchObject({
              merged: { result: online ? 'online' : 'EPERM' },
            });
          }
          state = taken.state;
        }
      }),
      settings,
    );
  });
});

describe('whatever the parameters', () => {
  it('a run can be drawn at every step, and every rule of it has its say', () => {
    fc.assert(
      fc.property(anyParameters, (given) => {
        const run = memoryHotplug.run(given);
        expect(run.steps.map((each) => each.event)).toEqual(eventsOf(given));
        for (let at = -1; at <= run.last; at++) {
          const text = sceneText(run.sceneAt(at), { width: 90 });
          expect(text).not.toMatch(/NaN|undefined|null|\[object/);
          expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
        }
        for (const { because, rule } of run.steps) {
          expect(because).toMatch(/^[A-Z0-9a-z].*\.$/);
          expect(because.length, because).toBeLessThan(260);
          expect(['no-such-memory', 'out-of-order', 'booted-already']).not.toContain(rule);
        }
      }),
      settings,
    );
  });
});
