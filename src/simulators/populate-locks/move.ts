import { ask, type Claim, drop, type LockName, type LockState } from './locks.ts';
import { type Op, pathOf } from './paths.ts';
import { findRing } from './ring.ts';
import type { Event, State, Task } from './state.ts';

/** What a task does next; `undefined` when it is done. */
export function nextOp({ setup, tasks }: State, number: number): Op | undefined {
  const task = tasks[number];
  return task === undefined ? undefined : pathOf(setup, task.does)[task.at];
}

export function isDone(state: State, number: number): boolean {
  return nextOp(state, number) === undefined;
}

/** The next step of a task as an event; `undefined` when it is done. */
export function nextEvent(state: State, task: number): Event | undefined {
  const op = nextOp(state, task);
  if (op?.do === 'take') return { task, do: 'take', lock: op.lock, mode: op.mode };
  if (op?.do === 'drop') return { task, do: 'drop', lock: op.lock };
  return op && { task, do: 'work', what: op.what };
}

/** Whether a task can take a step: it is not done and waits for nothing. Once there is a ring nothing is of interest any more. */
export function canGo(state: State, number: number): boolean {
  return state.ring.length === 0 && state.tasks[number]?.waits === false && !isDone(state, number);
}

export interface Moved {
  state: State;
  op: Op;
  /** Who got a lock because this step dropped it. */
  granted: readonly Claim[];
}

/** One step of a task that can go. Nothing but who holds and waits for what is looked at here; `undefined` when it cannot. */
export function move(state: State, number: number): Moved | undefined {
  const op = nextOp(state, number);
  if (op === undefined || !canGo(state, number)) return undefined;
  if (op.do === 'work') return { state: { ...state, tasks: onward(state.tasks, [number]) }, op, granted: [] };
  const lock = state.locks[op.lock];
  if (op.do === 'drop') {
    const { lock: left, granted } = drop(lock, number);
    const tasks = onward(state.tasks, [number, ...granted.map((claim) => claim.task)]);
    return { state: withRing({ ...state, tasks, locks: withLock(state, op.lock, left) }), op, granted };
  }
  const asked = ask(lock, { task: number, mode: op.mode });
  const waits = asked.queue.length > lock.queue.length;
  const tasks = waits ? waiting(state.tasks, number) : onward(state.tasks, [number]);
  return { state: withRing({ ...state, tasks, locks: withLock(state, op.lock, asked) }), op, granted: [] };
}

function onward(tasks: readonly Task[], numbers: readonly number[]): Task[] {
  return tasks.map((task, index) => (numbers.includes(index) ? { ...task, at: task.at + 1, waits: false } : task));
}

function waiting(tasks: readonly Task[], number: number): Task[] {
  return tasks.map((task, index) => (index === number ? { ...task, waits: true } : task));
}

function withLock({ locks }: State, name: LockName, lock: LockState): State['locks'] {
  return { ...locks, [name]: lock };
}

function withRing(state: State): State {
  return { ...state, ring: findRing(state) };
}
