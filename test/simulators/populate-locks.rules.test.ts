import { describe, expect, test } from 'vitest';
import { ask, blockersOf, type Claim, drop, FREE, type LockState } from '../../src/simulators/populate-locks/locks.ts';
import { describe as inWords, step } from '../../src/simulators/populate-locks/model.ts';
import { nextEvent } from '../../src/simulators/populate-locks/move.ts';
import { lockOrder } from '../../src/simulators/populate-locks/order.ts';
import { pathOf } from '../../src/simulators/populate-locks/paths.ts';
import {
  type Event,
  type Setup,
  type State,
  startOf,
  TASKS,
  type TaskKind,
} from '../../src/simulators/populate-locks/state.ts';

const r = (task: number): Claim => ({ task, mode: 'read' });
const w = (task: number): Claim => ({ task, mode: 'write' });
const as = (held: Claim[], queue: Claim[] = []): LockState => ({ held, queue });

const PLAIN: Setup = { code: '6.16', getPfn: false, mmapFault: false, source: 'absent' };

describe('who gets a lock', () => {
  test.each<[string, LockState, Claim, LockState]>([
    ['anyone gets a free lock', FREE, w(0), as([w(0)])],
    ['readers share', as([r(0)]), r(1), as([r(0), r(1)])],
    ['a writer waits for readers', as([r(0)]), w(1), as([r(0)], [w(1)])],
    ['a reader waits for a writer', as([w(0)]), r(1), as([w(0)], [r(1)])],
    ['a reader does not overtake a waiting writer', as([r(0)], [w(1)]), r(2), as([r(0)], [w(1), r(2)])],
    ['a writer that asks to read as well waits for itself', as([w(0)]), r(0), as([w(0)], [r(0)])],
    ['a reader may read twice while nobody waits', as([r(0)]), r(0), as([r(0), r(0)])],
    ['a reader that reads twice waits behind a writer between', as([r(0)], [w(1)]), r(0), as([r(0)], [w(1), r(0)])],
  ])('%s', (_, lock, claim, after) => {
    expect(ask(lock, claim)).toEqual(after);
  });

  test.each<[string, LockState, number, LockState, Claim[]]>([
    ['nobody waits', as([w(0)]), 0, as([]), []],
    ['the first writer gets it alone', as([w(0)], [w(1), w(2)]), 0, as([w(1)], [w(2)]), [w(1)]],
    ['a writer waits for the last reader', as([r(0), r(1)], [w(2)]), 0, as([r(1)], [w(2)]), []],
    ['the last reader gives it to the writer', as([r(1)], [w(2), r(0)]), 1, as([w(2)], [r(0)]), [w(2)]],
    [
      'a reader at the head takes all waiting readers along, past a writer',
      as([w(0)], [r(1), w(2), r(3)]),
      0,
      as([r(1), r(3)], [w(2)]),
      [r(1), r(3)],
    ],
    ['of two reads of one task one is dropped', as([r(0), r(0)]), 0, as([r(0)]), []],
  ])('when it is dropped: %s', (_, lock, task, after, granted) => {
    expect(drop(lock, task)).toEqual({ lock: after, granted });
  });

  test.each<[string, LockState, number, string[]]>([
    ['one that holds it waits for nobody', as([r(0)], [w(1)]), 0, []],
    ['a writer waits for every reader', as([r(0), r(1)], [w(2)]), 2, ['0 holds', '1 holds']],
    ['a reader waits for the writer before it, not for readers', as([r(0)], [w(1), r(2)]), 2, ['1 waits']],
    ['a reader behind a reader waits only for the holder', as([w(0)], [r(1), w(2), r(3)]), 3, ['0 holds']],
    ['a writer waits for all before it', as([w(0)], [r(1), w(2)]), 2, ['0 holds', '1 waits']],
    ['a writer that asks to read has itself as blocker', as([w(0)], [r(0)]), 0, ['0 holds']],
  ])('who is in the way: %s', (_, lock, task, blockers) => {
    expect(blockersOf(lock, task).map((each) => `${each.task} ${each.how}`)).toEqual(blockers);
  });
});

/** Taken locks with their mode, dropped ones with a minus: `S Fw f -f`. */
function written(setup: Partial<Setup>, does: TaskKind = 'fill'): string {
  return pathOf({ ...PLAIN, ...setup }, does)
    .map((op) => {
      if (op.do === 'work') return op.what;
      if (op.do === 'drop') return `-${op.lock}`;
      return op.lock === 'S' || op.lock === 'f' ? op.lock : `${op.lock}${op.mode[0]}`;
    })
    .join(' ');
}

