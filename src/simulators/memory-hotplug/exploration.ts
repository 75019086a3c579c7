import type { Exploration } from '../kit/simulator.ts';
import { startWith } from './course.ts';
import { step } from './model.ts';
import type { Parameters } from './parameters.ts';
import { GB_PAGES, isInsideOne, type PageRange } from './ranges.ts';
import { type Event, type Memory, type Policy, placeOf, type State } from './state.ts';

/** Of a run that comes as near as parameters can: they know one new range at a time. */
const NEAREST: Parameters = {
  policy: 'merged',
  memory: 'soft-reserved',
  convertible: 'all',
  initialize: 'last',
  moves: 'again',
  td: 'any-then-picks',
  kernel: '6.16',
  platform: true,
  bootGb: 8,
  newGb: 4,
};

const gb = (start: number, end: number): PageRange => ({ start_pfn: start * GB_PAGES, end_pfn: end * GB_PAGES });

const MEMORIES: readonly Memory[] = [
  { name: 'low boot memory', kind: 'boot', ...gb(0, 3) },
  { name: 'boot part', kind: 'boot', ...gb(4, 8) },
  { name: 'soft-reserved range', kind: 'soft-reserved', ...gb(8, 12) },
  { name: 'NVDIMM', kind: 'nvdimm', ...gb(12, 16) },
];

export const exploration: Exploration<State, Event, Parameters> = {
  bound:
    '7 GB of boot memory of which 4 GB may go offline, a convertible soft-reserved range and an NVDIMM outside the CMRs, 4 GB each; with and without ' +
    'TDX; every order of adding, onlining, offlining and removing them, of initializing the module and of starting a TD on any page, on picked pages or on device-dax',
  *starts() {
    const cmrs = [{ ...gb(0, 3), start_pfn: 256 }, gb(4, 12)];
    for (const platform of [true, false]) {
      const { diary, ...start } = startWith(MEMORIES, cmrs, { policy: 'merged', kernel: '6.16', platform });
      const booted = step(step(start, { do: 'boot' }).state, { do: 'detect' }).state;
      yield {
        label: platform ? 'a platform with TDX' : 'a platform without TDX',
        parameters: { ...NEAREST, platform },
        state: booted,
      };
    }
  },
  choices,
  goals: {
    'init-breaks': (state) => state.worlds.merged.module === 'error',
    'merged-eperm': (state) => isKnownOnlyTo(state, 'mixed', 'merged') && state.worlds.merged.module === 'initialized',
    'approach-2-admits-more-than-1': (state) => isKnownOnlyTo(state, 'approach-2', 'approach-1'),
    'merged-admits-more-than-2': (state) => isKnownOnlyTo(state, 'merged', 'approach-2'),
    'approach-2-admits-more-than-merged': (state) => isKnownOnlyTo(state, 'approach-2', 'merged'),
    'approach-2-rejects-cmr-memory': (state) =>
      state.worlds['approach-2'].module === 'initialized' &&
      state.memories.some(
        (memory) =>
          isInsideOne(memory, state.cmrs) &&
          isOnline(state, 'mixed', memory) &&
          placeOf(state, state.worlds['approach-2'], memory) !== 'online',
      ),
    'mixed-td-fails': (state) => state.worlds.mixed.td?.rule === 'td-foreign-page',
    'mixed-td-picks': (state) => state.worlds.mixed.td?.rule === 'td-picked-pages',
  },
  limit: 50_000,
};

/** Some range is online under one rule and not under the other. */
function isKnownOnlyTo(state: State, one: Policy, other: Policy): boolean {
  return state.memories.some((memory) => isOnline(state, one, memory) && !isOnline(state, other, memory));
}

function isOnline(state: State, policy: Policy, memory: Memory): boolean {
  return placeOf(state, state.worlds[policy], memory) === 'online';
}

/** All that can be asked; under some rule it may have no meaning, and then nothing happens there. */
function choices(state: State): Event[] {
  const events: Event[] = [
    { do: 'initialize' },
    { do: 'run-td', backend: 'any-page' },
    { do: 'run-td', backend: 'picks' },
    { do: 'run-td', backend: 'device-dax' },
  ];
  for (const { name: memory, kind } of state.memories.slice(1)) {
    events.push({ do: 'online', memory }, { do: 'offline', memory });
    if (kind !== 'boot') events.push({ do: 'add', memory });
    if (kind === 'nvdimm' || kind === 'soft-reserved') events.push({ do: 'remove', memory });
  }
  return events;
}
