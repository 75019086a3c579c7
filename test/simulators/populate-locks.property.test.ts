import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explore } from '../../src/simulators/kit/explore.ts';
import type { Simulator } from '../../src/simulators/kit/simulator.ts';
import { eventsFrom, startFrom } from '../../src/simulators/populate-locks/course.ts';
import { exploration } from '../../src/simulators/populate-locks/exploration.ts';
import { populateLocks } from '../../src/simulators/populate-locks/index.ts';
import { invariants } from '../../src/simulators/populate-locks/invariants.ts';
import { describe as inWords, step } from '../../src/simulators/populate-locks/model.ts';
import { nextEvent } from '../../src/simulators/populate-locks/move.ts';
import { lockOrder } from '../../src/simulators/populate-locks/order.ts';
import type { Parameters } from '../../src/simulators/populate-locks/parameters.ts';
import { type Op, pathOf } from '../../src/simulators/populate-locks/paths.ts';
import { report } from '../../src/simulators/populate-locks/report.ts';
import { draw } from '../../src/simulators/populate-locks/scene.ts';
import { walkAll } from '../../src/simulators/populate-locks/search.ts';
import {
  CODES,
  type Event,
  type Setup,
  SOURCES,
  type State,
  startOf,
  TASKS,
  type TaskKind,
} from '../../src/simulators/populate-locks/state.ts';

const SEED = { seed: 20250703 };

function setups(): Setup[] {
  return CODES.flatMap((code) =>
    [false, true].flatMap((getPfn) =>
      [false, true].flatMap((mmapFault) => SOURCES.map((source): Setup => ({ code, getPfn, mmapFault, source }))),
    ),
  );
}

/** Filling beside nobody, beside each task, and beside each pair. */
function crowds(): TaskKind[][] {
  const pairs = TASKS.flatMap((one, index) => TASKS.slice(index).map((two): TaskKind[] => ['fill', one, two]));
  return [['fill'], ...TASKS.map((each): TaskKind[] => ['fill', each]), ...pairs];
}

/**
 * The same question answered another way: no ring is looked for. A task is a place in its path and the time at which it asked;
 * who holds what is worked out anew from the places; a deadlock is a state in which nobody can go on and not all are done.
 */
