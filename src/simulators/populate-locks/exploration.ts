import type { Exploration } from '../kit/simulator.ts';
import { canGo, isDone, nextEvent } from './move.ts';
import type { Parameters } from './parameters.ts';
import { CODES, type Code, type Event, type Setup, type Source, type State, startOf, type TaskKind } from './state.ts';
import { deed, listed, setupInWords } from './words.ts';

/** Each other task alone, and the pairs that meet on the same locks. */
const BESIDE: readonly (readonly TaskKind[])[] = [
  [],
  ['user-fault'],
  ['mmap-call'],
  ['punch-hole'],
  ['bind'],
  ['release'],
  ['set-attributes'],
  ['guest-fault'],
  ['fill'],
  ['user-fault', 'mmap-call'],
  ['user-fault', 'punch-hole'],
  ['release', 'guest-fault'],
];

const SERIES: readonly { getPfn: boolean; mmapFault: boolean; source: Source }[] = [
  { getPfn: false, mmapFault: false, source: 'absent' },
  { getPfn: true, mmapFault: false, source: 'absent' },
  { getPfn: false, mmapFault: true, source: 'absent' },
  { getPfn: true, mmapFault: true, source: 'same-file' },
];

export const exploration: Exploration<State, Event, Parameters> = {
  bound:
    'one page to fill by each of the four codes, with neither proposed lock, with each, and with both and a source in the same file; ' +
    'beside it nobody, each other task, or a fault and mmap(), a fault and a hole, a close and a guest fault; every interleaving of them',
  starts,
  choices: (state) =>
    [...state.tasks.keys()].filter((task) => canGo(state, task)).flatMap((task) => nextEvent(state, task) ?? []),
  goals: {
    deadlock: (state) => state.ring.length > 1,
    'self-deadlock': (state) => state.ring.length === 1,
    'deadlock-of-the-lock-in-get-pfn': (state) => hasRing(state, '6.16') && isOnly(state, 'getPfn'),
    'deadlock-of-the-lock-in-mmap-faults': (state) => hasRing(state, '6.16') && isOnly(state, 'mmapFault'),
    'deadlock-in-6.16-as-it-is': (state) => hasRing(state, '6.16') && isAsItIs(state),
    'deadlock-in-open-coded': (state) => hasRing(state, 'open-coded'),
    'deadlock-in-6.19-as-it-is': (state) => hasRing(state, '6.19') && isAsItIs(state),
    'deadlock-in-7.0': (state) => hasRing(state, '7.0'),
    populated: (state) => isDone(state, 0),
  },
  limit: 60_000,
};

function hasRing({ setup, ring }: State, code: Code): boolean {
  return setup.code === code && ring.length > 0;
}

/** Without the two proposed locks. */
function isAsItIs({ setup }: State): boolean {
  return !setup.getPfn && !setup.mmapFault;
}

/** Of the two proposed locks this one alone. */
function isOnly({ setup }: State, lock: 'getPfn' | 'mmapFault'): boolean {
  return setup[lock] && setup.getPfn !== setup.mmapFault;
}

function* starts(): Generator<{ label: string; parameters: Parameters; state: State }> {
  for (const code of CODES) {
    for (const series of SERIES) for (const beside of BESIDE) yield startWith(code, series, beside);
  }
}

function startWith(code: Code, series: Omit<Setup, 'code'>, beside: readonly TaskKind[]) {
  const setup: Setup = { code, ...series };
  const [second = 'none', third = 'none'] = beside;
  const others = beside.length === 0 ? 'nobody' : listed(beside.map((does) => `one that ${deed(does)}`));
  return {
    label: `${setupInWords(setup)}; beside it ${others}`,
    parameters: { ...setup, second, third, order: 'worst' },
    state: startOf(setup, ['fill', ...beside]),
  };
}
