/** The one interleaving that is looked at step by step. */
import { canGo, move, nextEvent } from './move.ts';
import type { Parameters } from './parameters.ts';
import { walkAll } from './search.ts';
import { CODES, type Event, type Setup, SOURCES, type State, startOf, TASKS, type TaskKind } from './state.ts';

export function startFrom(given: Parameters): State {
  const start = bareStart(given);
  const { verdict, way } = walkAll(start);
  return { ...start, memory: { planned: eventsAlong(start, given, way).length, verdict, rows: [], bars: [] } };
}

export function eventsFrom(given: Parameters): Event[] {
  const start = bareStart(given);
  return eventsAlong(start, given, given.order === 'worst' ? walkAll(start).way : undefined);
}

function eventsAlong(start: State, { order }: Parameters, ring: readonly number[] | undefined): Event[] {
  const worst = order === 'worst' ? ring : undefined;
  const way = worst ?? (order === 'one-by-one' ? oneByOne(start) : inTurn(start));
  const events: Event[] = [];
  let state = start;
  for (const task of way) {
    events.push(...[nextEvent(state, task)].filter((event) => event !== undefined));
    state = move(state, task)?.state ?? state;
  }
  return events;
}

function bareStart({ code, getPfn, mmapFault, source, second, third }: Parameters): State {
  const setup: Setup = {
    code: CODES.find((each) => each === code) ?? '6.16',
    getPfn,
    mmapFault,
    source: SOURCES.find((each) => each === source) ?? 'absent',
  };
  const others = [second, third].flatMap((name): TaskKind[] => TASKS.filter((each) => each === name));
  return startOf(setup, ['fill', ...others]);
}

function inTurn(start: State): number[] {
  const way: number[] = [];
  let state = start;
  while (anyCanGo(state)) {
    for (const task of start.tasks.keys()) {
      const moved = move(state, task);
      if (moved === undefined) continue;
      way.push(task);
      state = moved.state;
    }
  }
  return way;
}

function oneByOne(start: State): number[] {
  const way: number[] = [];
  let state = start;
  while (anyCanGo(state)) {
    for (const task of start.tasks.keys()) {
      for (let moved = move(state, task); moved !== undefined; moved = move(state, task)) {
        way.push(task);
        state = moved.state;
      }
    }
  }
  return way;
}

function anyCanGo(state: State): boolean {
  return [...state.tasks.keys()].some((task) => canGo(state, task));
}