describe('the paths', () => {
  test.each<[string, Partial<Setup>, string]>([
    ['6.16', {}, 'S Fw f -f Mr -M f -f Ur -U PAGE.ADD -F -S'],
    ['6.16, source in the page table', { source: 'mapped' }, 'S Fw f -f finds the source f -f Ur -U PAGE.ADD -F -S'],
    ['6.16, get_pfn locks', { getPfn: true }, 'S Fw f -f Mr -M Fr f -f -F Ur -U PAGE.ADD -F -S'],
    [
      '6.16, source in the same file',
      { mmapFault: true, source: 'same-file' },
      'S Fw f -f Mr Fr -F -M f -f Ur -U PAGE.ADD -F -S',
    ],
    ['6.16, same file that cannot be mapped', { source: 'same-file' }, 'S Fw f -f Mr -M f -f Ur -U PAGE.ADD -F -S'],
    ['the RFC', { code: 'open-coded' }, 'S Mr -M f -f Ur -U Ur PAGE.ADD -U -S'],
    ['the RFC, get_pfn locks', { code: 'open-coded', getPfn: true }, 'S Mr -M Fr f -f -F Ur -U Ur PAGE.ADD -U -S'],
    ['6.19', { code: '6.19', getPfn: true }, 'S Fw f -f Mr -M Ur PAGE.ADD -U -F -S'],
    ['7.0', { code: '7.0', getPfn: true }, 'S Mr -M Fw f -f Ur PAGE.ADD -U -F -S'],
    [
      '7.0, source in the same file',
      { code: '7.0', mmapFault: true, source: 'same-file' },
      'S Mr Fr -F -M Fw f -f Ur PAGE.ADD -U -F -S',
    ],
  ])('filling in %s', (_, setup, path) => {
    expect(written(setup)).toBe(path);
  });

  test.each<[TaskKind, Partial<Setup>, string]>([
    ['user-fault', {}, 'Mr maps it -M'],
    ['user-fault', { mmapFault: true }, 'Mr Fr -F -M'],
    ['mmap-call', {}, 'Mw mmap() -M'],
    ['punch-hole', {}, 'Fw Uw -U f -f Uw -U -F'],
    ['bind', {}, 'S Fw -F -S'],
    ['release', {}, 'S Fw Uw -U -F -S'],
    ['set-attributes', {}, 'S Uw -U -S'],
    ['guest-fault', {}, 'f -f Ur -U'],
    ['guest-fault', { getPfn: true }, 'Fr f -f -F Ur -U'],
  ])('%s with %o', (does, setup, path) => {
    expect(written(setup, does)).toBe(path);
  });

  test('every path gives back what it took, and every step has a source', () => {
    for (const does of TASKS) {
      for (const source of ['absent', 'same-file'] as const) {
        const path = pathOf({ code: '6.16', getPfn: true, mmapFault: true, source }, does);
        const taken = path.flatMap((op) => (op.do === 'take' ? [op.lock] : [])).sort();
        const dropped = path.flatMap((op) => (op.do === 'drop' ? [op.lock] : [])).sort();
        expect([does, dropped]).toEqual([does, taken]);
        for (const op of path) expect([op.source.where, op.why].every((text) => text.length > 3)).toBe(true);
      }
    }
  });
});

function play(setup: Partial<Setup>, tasks: readonly TaskKind[], way: string): { states: State[]; rules: string[] } {
  const states = [startOf({ ...PLAIN, ...setup }, tasks)];
  const rules: string[] = [];
  for (const name of way) {
    const state = states.at(-1);
    const event = state && nextEvent(state, name.charCodeAt(0) - 65);
    if (state === undefined || event === undefined) throw new Error(`${name} has nothing to do`);
    const taken = step(state, event);
    states.push(taken.state);
    rules.push(taken.rule);
  }
  return { states, rules };
}

