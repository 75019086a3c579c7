import { type Backwards, backwards } from './backwards.ts';
import { type Explored, type ExploreOptions, explore, goalNamed, wayTo } from './explore.ts';
import { type CheckedParameters, checkParameters } from './parameters.ts';
import type { Citation, Json, ParameterSpec, ParameterValues, Scenario, Simulator } from './simulator.ts';
import { InputError } from './simulator.ts';
import { type Trace, trace } from './trace.ts';

/** Names that a shared text keeps for itself. */
const RESERVED_NAMES = ['scenario', 'goal', 'step'];

/** Given parameter values, not checked yet. */
export type GivenParameters = Readonly<Record<string, unknown>>;

/**
 * A simulator as everyone outside its folder sees it. States and events have become plain JSON, so simulators of different
 * mechanisms stand in one list; the typed model is closed over.
 */
export interface AnySimulator {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly leavesOut: readonly string[];
  readonly sources: readonly Citation[];
  readonly parameters: readonly ParameterSpec[];
  readonly scenarios: readonly Scenario[];
  /** The names of the invariants. */
  readonly invariants: readonly string[];
  /** What `explore` walks and what may be searched for; absent: it cannot be explored. */
  readonly exploration?: { readonly bound: string; readonly goals: readonly string[]; readonly limit: number };
  /** Whether `answer` reads raw input. */
  readonly answers: boolean;
  /** A scenario by its id or its title. */
  scenario(idOrTitle: string): Scenario | undefined;
  /** The values of a run: given ones over those of the scenario over the defaults. */
  check(given: GivenParameters, scenario?: Scenario): CheckedParameters;
  /** A run. Throws `InputError` when a value is refused; `check` says so without throwing. */
  run(given?: GivenParameters): Trace;
  /** A scenario's run, with some parameters changed. Throws `InputError` when there is no such scenario. */
  runScenario(idOrTitle: string, overrides?: GivenParameters): Trace;
  /** How many events a scenario goes through with some parameters changed, without running it; absent when a value is refused. */
  eventCount(scenario: Scenario, overrides: GivenParameters): number | undefined;
  /** Throws `InputError` when the simulator cannot be explored or has no such goal. */
  explore(options?: ExploreOptions): Explored;
  /** A shortest way to a goal, to be walked; absent when there is none within the bound. Throws `InputError` like `explore`. */
  wayTo(goal: string): Trace | undefined;
  /** Which starts within the bound lead to a goal. Throws `InputError` like `explore`. */
  backwards(goal: string): Backwards;
  /** Raw input to result. Throws `InputError` when the input is not of the form, or the simulator reads none. */
  answer(input: unknown): Json;
}

/**
 * Makes a typed simulator one of the list. `State` and `Event` must be plain JSON (write them as `type`, not `interface`);
 * the compiler checks that.
 */
export function defineSimulator<State extends Json, Event extends Json, Parameters extends ParameterValues>(
  simulator: Simulator<State, Event, Parameters>,
): AnySimulator {
  const { id, title, about, leavesOut, sources, parameters, scenarios, exploration } = simulator;
  const reserved = parameters.find((spec) => RESERVED_NAMES.includes(spec.name));
  if (reserved !== undefined) throw new Error(`${id}: a parameter cannot be named ${reserved.name}`);

  const check = (given: GivenParameters, scenario?: Scenario) =>
    checkParameters(parameters, { ...scenario?.parameters, ...given });
  const find = (idOrTitle: string) => scenarios.find((each) => each.id === idOrTitle || each.title === idOrTitle);
  const run = (given: GivenParameters, scenario?: Scenario) => {
    const checked = check(given, scenario);
    if (!checked.ok) throw refusedParameters(checked.problems);
    // `Parameters` is what `parameters` describes, and every value has just been checked against that.
    const values = checked.values as Parameters;
    return trace(simulator, values, simulator.events(values), scenario ? { scenario: scenario.id } : {});
  };
  return {
    id,
    title,
    about,
    leavesOut,
    sources,
    parameters,
    scenarios,
    invariants: simulator.invariants.map((invariant) => invariant.name),
    ...(exploration === undefined
      ? {}
      : {
          exploration: {
            bound: exploration.bound,
            goals: Object.keys(exploration.goals),
            limit: exploration.limit,
          },
        }),
    answers: simulator.answer !== undefined,
    scenario: find,
    check,
    run: (given = {}) => run(given),
    runScenario(idOrTitle, overrides = {}) {
      const scenario = find(idOrTitle);
      if (scenario === undefined) throw noScenario(id, idOrTitle, scenarios);
      return run(overrides, scenario);
    },
    eventCount(scenario, overrides) {
      const checked = check(overrides, scenario);
      // As in `run`, the values have just been checked.
      return checked.ok ? simulator.events(checked.values as Parameters).length : undefined;
    },
    explore: (options) => explore(simulator, options),
    wayTo(goal) {
      const way = wayTo(simulator, goal);
      return way && trace(simulator, way.parameters, way.events, { goal });
    },
    backwards(name) {
      if (exploration === undefined) throw new InputError(`${id} cannot be explored`, '');
      return backwards(simulator, exploration, goalNamed(exploration, name));
    },
    answer(input) {
      if (simulator.answer === undefined) throw new InputError(`${id} reads no raw input; run a scenario instead`, '');
      return simulator.answer(input);
    },
  };
}

function refusedParameters(problems: readonly { name: string; message: string }[]): InputError {
  const name = problems[0]?.name ?? '';
  return new InputError(problems.map((problem) => problem.message).join('; '), `/parameters/${name}`);
}

function noScenario(id: string, given: string, scenarios: readonly { id: string }[]): InputError {
  const known = scenarios.map((scenario) => scenario.id).join(', ');
  return new InputError(`${id} has no scenario ${JSON.stringify(given)}; it has: ${known}`, '/scenario');
}
