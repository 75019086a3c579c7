import { type Blocker, blockersOf, type LockName } from './locks.ts';
import { pathOf } from './paths.ts';
import type { State } from './state.ts';

/** The lock a waiting task asked for. */
export function wantedBy(state: State, number: number): { lock: LockName; mode: 'read' | 'write' } | undefined {
  const task = state.tasks[number];
  if (task === undefined || !task.waits) return undefined;
  const op = pathOf(state.setup, task.does)[task.at];
  return op?.do === 'take' ? { lock: op.lock, mode: op.mode } : undefined;
}

export function blockersIn(state: State, number: number): Blocker[] {
  const wanted = wantedBy(state, number);
  return wanted === undefined ? [] : blockersOf(state.locks[wanted.lock], number);
}

/** The smallest ring of tasks that wait for each other, from its lowest task on; a task that waits for itself is one. */
export function findRing(state: State): number[] {
  let least: number[] = [];
  for (const first of state.tasks.keys()) {
    const ring = wayBack(state, first);
    if (ring.length > 0 && (least.length === 0 || ring.length < least.length)) least = ring;
  }
  return least;
}

/** Breadth first along who waits for whom, from a task back to itself; empty when no way leads there. */
function wayBack(state: State, first: number): number[] {
  const from = new Map<number, number>();
  const reached = [first];
  for (const number of reached) {
    for (const { task } of blockersIn(state, number)) {
      if (task === first) return backwards(from, first, number);
      if (from.has(task)) continue;
      from.set(task, number);
      reached.push(task);
    }
  }
  return [];
}

function backwards(from: ReadonlyMap<number, number>, first: number, last: number): number[] {
  const way = [last];
  for (let at = last; at !== first; ) {
    at = from.get(at) ?? first;
    way.push(at);
  }
  return way.reverse();
}
