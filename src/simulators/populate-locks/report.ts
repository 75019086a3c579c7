import type { Json } from '../kit/simulator.ts';
import { LOCKS } from './locks.ts';
import { isDone } from './move.ts';
import { lockOrder } from './order.ts';
import { wantedBy } from './ring.ts';
import type { State } from './state.ts';
import { letter, shortLock } from './words.ts';

/** What a run came to, and what all interleavings of its tasks come to. */
export function report(state: State): Json {
  const { setup, tasks, ring, memory } = state;
  const order = lockOrder(state);
  return {
    code: setup.code,
    proposed_locks: { get_pfn: setup.getPfn, mmap_fault: setup.mmapFault },
    tasks: tasks.map((task, number): Json => {
      const wanted = wantedBy(state, number);
      return {
        name: letter(number),
        does: task.does,
        done: isDone(state, number),
        holds: LOCKS.flatMap((lock) =>
          state.locks[lock].held.filter((claim) => claim.task === number).map(({ mode }) => shortLock(lock, mode)),
        ),
        ...(wanted === undefined ? {} : { waits_for: shortLock(wanted.lock, wanted.mode) }),
      };
    }),
    populated: isDone(state, 0),
    ring: ring.map(letter),
    self_deadlock: ring.length === 1,
    lock_order: order.map(({ from, to, modes }) => `${shortLock(from, modes[0])} -> ${shortLock(to, modes[1])}`),
    lockdep_would_report: order.some((edge) => edge.inCycle),
    ...(memory === undefined ? {} : { interleavings: { ...memory.verdict } }),
  };
}
