import { FREE, type LockName, type Locks, type Mode } from './locks.ts';

/**
 * The code that fills the first pages of a TD. `open-coded` is Yan Zhao's RFC of July 2025, which was not merged; `6.19` maps the
 * PFN it has in hand; `7.0` also looks the source page up before anything else.
 */
export const CODES = ['6.16', 'open-coded', '6.19', '7.0'] as const;
export type Code = (typeof CODES)[number];

/** Where the content comes from: found without a lock, to be faulted in, or in a mapping of the very file that is filled. */
export const SOURCES = ['mapped', 'absent', 'same-file'] as const;
export type Source = (typeof SOURCES)[number];

export const TASKS = [
  'fill',
  'user-fault',
  'mmap-call',
  'punch-hole',
  'bind',
  'release',
  'set-attributes',
  'guest-fault',
] as const;
export type TaskKind = (typeof TASKS)[number];

export type Setup = {
  code: Code;
  /** The two locks that series under review in 2025 would add. */
  getPfn: boolean;
  mmapFault: boolean;
  source: Source;
};

/** `at` counts the steps of its path that are done. */
export type Task = { does: TaskKind; at: number; waits: boolean };

export type State = {
  setup: Setup;
  tasks: readonly Task[];
  locks: Locks;
  /** Tasks that wait in a ring, each for the next and the last for the first; empty: there is none. */
  ring: readonly number[];
  /** What is kept for the picture; states that are only explored have none. */
  memory?: Memory;
};

export type Memory = {
  /** Steps of the whole run, so that time keeps its scale. */
  planned: number;
  verdict: Verdict;
  rows: readonly Row[];
  bars: readonly Bar[];
};

/** What walking all interleavings of these tasks came to; `shortest` is the number of steps to the nearest ring. */
export type Verdict = { states: number; complete: boolean; shortest?: number };

/** One step: what each task holds and does after it. */
export type Row = { task: number; cells: readonly string[]; bad: boolean };

/** A lock held or waited for, from the step that began it up to the one that ended it. */
export type Bar = { task: number; lock: LockName; mode: Mode; waits: boolean; from: number; to?: number };

/** The next step of a task. An event that is not what comes next for it is no event of the model. */
export type Event = { task: number } & (
  | { do: 'take'; lock: LockName; mode: Mode }
  | { do: 'drop'; lock: LockName }
  | { do: 'work'; what: string }
);

export function startOf(setup: Setup, tasks: readonly TaskKind[]): State {
  return {
    setup,
    tasks: tasks.map((does) => ({ does, at: 0, waits: false })),
    locks: { S: FREE, F: FREE, M: FREE, U: FREE, f: FREE },
    ring: [],
  };
}
