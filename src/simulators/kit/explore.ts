import { canonical } from './json.ts';
import type { Exploration, Invariant, Json, ParameterValues, Simulator } from './simulator.ts';
import { InputError } from './simulator.ts';

/** What walking every state within the bound came to. */
export interface Explored {
  /** Distinct states that were visited. */
  states: number;
  /** The bound in words. */
  bound: string;
  /** False when the limit ended the walk: then `holds` speaks of the visited states only. */
  complete: boolean;
  invariants: readonly { name: string; holds: boolean; path?: ExploredPath }[];
  /** The goal that was looked for. */
  goal?: ReachedGoal;
  /** Every goal, where none was asked for. */
  goals?: readonly ReachedGoal[];
}

export interface ReachedGoal {
  name: string;
  reached: boolean;
  path?: ExploredPath;
}

/** A shortest way to a state: the start first, then the steps taken from it. */
export type ExploredPath = readonly ExploredStep[];

export interface ExploredStep {
  label: string;
  /** Of the start only: open a run with these to walk the same way. */
  parameters?: ParameterValues;
  event?: Json;
  rule?: string;
  because?: string;
}

export interface ExploreOptions {
  /** The name of a goal to look for. */
  until?: string;
  /** Visit at most so many states; the simulator's own limit still holds. */
  limit?: number;
}

interface Visit<State, Event, Parameters> {
  state: State;
  step: ExploredStep;
  /** Of a start. */
  parameters?: Parameters;
  /** Of every other visit: what led here, and from where. */
  event?: Event;
  from?: Visit<State, Event, Parameters>;
}

interface Goal<State> {
  name: string;
  test: (state: State) => boolean;
}

interface Wanted<State, Event, Parameters> extends Goal<State> {
  /** The first visit that is there. */
  found?: Visit<State, Event, Parameters>;
}

interface Watch<State, Event, Parameters> {
  invariant: Invariant<State>;
  /** The first visit at which it did not hold. */
  broken?: Visit<State, Event, Parameters>;
}

/**
 * Breadth first from all starts at once, so the first way found to a state is a shortest one. States are the same when their
 * canonical JSON is. A `stuck` step is not walked on from. Throws `InputError` for a simulator or a goal that is not there.
 */
export function explore<State extends Json, Event extends Json, Parameters extends ParameterValues>(
  simulator: Simulator<State, Event, Parameters>,
  options: ExploreOptions = {},
): Explored {
  const exploration = simulator.exploration;
  if (exploration === undefined) throw new InputError(`${simulator.id} cannot be explored`, '');
  const asked = options.until === undefined ? undefined : goalNamed(exploration, options.until);
  const wanted = (asked ? [asked] : allGoals(exploration)).map(
    (goal): Wanted<State, Event, Parameters> => ({ ...goal }),
  );
  const watched = simulator.invariants.map((invariant): Watch<State, Event, Parameters> => ({ invariant }));
  const walk = walkStates(simulator, exploration, Math.min(exploration.limit, options.limit ?? exploration.limit));
  let next = walk.next();
  while (next.done !== true) {
    const visit = next.value;
    for (const watch of watched) {
      if (watch.broken === undefined && !watch.invariant.holds(visit.state)) watch.broken = visit;
    }
    for (const goal of wanted) if (goal.found === undefined && goal.test(visit.state)) goal.found = visit;
    next = walk.next();
  }
  const goals = wanted.map(({ name, found }) => ({
    name,
    reached: found !== undefined,
    ...(found === undefined ? {} : { path: pathTo(found) }),
  }));
  return {
    ...next.value,
    bound: exploration.bound,
    invariants: watched.map(({ invariant, broken }) => ({
      name: invariant.name,
      holds: broken === undefined,
      ...(broken === undefined ? {} : { path: pathTo(broken) }),
    })),
    ...(asked && goals[0] ? { goal: goals[0] } : { goals }),
  };
}

/** Gives each distinct state once, nearest first; returns how many there were and whether that was all. */
function* walkStates<State extends Json, Event extends Json, Parameters extends ParameterValues>(
  simulator: Simulator<State, Event, Parameters>,
  exploration: Exploration<State, Event, Parameters>,
  limit: number,
): Generator<Visit<State, Event, Parameters>, { states: number; complete: boolean }> {
  const seen = new Set<string>();
  let frontier: Visit<State, Event, Parameters>[] = [];
  for (const start of exploration.starts()) {
    if (!isNew(seen, start.state)) continue;
    if (seen.size > limit) return { states: limit, complete: false };
    const { state, label, parameters } = start;
    const visit = { state, parameters, step: { label, parameters } };
    yield visit;
    frontier.push(visit);
  }
  while (frontier.length > 0) {
    const following: Visit<State, Event, Parameters>[] = [];
    for (const from of frontier) {
      for (const event of exploration.choices(from.state)) {
        const taken = simulator.step(from.state, event);
        if (!isNew(seen, taken.state)) continue;
        if (seen.size > limit) return { states: limit, complete: false };
        const step = { label: simulator.describe(event), event, rule: taken.rule, because: taken.because };
        const visit = { state: taken.state, step, event, from };
        yield visit;
        if (taken.outcome !== 'stuck') following.push(visit);
      }
    }
    frontier = following;
  }
  return { states: seen.size, complete: true };
}

function isNew(seen: Set<string>, state: Json): boolean {
  const before = seen.size;
  return seen.add(canonical(state)).size > before;
}

function allGoals<State, Event, Parameters>({ goals }: Exploration<State, Event, Parameters>): Goal<State>[] {
  return Object.entries(goals).map(([name, test]) => ({ name, test }));
}

/** Throws `InputError` when there is no goal of this name. */
export function goalNamed<State, Event, Parameters>(
  exploration: Exploration<State, Event, Parameters>,
  name: string,
): Goal<State> {
  const test = Object.hasOwn(exploration.goals, name) ? exploration.goals[name] : undefined;
  if (test !== undefined) return { name, test };
  const known = Object.keys(exploration.goals).join(', ');
  throw new InputError(`there is no goal named ${JSON.stringify(name)}; there are: ${known}`, '/until');
}

function pathTo<State, Event, Parameters>(visit: Visit<State, Event, Parameters>): ExploredPath {
  const steps: ExploredStep[] = [];
  for (let at: typeof visit | undefined = visit; at !== undefined; at = at.from) steps.push(at.step);
  return steps.reverse();
}

/** A shortest way to a goal, to be walked: where it starts and what happens; absent when no way was found within the bound. */
export function wayTo<State extends Json, Event extends Json, Parameters extends ParameterValues>(
  simulator: Simulator<State, Event, Parameters>,
  name: string,
): { parameters: Parameters; events: Event[] } | undefined {
  const exploration = simulator.exploration;
  if (exploration === undefined) throw new InputError(`${simulator.id} cannot be explored`, '');
  const goal = goalNamed(exploration, name);
  for (const visit of walkStates(simulator, exploration, exploration.limit)) {
    if (!goal.test(visit.state)) continue;
    const events: Event[] = [];
    for (let at: typeof visit | undefined = visit; at !== undefined; at = at.from) {
      if (at.event !== undefined) events.unshift(at.event);
      if (at.parameters !== undefined) return { parameters: at.parameters, events };
    }
  }
  return undefined;
}
