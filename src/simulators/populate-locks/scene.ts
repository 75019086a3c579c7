import type { NotePart, Scene, ScenePart, TablePart, TimelinePart, TimelineRow, TimelineSpan } from '../kit/scene.ts';
import { LOCKS, type LockName } from './locks.ts';
import { isDone } from './move.ts';
import { lockOrder } from './order.ts';
import { pathOf } from './paths.ts';
import { orderGraph, waitGraph } from './scene-graphs.ts';
import type { Bar, State } from './state.ts';
import { tasksInWords } from './told.ts';
import { count, heading, LOCK_NAMES, letter, listed, PLAIN, setupInWords, shortLock } from './words.ts';

/** Who holds and who waits, the same over time, the order of the locks, and what all interleavings come to. */
export function draw(state: State): Scene {
  const rows = state.memory?.rows ?? [];
  const parts: ScenePart[] =
    rows.length === 0
      ? [pathTable(state), orderGraph(state)]
      : [waitGraph(state, rows.at(-1)?.task), locksOverTime(state), orderGraph(state)];
  return { title: 'Locks while a TD is filled', summary: summary(state), parts: [...parts, ...notes(state)] };
}

function summary(state: State): string {
  const { setup, tasks, ring, memory } = state;
  const what = `${setupInWords(setup)}: ${tasksInWords(state)}.`;
  const steps = memory?.rows.length ?? 0;
  if (steps === 0) return what;
  if (ring.length === 1) return `${what} After ${count(steps, 'step')} ${letter(ring[0] ?? 0)} waits for itself.`;
  if (ring.length > 1) return `${what} After ${count(steps, 'step')} ${listed(ring.map(letter))} wait in a ring.`;
  const waiting = [...tasks.keys()].filter((task) => tasks[task]?.waits);
  if (tasks.every((_, task) => isDone(state, task))) return `${what} All done after ${count(steps, 'step')}.`;
  const now =
    waiting.length === 0 ? 'nobody waits' : `${listed(waiting.map(letter))} ${waiting.length === 1 ? 'waits' : 'wait'}`;
  return `${what} After ${count(steps, 'step')} ${now}.`;
}

/** What each task is going to take. */
function pathTable(state: State): TablePart {
  return {
    kind: 'table',
    title: 'What each task takes, in this order; in brackets what it drops again at once',
    columns: ['task', 'locks'],
    rows: state.tasks.map((_, task) => ({ cells: [heading(state, task), pathInWords(state, task)] })),
  };
}

function pathInWords({ setup, tasks }: State, number: number): string {
  const path = pathOf(setup, tasks[number]?.does ?? 'fill');
  const words: string[] = [];
  for (const [index, op] of path.entries()) {
    if (op.do === 'work') words.push(op.what);
    if (op.do !== 'take') continue;
    const after = path[index + 1];
    const brief = after?.do === 'drop' && after.lock === op.lock;
    const lock = shortLock(op.lock, op.mode);
    words.push(brief ? `[${lock}]` : lock);
  }
  return words.join(' > ');
}

/** Tasks side by side and time downwards: what each holds, and what it waits for. */
function locksOverTime(state: State): TimelinePart {
  const { rows = [], bars = [], planned = 0 } = state.memory ?? {};
  const last = rows.length - 1;
  const past = rows.map(
    (row, number): TimelineRow => ({
      id: `step-${number}`,
      label: String(number),
      cells: row.cells,
      detail: `step ${number}: ${row.cells.map((cell, task) => `${letter(task)} ${cell === '' ? 'holds nothing' : cell}`).join('; ')}`,
      ...(number === last ? { fresh: true } : {}),
      ...(row.bad ? { bad: true } : {}),
    }),
  );
  const none = state.tasks.map(() => '');
  const coming = Array.from({ length: Math.max(0, planned - rows.length) }, (_, index): TimelineRow => {
    const number = rows.length + index;
    return { id: `step-${number}`, label: String(number), cells: none, detail: `step ${number}: still to come` };
  });
  return {
    kind: 'timeline',
    title: 'Step by step: what each task holds, takes (+), drops (-) and waits for',
    unit: 'step',
    lanes: state.tasks.map((_, task) => ({ label: heading(state, task) })),
    rows: [...past, ...coming],
    now: rows.length,
    spans: bars.map((bar) => spanOf(bar, rows.length)),
    legend: { solid: 'held, alone', outline: 'held for reading', hatched: 'waited for' },
  };
}

function spanOf({ task, lock, mode, waits, from, to }: Bar, steps: number): TimelineSpan {
  const verb = waits ? 'waits for' : 'holds';
  const time =
    to === undefined ? `since step ${from}` : to - from === 1 ? `in step ${from}` : `from step ${from} to ${to}`;
  return {
    id: `${letter(task)}-${lock}-${waits ? 'waits' : 'held'}-${from}`,
    lane: task,
    from,
    to: to ?? steps,
    label: shortLock(lock, mode),
    detail: `${letter(task)} ${verb} ${shortLock(lock, mode)} ${time}`,
    look: waits ? 'hatched' : mode === 'write' ? 'solid' : 'outline',
    hue: task,
  };
}

function notes(state: State): NotePart[] {
  const { setup, memory } = state;
  const notes: NotePart[] = [];
  const note = (look: NotePart['look'], text: string) => notes.push({ kind: 'note', look, text });
  if (memory !== undefined) note(...verdict(state, memory.verdict));
  if (setup.source === 'same-file' && !setup.mmapFault) {
    note('warning', 'The file of this TD cannot be mapped, so the source lies in ordinary memory after all.');
  }
  if (setup.code === 'open-coded') note('info', "Yan Zhao's RFC of July 2025 was not merged.");
  if (setup.getPfn || setup.mmapFault) {
    note('info', 'Proposed locks: by series under review in July 2025, and not in 6.16.');
  }
  note('info', `${LOCKS.map(nameOf).join(', ')}; (r) for reading, (w) for writing.`);
  return notes;
}

function nameOf(lock: LockName): string {
  const name = LOCK_NAMES[lock].replace(/^the /, '');
  return `${lock} ${name}${PLAIN.includes(lock) ? ' (no readers)' : ''}`;
}

type Told = [NotePart['look'], string];

function verdict(
  state: State,
  { states, complete, shortest }: { states: number; complete: boolean; shortest?: number },
): Told {
  const alone = state.tasks.length === 1;
  const all = alone
    ? 'This task alone'
    : `All interleavings of these ${state.tasks.length} tasks, ${count(states, 'state')}`;
  if (!complete) return ['warning', `More than ${states} states: not all interleavings were walked.`];
  if (shortest !== undefined && alone)
    return ['warning', `${all}: a deadlock after ${count(shortest, 'step')}, every time.`];
  if (shortest !== undefined) {
    return ['warning', `${all}: the shortest way to a deadlock takes ${count(shortest, 'step')}.`];
  }
  const none = alone ? 'no deadlock' : 'none ends in a deadlock';
  if (!lockOrder(state).some((edge) => edge.inCycle)) return ['info', `${all}: ${none}.`];
  return ['warning', `${all}: ${none}, but lockdep would report the order of the locks.`];
}
