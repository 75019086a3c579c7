import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { simulatorById } from '../../src/simulators/index.ts';
import { explore } from '../../src/simulators/kit/explore.ts';
import type { Simulator } from '../../src/simulators/kit/simulator.ts';
import { eventsFrom, startFrom } from '../../src/simulators/private-memory/course.ts';
import { exploration } from '../../src/simulators/private-memory/exploration.ts';
import { invariants } from '../../src/simulators/private-memory/invariants.ts';
import { describe as inWords, step } from '../../src/simulators/private-memory/model.ts';
import type { Parameters } from '../../src/simulators/private-memory/parameters.ts';
import { report, usage } from '../../src/simulators/private-memory/report.ts';
import { draw } from '../../src/simulators/private-memory/scene.ts';
import { type Event, factsOf, type State, startOf } from '../../src/simulators/private-memory/state.ts';

const SEED = { seed: 20220401 };
const PAGES = 3;

const range = fc
  .tuple(fc.integer({ min: 0, max: PAGES - 1 }), fc.integer({ min: 1, max: PAGES }))
  .map(([from, count]) => ({ from, count: Math.min(count, PAGES - from) }));
const kind = fc.constantFrom('private' as const, 'shared' as const);

const events: fc.Arbitrary<Event> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(range, kind).map(([at, to]): Event => ({ do: 'access', ...at, kind: to })) },
  { weight: 3, arbitrary: fc.tuple(range, kind).map(([at, to]): Event => ({ do: 'set-attributes', ...at, to })) },
  fc.tuple(range, kind).map(([at, to]): Event => ({ do: 'call', ...at, to })),
  fc
    .tuple(fc.integer({ min: 0, max: PAGES - 1 }), kind)
    .map(([page, to]): Event => ({ do: 'fault-begin', page, kind: to })),
  { weight: 2, arbitrary: fc.constantFrom<Event>({ do: 'fault-take' }, { do: 'fault-map' }) },
  { weight: 2, arbitrary: fc.constantFrom<Event>({ do: 'punch-free' }, { do: 'punch-end' }) },
  range.map((at): Event => ({ do: 'punch-begin', ...at })),
  range.map((at): Event => ({ do: 'punch', ...at })),
  range.map((at): Event => ({ do: 'discard', ...at })),
  range.map((at): Event => ({ do: 'vmm-reads', ...at })),
);

const vm = fc.constantFrom(
  'normal' as const,
  'sev' as const,
  'sev-upm' as const,
  'software' as const,
  'snp' as const,
  'tdx' as const,
);

const runs = fc.record({
  vm,
  host: fc.integer({ min: PAGES, max: 2 * PAGES }),
  backend: fc.constantFrom('all-tdx' as const, 'mixed-picks' as const, 'mixed-any' as const),
  remembers: fc.boolean(),
  events: fc.array(events, { minLength: 5, maxLength: 40 }),
});

function statesOf(run: typeof runs extends fc.Arbitrary<infer Run> ? Run : never): State[] {
  const setup = { vm: run.vm, kernel: '6.16', backend: run.backend, looksAgain: true } as const;
  const first: Event[] = [{ do: 'create' }];
  if (run.vm === 'sev') first.push({ do: 'register', from: 0, count: PAGES });
  const states = [startOf(setup, PAGES, run.host, run.remembers)];
  for (const event of [...first, ...run.events]) {
    const before = states.at(-1);
    if (before !== undefined) states.push(step(before, event).state);
  }
  return states;
}

describe('whatever guest and VMM do', () => {
  test('every invariant holds at every step, and the runs are not dull', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(runs, (run) => {
        for (const state of statesOf(run)) {
          for (const { name, holds } of invariants) expect([name, holds(state)]).toEqual([name, true]);
          for (const [goal, test] of Object.entries(exploration.goals)) if (test(state)) seen.add(goal);
        }
      }),
      { ...SEED, numRuns: 600 },
    );
    expect([...seen].sort()).toEqual(Object.keys(exploration.goals).sort());
  });

  test('host pages add up, and a step never changes the state it was given', () => {
    fc.assert(
      fc.property(runs, events, (run, next) => {
        for (const state of statesOf(run)) {
          const before = JSON.stringify(state);
          step(state, next);
          expect(JSON.stringify(state)).toBe(before);
          const { free, user_memory, guest_memfd } = usage(state);
          const loose = state.host.filter((page) => page.held === 'loose').length;
          expect(free + user_memory + guest_memfd + loose).toBe(run.host);
        }
      }),
      { ...SEED, numRuns: 150 },
    );
  });

  test('a guest whose kind of access is hidden never causes a memory fault exit', () => {
    fc.assert(
      fc.property(runs, (run) => {
        const last = statesOf({ ...run, remembers: true }).at(-1);
        if (last !== undefined && !factsOf(last).seesKind) expect(last.counts.memoryFaults).toBe(0);
      }),
      { ...SEED, numRuns: 200 },
    );
  });

  test('forgetting the history changes nothing in how pages are mapped and converted', () => {
    const shape = ({ pages, dead }: State) => ({
      dead,
      pages: pages.map((page) => ({
        attribute: page.attribute,
        mapped: Object.keys(page.mapped),
        user: page.user !== undefined,
        file: page.file !== undefined,
      })),
    });
    fc.assert(
      fc.property(runs, (run) => {
        // Host pages differ in a mixed host, and then their numbers matter.
        const plain = { ...run, backend: 'all-tdx' as const };
        const kept = statesOf({ ...plain, remembers: true }).map(shape);
        expect(statesOf({ ...plain, remembers: false }).map(shape)).toEqual(kept);
      }),
      { ...SEED, numRuns: 200 },
    );
  });
});