describe('the rules', () => {
  test.each<[string, Partial<Setup>, TaskKind[], string, string]>([
    ['a free lock is taken', {}, ['fill'], 'A', 'take-lock'],
    ['a read lock is shared', {}, ['fill', 'user-fault'], 'AAAABA', 'share-lock'],
    ['a held lock is waited for', {}, ['fill', 'bind'], 'AB', 'wait-for-lock'],
    ['a reader waits behind a writer', {}, ['fill', 'user-fault', 'mmap-call'], 'AAAABCA', 'wait-behind-writer'],
    ['a dropped lock goes to who waits', {}, ['user-fault', 'mmap-call'], 'ABAA', 'hand-over'],
    ['a lock nobody wants is just dropped', {}, ['user-fault'], 'AAA', 'drop-lock'],
    ['work needs no lock of its own', {}, ['mmap-call'], 'AA', 'work'],
    ['one task that asks again is stuck', { getPfn: true }, ['fill'], 'AAAAAAA', 'self-deadlock'],
    ['a ring is stuck', { mmapFault: true }, ['fill', 'user-fault', 'mmap-call'], 'AAAABBCA', 'deadlock'],
  ])('%s', (_, setup, tasks, way, rule) => {
    expect(play(setup, tasks, way).rules.at(-1)).toBe(rule);
  });

  test('a waiting task gets the lock the moment it is dropped, and goes on behind it', () => {
    const { states } = play({}, ['bind', 'set-attributes'], 'ABAAA');
    const last = states.at(-1);
    expect(last?.tasks).toEqual([
      { does: 'bind', at: 4, waits: false },
      { does: 'set-attributes', at: 1, waits: false },
    ]);
    expect(last?.locks.S).toEqual(as([w(1)]));
  });

  test('an event that does not come next is refused and changes nothing', () => {
    const waiting = play({}, ['fill', 'bind'], 'AB').states.at(-1);
    const done = play({}, ['user-fault'], 'AAA').states.at(-1);
    const stuck = play({ getPfn: true }, ['fill', 'mmap-call'], 'AAAAAAA').states.at(-1);
    if (waiting === undefined || done === undefined || stuck === undefined) throw new Error('nothing was played');
    const refused: [State, Event, string][] = [
      [waiting, { task: 1, do: 'take', lock: 'S', mode: 'write' }, 'B waits for a lock.'],
      [waiting, { task: 0, do: 'drop', lock: 'S' }, 'This is not what A does next.'],
      [waiting, { task: 7, do: 'drop', lock: 'S' }, 'There is no task H.'],
      [done, { task: 0, do: 'drop', lock: 'M' }, 'A is done.'],
      [
        stuck,
        { task: 1, do: 'take', lock: 'M', mode: 'write' },
        'Tasks wait for each other in a ring; the rest no longer matters.',
      ],
    ];
    for (const [state, event, because] of refused) {
      expect(step(state, event)).toEqual({ state, outcome: 'refused', rule: 'cannot-go', because });
    }
  });

  test('events are told in a few words', () => {
    expect(inWords({ task: 0, do: 'take', lock: 'F', mode: 'write' })).toBe('A asks for F(w)');
    expect(inWords({ task: 1, do: 'take', lock: 'f', mode: 'write' })).toBe('B asks for f');
    expect(inWords({ task: 2, do: 'drop', lock: 'M' })).toBe('C drops M');
    expect(inWords({ task: 0, do: 'work', what: 'PAGE.ADD' })).toBe('A: PAGE.ADD');
  });
});

describe('the order of the locks, as lockdep would see it', () => {
  test.each<[string, Partial<Setup>, TaskKind[], string[]]>([
    ['6.16 with everybody', {}, [...TASKS], []],
    ['get_pfn locks: F after F', { getPfn: true }, ['fill'], ['F F']],
    ['a fault on the file: M and F both ways', { mmapFault: true }, ['fill', 'user-fault'], ['F M', 'M F']],
    [
      'even if the source is always in the page table: the fast path says what it might take',
      { mmapFault: true, source: 'mapped' },
      ['fill', 'user-fault'],
      ['F M', 'M F'],
    ],
    ['6.19 does not help with that', { code: '6.19', mmapFault: true }, ['fill', 'user-fault'], ['F M', 'M F']],
    ['6.19 with get_pfn', { code: '6.19', getPfn: true }, [...TASKS], []],
    ['the RFC with both and everybody', { code: 'open-coded', getPfn: true, mmapFault: true }, [...TASKS], []],
    [
      '7.0 with both and everybody',
      { code: '7.0', getPfn: true, mmapFault: true, source: 'same-file' },
      [...TASKS],
      [],
    ],
  ])('%s', (_, setup, tasks, circle) => {
    const edges = lockOrder(startOf({ ...PLAIN, ...setup }, tasks));
    expect(edges.filter((edge) => edge.inCycle).map((edge) => `${edge.from} ${edge.to}`)).toEqual(circle);
  });

  test('names the tasks on whose path an edge lies', () => {
    const edges = lockOrder(startOf(PLAIN, ['fill', 'punch-hole', 'fill']));
    expect(edges.find((edge) => edge.from === 'F' && edge.to === 'f')?.tasks).toEqual([0, 1, 2]);
    expect(edges.find((edge) => edge.from === 'S')?.tasks).toEqual([0, 2]);
  });
});
