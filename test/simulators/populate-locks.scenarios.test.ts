import { describe, expect, test } from 'vitest';
import { sceneText, simulatorById } from '../../src/simulators/index.ts';
import { invariants } from '../../src/simulators/populate-locks/invariants.ts';
import type { Claim, LockState } from '../../src/simulators/populate-locks/locks.ts';
import { type State, startOf } from '../../src/simulators/populate-locks/state.ts';

const simulator = simulatorById('populate-locks');

function open(id: string, overrides: Record<string, unknown> = {}) {
  const run = simulator?.runScenario(id, overrides);
  const openAt = simulator?.scenario(id)?.openAt ?? -1;
  const taken = run?.at(openAt).taken;
  if (run === undefined || taken === undefined) throw new Error(`${id} opens nowhere`);
  return { run, taken, result: run.result, text: sceneText(run.sceneAt(openAt)) };
}

describe('the scenarios', () => {
  test('the ids that notes and saved links use are there', () => {
    expect(simulator?.scenarios.map(({ id }) => id)).toEqual([
      'as-in-6.16',
      'get-pfn-takes-lock',
      'mmap-fault',
      'mmap-fault-readers-share',
      'same-memfd-source',
      'open-coded',
      'map-pfn-in-hand',
      'second-one-remains',
      'source-page-first',
    ]);
  });

  test('as-in-6.16: the page is looked up twice and no lock of the file asked for twice', () => {
    const { taken, result } = open('as-in-6.16');
    expect(taken).toMatchObject({ rule: 'take-lock', outcome: 'done' });
    expect(taken.because).toContain('kvm_gmem_get_pfn() looks the page up and asks for no lock of the file');
    expect(result).toMatchObject({ populated: true, ring: [], lockdep_would_report: false });
    expect(result).not.toHaveProperty('interleavings.shortest');
  });

  test('get-pfn-takes-lock: one task, after 7 steps, every time', () => {
    const { run, taken, result, text } = open('get-pfn-takes-lock');
    expect(taken).toMatchObject({ rule: 'self-deadlock', outcome: 'stuck', index: run.last });
    expect(taken.because).toContain('one task is enough, every time');
    expect(result).toMatchObject({ populated: false, ring: ['A'], self_deadlock: true });
    expect(text).toContain('Warning: This task alone: a deadlock after 7 steps, every time.');
    for (const order of ['in-turn', 'one-by-one']) {
      expect(open('get-pfn-takes-lock', { order, source: 'mapped' }).result).toMatchObject({ self_deadlock: true });
    }
  });

  test('mmap-fault: A waits behind C, C for B, B for A', () => {
    const { taken, result, text } = open('mmap-fault');
    expect(taken).toMatchObject({ rule: 'deadlock', outcome: 'stuck' });
    expect(result).toMatchObject({ ring: ['A', 'C', 'B'], self_deadlock: false, lockdep_would_report: true });
    expect(text).toContain('! 7     ##/ S F(w) waits M(r)  |/ M(r) waits F(r)  / waits M(w)');
    expect(text.replace(/\s+/g, ' ')).toContain(
      'The ring: A waits for M behind C, C waits for M that B holds and B waits for F that A holds.',
    );
  });

  test('mmap-fault needs bad luck, and the slow path: other orders and a mapped source get through', () => {
    expect(open('mmap-fault', { order: 'one-by-one' }).result).toMatchObject({ populated: true, ring: [] });
    const mapped = simulator?.runScenario('mmap-fault', { source: 'mapped' }).result;
    expect(mapped).toMatchObject({ populated: true, ring: [], lockdep_would_report: true });
  });

  test('mmap-fault-readers-share: without a writer the two share mmap_lock, and only lockdep complains', () => {
    const { taken, result, text } = open('mmap-fault-readers-share');
    expect(taken.rule).toBe('share-lock');
    expect(taken.because).toContain('beside B, since readers share');
    expect(result).toMatchObject({ populated: true, ring: [], lockdep_would_report: true });
    expect(text.replace(/\s+/g, ' ')).toContain('none ends in a deadlock, but lockdep would report the order');
  });

  test('same-memfd-source: one task alone, unless the source is ordinary memory', () => {
    expect(open('same-memfd-source').taken).toMatchObject({ rule: 'self-deadlock', outcome: 'stuck' });
    expect(simulator?.runScenario('same-memfd-source', { source: 'absent' }).result).toMatchObject({ populated: true });
    const unmapped = simulator?.runScenario('same-memfd-source', { mmapFault: false });
    expect(unmapped?.result).toMatchObject({ populated: true });
    expect(sceneText(unmapped?.sceneAt(-1) ?? { title: '', summary: '', parts: [] })).toContain('cannot be mapped');
  });

  test('open-coded: both deadlocks are gone, since nothing is asked for under the invalidate lock', () => {
    const { taken, result } = open('open-coded');
    expect(taken).toMatchObject({ rule: 'take-lock' });
    expect(result).toMatchObject({ populated: true, ring: [], lockdep_would_report: false });
    expect(simulator?.runScenario('open-coded', { source: 'same-file', order: 'worst' }).result).toMatchObject({
      populated: true,
      lockdep_would_report: false,
    });
  });

  test('map-pfn-in-hand: the same proposed lock, and the task gets through', () => {
    const { taken, result } = open('map-pfn-in-hand');
    expect(taken.because).toContain('the PFN in hand is mapped as it is');
    expect(result).toMatchObject({ proposed_locks: { get_pfn: true }, populated: true, lockdep_would_report: false });
  });

  test('second-one-remains: 6.19 meets the ring of mmap-fault', () => {
    expect(open('second-one-remains').result).toMatchObject({ code: '6.19', ring: ['A', 'C', 'B'], populated: false });
    expect(simulator?.runScenario('same-memfd-source', { code: '6.19' }).result).toMatchObject({ self_deadlock: true });
  });

  test('source-page-first: with both locks proposed, the same tasks, and a source in the same file', () => {
    const { taken, result, text } = open('source-page-first');
    expect(taken.because).toContain('A takes the invalidate lock (F) for writing');
    expect(result).toMatchObject({ populated: true, ring: [], lockdep_would_report: false });
    expect(text.replace(/\s+/g, ' ')).toMatch(
      /All interleavings of these 3 tasks, \d+ states: none ends in a deadlock\./,
    );
    const worst = simulator?.runScenario('source-page-first', { order: 'worst', source: 'same-file' }).result;
    expect(worst).toMatchObject({ populated: true, ring: [] });
  });
});

