import { LOCKS } from './locks.ts';
import { isDone } from './move.ts';
import type { Op } from './paths.ts';
import { wantedBy } from './ring.ts';
import type { Bar, Memory, State } from './state.ts';
import { shortLock } from './words.ts';

/** The state with its last step noted for the picture; a state without memory stays without. */
export function remember(state: State, op: Op, number: number): State {
  const { memory } = state;
  if (memory === undefined) return state;
  const cells = state.tasks.map((_, task) => cellOf(state, task, task === number ? op : undefined));
  const rows = [...memory.rows, { task: number, cells, bad: state.ring.length > 0 }];
  return { ...state, memory: { ...memory, rows, bars: barsOf(memory, state, rows.length - 1) } };
}

/** Held locks, and what the task did or waits for: `S F(w) +M(r)`, `S F(w) -M`, `M(r) waits F(r)`. */
function cellOf(state: State, task: number, op: Op | undefined): string {
  const held = LOCKS.flatMap((lock) =>
    state.locks[lock].held.filter((claim) => claim.task === task).map(({ mode }) => ({ lock, mode })),
  );
  const wanted = wantedBy(state, task);
  const words = held.map(({ lock, mode }) => {
    const fresh = wanted === undefined && op?.do === 'take' && op.lock === lock;
    return `${fresh ? '+' : ''}${shortLock(lock, mode)}`;
  });
  if (wanted !== undefined) words.push(`waits ${shortLock(wanted.lock, wanted.mode)}`);
  else if (op?.do === 'drop') words.push(`-${op.lock}`);
  else if (op?.do === 'work') words.push(op.what);
  if (isDone(state, task)) words.push('done');
  return words.join(' ');
}

/** Bars that go on stay as they are; others end at this step, new ones begin. */
function barsOf({ bars }: Memory, { locks }: State, at: number): Bar[] {
  const now = LOCKS.flatMap((lock) => [
    ...locks[lock].held.map((claim) => ({ ...claim, lock, waits: false })),
    ...locks[lock].queue.map((claim) => ({ ...claim, lock, waits: true })),
  ]);
  const same = (one: Omit<Bar, 'from'>, other: Omit<Bar, 'from'>) =>
    one.task === other.task && one.lock === other.lock && one.mode === other.mode && one.waits === other.waits;
  const kept = bars.map((bar) =>
    bar.to !== undefined || now.some((each) => same(bar, each)) ? bar : { ...bar, to: at },
  );
  const open = kept.filter((bar) => bar.to === undefined);
  const begun = now.filter((each) => !open.some((bar) => same(bar, each)));
  return [...kept, ...begun.map((each): Bar => ({ ...each, from: at }))];
}
