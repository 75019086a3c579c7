import { LOCKS, type LockName, type Mode } from './locks.ts';
import { pathOf } from './paths.ts';
import type { State } from './state.ts';

/** While `from` is held, `to` is asked for. */
export interface Edge {
  from: LockName;
  to: LockName;
  modes: readonly [Mode, Mode];
  /** The tasks on whose paths this is. */
  tasks: readonly number[];
  /** Whether a way leads from `to` back to `from`. */
  inCycle: boolean;
}

/**
 * The order of locks as lockdep sees it: from the paths alone, whatever the timing. Readers count like writers, since none of
 * these locks lets a reader overtake a waiting writer.
 */
export function lockOrder({ setup, tasks }: State): Edge[] {
  const edges = new Map<string, Omit<Edge, 'inCycle'>>();
  for (const [number, task] of tasks.entries()) {
    const held: { lock: LockName; mode: Mode }[] = [];
    for (const op of pathOf(setup, task.does)) {
      const asked = op.do === 'take' ? op : op.do === 'work' ? op.may : undefined;
      if (asked !== undefined) for (const each of held) note(edges, each, asked, number);
      if (op.do === 'take') held.push({ lock: op.lock, mode: op.mode });
      if (op.do === 'drop') {
        const last = held.findLastIndex((each) => each.lock === op.lock);
        held.splice(last, 1);
      }
    }
  }
  const all = [...edges.values()];
  return all
    .map((edge) => ({ ...edge, inCycle: leads(all, edge.to, edge.from) }))
    .sort((a, b) => LOCKS.indexOf(a.from) - LOCKS.indexOf(b.from) || LOCKS.indexOf(a.to) - LOCKS.indexOf(b.to));
}

function note(
  edges: Map<string, Omit<Edge, 'inCycle'>>,
  from: { lock: LockName; mode: Mode },
  to: { lock: LockName; mode: Mode },
  task: number,
): void {
  const key = `${from.lock} ${from.mode} ${to.lock} ${to.mode}`;
  const before = edges.get(key)?.tasks ?? [];
  const tasks = before.includes(task) ? before : [...before, task];
  edges.set(key, { from: from.lock, to: to.lock, modes: [from.mode, to.mode], tasks });
}

function leads(edges: readonly { from: LockName; to: LockName }[], start: LockName, goal: LockName): boolean {
  const reached = new Set<LockName>([start]);
  for (const lock of reached) {
    if (lock === goal) return true;
    for (const edge of edges) if (edge.from === lock) reached.add(edge.to);
  }
  return false;
}