describe('the picture', () => {
  test('stays within 80 columns at every step of every scenario', () => {
    for (const { id } of simulator?.scenarios ?? []) {
      const { run } = open(id);
      for (let at = -1; at <= run.last; at++) {
        const wide = sceneText(run.sceneAt(at))
          .split('\n')
          .filter((line) => line.length > 80);
        expect([id, at, wide]).toEqual([id, at, []]);
      }
    }
  });

  test('shows before the first step what each task is going to take, and what that comes to', () => {
    const text = sceneText(open('source-page-first').run.sceneAt(-1));
    expect(text).toContain('A fills   S > [M(r)] > F(w) > [f] > U(r) > PAGE.ADD');
    expect(text).toContain('none ends in a deadlock');
  });

  test('keeps its time scale from the first step to the last', () => {
    const { run } = open('as-in-6.16');
    const ends = run.steps.flatMap(({ index }) =>
      run.sceneAt(index).parts.flatMap((part) => (part.kind === 'timeline' ? [part.rows.length] : [])),
    );
    expect(new Set(ends)).toEqual(new Set([run.last + 1]));
  });

  test('draws a bar for as long as a lock is held, and another for the wait before it', () => {
    const { run } = open('as-in-6.16');
    const spans = run
      .sceneAt(run.last)
      .parts.flatMap((part) => (part.kind === 'timeline' ? (part.spans ?? []) : []))
      .filter(({ id }) => id.startsWith('A-F-'));
    expect(spans.map(({ lane, from, to, look }) => ({ lane, from, to, look }))).toEqual([
      { lane: 0, from: 3, to: 12, look: 'hatched' },
      { lane: 0, from: 12, to: 22, look: 'solid' },
    ]);
  });
});

describe('the invariants', () => {
  const r = (task: number): Claim => ({ task, mode: 'read' });
  const w = (task: number): Claim => ({ task, mode: 'write' });
  const start = startOf({ code: '7.0', getPfn: true, mmapFault: true, source: 'absent' }, ['fill', 'user-fault']);
  const withLock = (name: keyof State['locks'], lock: LockState, change: Partial<State> = {}): State => ({
    ...start,
    ...change,
    locks: { ...start.locks, [name]: lock },
  });
  const doneTasks = start.tasks.map((task) => ({ ...task, at: 99 }));
  const stuckTasks = start.tasks.map((task) => ({ ...task, waits: true }));
  const broken: Record<string, State> = {
    'with the order of 7.0 no tasks wait in a ring': { ...start, ring: [0, 1] },
    'with the open-coded RFC no tasks wait in a ring': {
      ...start,
      setup: { ...start.setup, code: 'open-coded' },
      ring: [0],
    },
    'without the proposed locks no tasks wait in a ring': {
      ...start,
      setup: { code: '6.16', getPfn: false, mmapFault: false, source: 'absent' },
      ring: [0, 1],
    },
    'a lock held for writing is held by one task, once': withLock('M', { held: [w(0), r(1)], queue: [] }),
    'a task waits only for what somebody keeps from it': withLock(
      'S',
      { held: [], queue: [w(0)] },
      { tasks: stuckTasks },
    ),
    'a task that is done holds nothing': withLock('M', { held: [r(1)], queue: [] }, { tasks: doneTasks }),
    'mmu_lock and the folio lock are in no ring': { ...start, ring: [0] },
    'if no task can go on, all are done or there is a ring': { ...start, tasks: stuckTasks },
    'a task that waits for itself holds the invalidate lock for writing': withLock(
      'F',
      { held: [r(0)], queue: [] },
      { ring: [0] },
    ),
  };

  test.each(invariants.map(({ name, holds }) => ({ name, holds })))(
    '$name: a state that breaks it is seen',
    ({ name, holds }) => {
      expect(holds(start)).toBe(true);
      const state = broken[name];
      if (state === undefined) throw new Error('no state breaks this');
      expect(holds(state)).toBe(false);
    },
  );
});
