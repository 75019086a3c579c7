import { LOCKS } from './locks.ts';
import { move } from './move.ts';
import type { State, Verdict } from './state.ts';

/** Three tasks come to about two thousand states; this leaves room. */
const MOST = 20_000;

interface Visit {
  state: State;
  task: number;
  from?: Visit;
}

/** Every interleaving of the tasks, breadth first: how many states there are, and a shortest way to a ring if one is there. */
export function walkAll(start: State): { verdict: Verdict; way?: number[] } {
  const { memory, ...bare } = start;
  const seen = new Set<string>([keyOf(bare)]);
  const visits: Visit[] = [{ state: bare, task: -1 }];
  let ring: Visit | undefined;
  for (const from of visits) {
    for (const task of from.state.tasks.keys()) {
      const state = move(from.state, task)?.state;
      if (state === undefined) continue;
      const key = keyOf(state);
      if (seen.has(key)) continue;
      if (seen.size >= MOST) return { verdict: { states: seen.size, complete: false } };
      seen.add(key);
      const visit = { state, task, from };
      if (ring === undefined && state.ring.length > 0) ring = visit;
      visits.push(visit);
    }
  }
  if (ring === undefined) return { verdict: { states: seen.size, complete: true } };
  const way = wayTo(ring);
  return { verdict: { states: seen.size, complete: true, shortest: way.length }, way };
}

/** Who is where and who stands in which queue says everything: what is held follows from it. */
function keyOf({ tasks, locks }: State): string {
  const places = tasks.map((task) => task.at).join(' ');
  return `${places} ${LOCKS.map((name) => locks[name].queue.map((claim) => claim.task).join('')).join('|')}`;
}

function wayTo(visit: Visit): number[] {
  const way: number[] = [];
  for (let at: Visit | undefined = visit; at?.from !== undefined; at = at.from) way.push(at.task);
  return way.reverse();
}
