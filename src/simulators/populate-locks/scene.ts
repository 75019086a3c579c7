import type { NotePart, Piece, Scene, ScenePart, Strip, StripPart, TablePart } from '../kit/scene.ts';
import { LOCKS, type LockName } from './locks.ts';
import { isDone } from './move.ts';
import { lockOrder } from './order.ts';
import { pathOf } from './paths.ts';
import type { Bar, State } from './state.ts';
import { ringInWords, tasksInWords } from './told.ts';
import { count, heading, LOCK_NAMES, letter, listed, PLAIN, setupInWords, shortLock } from './words.ts';

/** The locks as bars over time, the steps task by task, the order of the locks, and what all interleavings come to. */
export function draw(state: State): Scene {
  const rows = state.memory?.rows ?? [];
  const parts: ScenePart[] =
    rows.length === 0 ? [pathTable(state), orderTable(state)] : [barStrips(state), stepTable(state), orderTable(state)];
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

function barStrips(state: State): StripPart {
  const bars = state.memory?.bars ?? [];
  const steps = state.memory?.rows.length ?? 0;
  const planned = Math.max(steps, state.memory?.planned ?? 0);
  const strips: Strip[] = [];
  for (const task of state.tasks.keys()) {
    for (const lock of LOCKS) {
      const own = bars.filter((bar) => bar.task === task && bar.lock === lock);
      if (own.length === 0) continue;
      const pieces = own.map((bar) => pieceOf(bar, steps));
      strips.push({ label: `${letter(task)} ${lock}`, start: 0, end: planned, pieces });
    }
  }
  return {
    kind: 'strips',
    title: 'Held and wanted, from the first step to the last',
    unit: 'step',
    strips,
    marks: marksUpTo(planned),
    legend: { solid: 'held, alone', outline: 'held for reading', hatched: 'waited for' },
  };
}

function pieceOf(bar: Bar, steps: number): Piece {
  const { task, lock, mode, waits, from, to } = bar;
  const verb = waits ? 'waits for' : 'holds';
  const time =
    to === undefined ? `since step ${from}` : to - from === 1 ? `in step ${from}` : `from step ${from} to ${to}`;
  return {
    id: `${letter(task)}-${lock}-${waits ? 'waits' : 'held'}-${from}`,
    start: from,
    end: to ?? steps,
    label: waits ? 'waits' : shortLock(lock, mode),
    detail: `${letter(task)} ${verb} ${shortLock(lock, mode)} ${time}`,
    look: waits ? 'hatched' : mode === 'write' ? 'solid' : 'outline',
    hue: task,
    ...(from === steps - 1 ? { fresh: true } : {}),
  };
}

function marksUpTo(steps: number): { at: number; label: string }[] {
  const every = steps > 24 ? 10 : 5;
  const marks = Array.from({ length: Math.floor(steps / every) + 1 }, (_, index) => index * every);
  return marks.map((at) => ({ at, label: at === 0 ? 'step 0' : String(at) }));
}

/** Rows of steps shown. */
const SHOWN = 14;

function stepTable(state: State): TablePart {
  const rows = state.memory?.rows ?? [];
  const first = Math.max(0, rows.length - SHOWN);
  return {
    kind: 'table',
    title:
      first === 0 ? 'Step by step, what each task holds' : `Step by step; ${count(first, 'earlier step')} not shown`,
    columns: ['step', ...state.tasks.map((_, task) => heading(state, task))],
    rows: rows.slice(first).map((row, index) => {
      const number = first + index;
      const last = number === rows.length - 1;
      return {
        cells: [String(number), ...row.cells],
        ...(row.bad ? { mark: 'bad' as const } : last ? { mark: 'fresh' as const } : {}),
      };
    }),
  };
}

function orderTable(state: State): TablePart {
  const edges = lockOrder(state);
  const cycle = edges.some((edge) => edge.inCycle);
  return {
    kind: 'table',
    title: cycle ? 'Order of the locks: it leads in a circle' : 'Order of the locks: no way leads back',
    columns: ['holds', 'asks for', 'task', ''],
    rows: edges.map((edge) => ({
      cells: [
        shortLock(edge.from, edge.modes[0]),
        shortLock(edge.to, edge.modes[1]),
        edge.tasks.map(letter).join(' '),
        edge.inCycle ? 'part of a circle' : '',
      ],
      ...(edge.inCycle ? { mark: 'bad' as const } : {}),
    })),
  };
}

function notes(state: State): NotePart[] {
  const { setup, ring, memory } = state;
  const notes: NotePart[] = [];
  const note = (look: NotePart['look'], text: string) => notes.push({ kind: 'note', look, text });
  if (ring.length === 1) note('error', `${ringInWords(state)}: the task never gets on.`);
  if (ring.length > 1) note('error', `The ring: ${ringInWords(state)}.`);
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
