import type { Invariant } from '../kit/simulator.ts';
import { LOCKS, type LockState } from './locks.ts';
import { canGo, isDone, nextOp } from './move.ts';
import { blockersIn, wantedBy } from './ring.ts';
import type { State } from './state.ts';

export const invariants: readonly Invariant<State>[] = [
  { name: 'with the order of 7.0 no tasks wait in a ring', holds: (state) => noRingIn(state, '7.0') },
  { name: 'with the open-coded RFC no tasks wait in a ring', holds: (state) => noRingIn(state, 'open-coded') },
  { name: 'without the proposed locks no tasks wait in a ring', holds: noRingAsItIs },
  {
    name: 'a lock held for writing is held by one task, once',
    holds: (state) => LOCKS.every((name) => writerIsAlone(state.locks[name])),
  },
  { name: 'a task waits only for what somebody keeps from it', holds: waitsForSomebody },
  { name: 'a task that is done holds nothing', holds: doneHoldsNothing },
  { name: 'mmu_lock and the folio lock are in no ring', holds: innerLocksAreInNoRing },
  { name: 'if no task can go on, all are done or there is a ring', holds: stuckMeansRing },
  { name: 'a task that waits for itself holds the invalidate lock for writing', holds: waitsForItselfAsWriter },
];

function noRingIn({ setup, ring }: State, code: string): boolean {
  return setup.code !== code || ring.length === 0;
}

function noRingAsItIs({ setup, ring }: State): boolean {
  return setup.getPfn || setup.mmapFault || ring.length === 0;
}

function writerIsAlone({ held }: LockState): boolean {
  return held.length < 2 || held.every((claim) => claim.mode === 'read');
}

/** Said by what the task would do next, not by the queue. */
function waitsForSomebody(state: State): boolean {
  return state.tasks.every((task, number) => {
    const op = nextOp(state, number);
    const queued = LOCKS.filter((name) => state.locks[name].queue.some((claim) => claim.task === number));
    if (!task.waits) return queued.length === 0;
    return op?.do === 'take' && queued.join() === op.lock && blockersIn(state, number).length > 0;
  });
}

function doneHoldsNothing(state: State): boolean {
  const claims = LOCKS.flatMap((name) => [...state.locks[name].held, ...state.locks[name].queue]);
  return claims.every((claim) => !isDone(state, claim.task));
}

function innerLocksAreInNoRing(state: State): boolean {
  return state.ring.every((number) => !['U', 'f'].includes(wantedBy(state, number)?.lock ?? 'U'));
}

function stuckMeansRing(state: State): boolean {
  const numbers = [...state.tasks.keys()];
  if (numbers.some((number) => canGo(state, number))) return true;
  return state.ring.length > 0 || numbers.every((number) => isDone(state, number));
}

function waitsForItselfAsWriter({ ring, locks }: State): boolean {
  const [only] = ring;
  return ring.length !== 1 || locks.F.held.some((claim) => claim.task === only && claim.mode === 'write');
}