describe('whatever parameters a reader chooses', () => {
  const simulator = simulatorById('private-memory');
  const chosen = fc.record(
    Object.fromEntries(
      (simulator?.parameters ?? []).map((spec) => [
        spec.name,
        spec.kind === 'integer'
          ? fc.integer({ min: spec.min, max: spec.max })
          : spec.kind === 'switch'
            ? fc.boolean()
            : fc.constantFrom(...spec.choices.map((choice) => choice.value)),
      ]),
    ),
  );

  test('the run ends, keeps the invariants unless a what-if breaks them, and every step says why', () => {
    fc.assert(
      fc.property(chosen, (values) => {
        const run = simulator?.run(values);
        expect(run?.steps.length).toBeGreaterThan(0);
        for (const { because, rule } of run?.steps ?? []) {
          expect(because).toMatch(/^[A-Z\d].*\.$/s);
          expect(because).not.toMatch(/undefined|NaN|\b1 (pages|faults|mappings)\b|\.\.|null/);
          expect(rule).toMatch(/^[a-z-]+$/);
        }
        expect(run?.steps.some((taken) => taken.rule === 'out-of-order')).toBe(false);
        if (values.looksAgain === true) expect(run?.result).toMatchObject({ stale_mappings: 0 });
      }),
      { ...SEED, numRuns: 300 },
    );
  });
});

describe('exploring', () => {
  test('visits every state of the bound; no invariant breaks and each goal is reached', () => {
    const goals = simulatorById('private-memory')?.exploration?.goals ?? [];
    expect(goals).toEqual(
      expect.arrayContaining(['mapped-private', 'mapped-shared', 'memory-fault-exit', 'retry', 'costs-twice']),
    );
    // One walk that watches for all of them: a goal is an invariant that is meant to break.
    const watched = goals.map((name) => ({ name, holds: (state: State) => exploration.goals[name]?.(state) !== true }));
    const explored = explore({ ...typed(exploration), invariants: [...invariants, ...watched] });
    expect(explored.complete).toBe(true);
    const broken = explored.invariants.filter((each) => !each.holds).map((each) => each.name);
    expect(broken.sort()).toEqual([...goals].sort());
  }, 120_000);

  test('the shortest way to a memory fault exit is one access of the other kind', () => {
    const explored = explore(typed(exploration), { until: 'memory-fault-exit', limit: 200 });
    expect(explored.goal?.path?.at(-1)?.rule).toBe('memory-fault-exit');
    expect(explored.goal?.path).toHaveLength(3);
  });

  test('without the second look a fault maps a page that its file has given up, and the shortest way there is shown', () => {
    const starts = function* () {
      for (const start of exploration.starts()) {
        if (start.state.setup.vm !== 'tdx') continue;
        const setup = { ...start.state.setup, looksAgain: false };
        yield { ...start, state: { ...start.state, setup } };
      }
    };
    const explored = explore(typed({ ...exploration, starts }), { limit: 3000 });
    const stale = explored.invariants.find(
      (each) => each.name === 'a mapping leads to the page that its backing holds',
    );
    expect(stale?.holds).toBe(false);
    expect(stale?.path?.at(-1)?.rule).toBe('maps-what-is-gone');
    const twice = explored.invariants.find((each) => each.name === 'a page is mapped only as its attribute says');
    expect(twice?.holds).toBe(false);
  }, 120_000);
});

function typed(walk: typeof exploration): Simulator<State, Event, Parameters> {
  return {
    id: 'private-memory',
    title: '',
    about: '',
    leavesOut: [],
    sources: [],
    parameters: [],
    events: eventsFrom,
    start: startFrom,
    step,
    draw,
    result: report,
    describe: inWords,
    scenarios: [],
    invariants,
    exploration: walk,
  };
}