function naiveDeadlock(paths: readonly (readonly Op[])[]): boolean {
  const seen = new Set<string>();
  const open: { at: number[]; order: number[] }[] = [{ at: paths.map(() => 0), order: [] }];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    const key = `${state.at}|${state.order}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const { at, order } = state;
    const free = [...paths.keys()].filter(
      (task) => !order.includes(task) && paths[task]?.[at[task] ?? 0] !== undefined,
    );
    if (free.length === 0 && order.length > 0) return true;
    for (const task of free) {
      const op = paths[task]?.[at[task] ?? 0];
      // A step that takes a lock joins the line; whoever can be served then is served.
      const joined = op?.do === 'take' ? { at, order: [...order, task] } : { at: moved(at, [task]), order };
      open.push(serve(paths, joined));
    }
  }
  return false;
}

function moved(at: readonly number[], tasks: readonly number[]): number[] {
  return at.map((place, task) => (tasks.includes(task) ? place + 1 : place));
}

function serve(paths: readonly (readonly Op[])[], state: { at: number[]; order: number[] }) {
  let { at, order } = state;
  for (;;) {
    const served = order.filter((task) => canBeServed(paths, at, order, task));
    const [first] = served;
    if (first === undefined) return { at, order };
    const wanted = paths[first]?.[at[first] ?? 0];
    // A reader that is served takes along all that wait to read the same lock.
    const along = order.filter((task) => {
      const other = paths[task]?.[at[task] ?? 0];
      const alike = other?.do === 'take' && wanted?.do === 'take' && other.lock === wanted.lock;
      return task === first || (alike && other.mode === 'read' && wanted.mode === 'read');
    });
    at = moved(at, along);
    order = order.filter((task) => !along.includes(task));
  }
}

/** First in the line for its lock, and nobody holds it in a way that excludes. */
function canBeServed(paths: readonly (readonly Op[])[], at: readonly number[], order: readonly number[], task: number) {
  const wanted = paths[task]?.[at[task] ?? 0];
  if (wanted?.do !== 'take') return false;
  const line = order.filter((other) => {
    const op = paths[other]?.[at[other] ?? 0];
    return op?.do === 'take' && op.lock === wanted.lock;
  });
  if (line[0] !== task) return false;
  return paths.every((path, other) => {
    const held: Op[] = [];
    for (const op of path.slice(0, at[other])) {
      if (op.do === 'take' && op.lock === wanted.lock) held.push(op);
      if (op.do === 'drop' && op.lock === wanted.lock) held.pop();
    }
    return held.every((op) => wanted.mode === 'read' && op.do === 'take' && op.mode === 'read');
  });
}

describe('all interleavings', () => {
  const all = setups().flatMap((setup) => crowds().map((crowd) => ({ setup, crowd, start: startOf(setup, crowd) })));
  const found = all.map(({ setup, crowd, start }) => ({ setup, crowd, start, ...walkAll(start) }));

  test('all of them are walked within the limit', () => {
    expect(found.length).toBe(48 * 45);
    expect(found.filter(({ verdict }) => !verdict.complete)).toEqual([]);
  });

  test('a ring is found exactly where a second writing of the rules gets stuck', () => {
    const wrong = found.filter(({ setup, crowd, verdict }) => {
      const paths = crowd.map((does) => pathOf(setup, does));
      return naiveDeadlock(paths) !== (verdict.shortest !== undefined);
    });
    expect(wrong.map(({ setup, crowd }) => ({ setup, crowd }))).toEqual([]);
  });

  test('none of 7.0, none of the RFC and none without the proposed locks ends in a deadlock', () => {
    const safe = found.filter(({ setup: { code, getPfn, mmapFault } }) => {
      return code === '7.0' || code === 'open-coded' || (!getPfn && !mmapFault);
    });
    expect(safe.length).toBeGreaterThan(1000);
    expect(safe.filter(({ verdict }) => verdict.shortest !== undefined)).toEqual([]);
  });

  test('kvm_gmem_get_pfn() with the lock is a deadlock of 6.16 in every company, of 6.19 in none', () => {
    const alone = found.filter(({ setup }) => setup.getPfn && !setup.mmapFault);
    const in616 = alone.filter(({ setup }) => setup.code === '6.16');
    expect(in616.filter(({ verdict }) => verdict.shortest === undefined)).toEqual([]);
    expect(alone.filter(({ setup, verdict }) => setup.code !== '6.16' && verdict.shortest !== undefined)).toEqual([]);
  });

  test('the second one needs a fault on the file, the slow path, and a writer of mmap_lock; or a source in the same file', () => {
    const second = found.filter(({ setup, verdict }) => verdict.shortest !== undefined && !setup.getPfn);
    expect(second.length).toBeGreaterThan(10);
    for (const { setup, crowd } of second) {
      expect(setup.mmapFault).toBe(true);
      expect(['6.16', '6.19']).toContain(setup.code);
      if (setup.source === 'same-file') continue;
      expect([setup.source, [...crowd].sort()]).toEqual(['absent', ['fill', 'mmap-call', 'user-fault']]);
    }
  });

  test('where the order of the locks leads in no circle there is no deadlock', () => {
    for (const { start, verdict } of found) {
      if (lockOrder(start).some((edge) => edge.inCycle)) continue;
      expect([start.setup, verdict.shortest]).toEqual([start.setup, undefined]);
    }
  });

  test('a shortest way leads to a ring with its last step and not before', () => {
    for (const { start, way } of found) {
      if (way === undefined) continue;
      let state = start;
      for (const [index, task] of way.entries()) {
        expect(state.ring).toEqual([]);
        const event = nextEvent(state, task);
        if (event === undefined) throw new Error(`step ${index} has nothing to do`);
        state = step(state, event).state;
      }
      expect(state.ring.length).toBeGreaterThan(0);
    }
  });
});

const choice = <T>(values: readonly T[]) => fc.constantFrom(...values);
const setup: fc.Arbitrary<Setup> = fc.record({
  code: choice(CODES),
  getPfn: fc.boolean(),
  mmapFault: fc.boolean(),
  source: choice(SOURCES),
});

describe('any tasks in any order', () => {
  test('keep the invariants, whether or not an event is one that comes next', () => {
    const run = fc.record({
      setup,
      tasks: fc.array(choice(TASKS), { minLength: 1, maxLength: 5 }),
      order: fc.array(fc.nat({ max: 5 }), { minLength: 10, maxLength: 80 }),
    });
    fc.assert(
      fc.property(run, ({ setup, tasks, order }) => {
        let state = startOf(setup, tasks);
        for (const task of order) {
          const event = nextEvent(state, task) ?? { task, do: 'drop', lock: 'S' };
          const taken = step(state, event);
          expect(taken.because).toMatch(/\.$/);
          if (taken.outcome === 'refused') expect(taken.state).toBe(state);
          expect(taken.outcome === 'stuck').toBe(taken.state !== state && taken.state.ring.length > 0);
          state = taken.state;
          for (const { name, holds } of invariants) expect([name, holds(state)]).toEqual([name, true]);
        }
      }),
      { ...SEED, numRuns: 400 },
    );
  });

  test('a run with parameters ends with all done or in a ring, and says the same every time', () => {
    const parameters = fc.record({
      code: choice<string>(CODES),
      getPfn: fc.boolean(),
      mmapFault: fc.boolean(),
      source: choice<string>(SOURCES),
      second: choice<string>(['none', ...TASKS]),
      third: choice<string>(['none', ...TASKS]),
      order: choice(['worst', 'in-turn', 'one-by-one']),
    });
    fc.assert(
      fc.property(parameters, (given) => {
        const run = populateLocks.run(given);
        const text = JSON.stringify(run.result);
        const ended = /"ring":\["A|"ring":\["B/.test(text) || !text.includes('"done":false');
        expect(ended).toBe(true);
        if (given.order === 'worst') {
          expect(text.includes('"shortest":')).toBe(run.steps.at(-1)?.outcome === 'stuck');
        }
        expect(JSON.stringify(populateLocks.run(given).result)).toBe(text);
        expect(run.steps.filter((taken) => taken.outcome === 'refused')).toEqual([]);
      }),
      { ...SEED, numRuns: 150 },
    );
  });
});

describe('the exploration', () => {
  test('is complete, keeps every invariant, and knows the shortest way to each goal that can be reached', () => {
    const { complete, invariants, goals = [] } = populateLocks.explore();
    expect(complete).toBe(true);
    expect(invariants.filter((each) => !each.holds)).toEqual([]);
    const steps = Object.fromEntries(
      goals.map(({ name, path }) => [name, path === undefined ? 'none' : path.length - 1]),
    );
    expect(steps).toEqual({
      deadlock: 8,
      'self-deadlock': 6,
      'deadlock-of-the-lock-in-get-pfn': 7,
      'deadlock-of-the-lock-in-mmap-faults': 8,
      'deadlock-in-6.16-as-it-is': 'none',
      'deadlock-in-open-coded': 'none',
      'deadlock-in-6.19-as-it-is': 'none',
      'deadlock-in-7.0': 'none',
      populated: 11,
    });
  });

  test('finds what breaks when a reader may think it never waits for itself', () => {
    const simulator: Simulator<State, Event, Parameters> = {
      id: 'broken',
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
      invariants: [{ name: 'nobody ever waits for itself', holds: (state) => state.ring.length !== 1 }],
      exploration,
    };
    const [broken] = explore(simulator).invariants;
    expect(broken?.holds).toBe(false);
    expect(broken?.path?.at(-1)).toMatchObject({ label: 'A asks for F(r)', rule: 'self-deadlock' });
  });
});
