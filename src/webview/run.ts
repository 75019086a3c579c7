import { type AnySimulator, InputError, type Scenario, shareText, showValue, type Trace } from '#simulators';
import type { PanelState, Values } from './protocol.ts';
import { type Walk, walkOf } from './walk.ts';

/** A simulator run with the values a panel was given, and the run beside it. */
export interface Run {
  simulator: AnySimulator;
  scenario: Scenario | undefined;
  trace: Trace;
  /** Every parameter's value. */
  values: Values;
  /** The run beside it, and the values it differs in. */
  beside?: { trace: Trace; values: Values };
  walk: Walk;
  /** Given values that were left out, because the simulator does not take them. */
  ignored: readonly string[];
}

/** Runs what a state says. Values that are not taken are left out and named; the rest counts. */
export function runOf(simulator: AnySimulator, state: PanelState): Run {
  const scenario = state.scenario === undefined ? undefined : simulator.scenario(state.scenario);
  const way = state.goal === undefined ? undefined : simulator.wayTo(state.goal);
  const own = taken(simulator, scenario, state.values);
  const trace = way ?? run(simulator, scenario, own.values);
  const other = taken(simulator, scenario, { ...own.values, ...state.against });
  const against = Object.fromEntries(Object.keys(state.against ?? {}).flatMap((name) => entryOf(other.values, name)));
  const compared = way === undefined && Object.keys(against).length > 0;
  const beside = compared ? { trace: run(simulator, scenario, other.values), values: against } : undefined;
  return {
    simulator,
    scenario: way === undefined ? scenario : undefined,
    trace,
    values: plain(trace),
    ...(beside && { beside }),
    walk: walkOf(trace, beside?.trace),
    ignored: [...new Set([...own.ignored, ...other.ignored])],
  };
}

function run(simulator: AnySimulator, scenario: Scenario | undefined, values: Values): Trace {
  return scenario ? simulator.runScenario(scenario.id, values) : simulator.run(values);
}

function taken(
  simulator: AnySimulator,
  scenario: Scenario | undefined,
  given: Values,
): { values: Values; ignored: string[] } {
  const values: Record<string, number | string | boolean> = { ...given };
  const checked = simulator.check(values, scenario);
  if (checked.ok) return { values, ignored: [] };
  for (const problem of checked.problems) delete values[problem.name];
  return { values, ignored: checked.problems.map((problem) => problem.message) };
}

function entryOf(values: Values, name: string): [string, number | string | boolean][] {
  const value = values[name];
  return value === undefined ? [] : [[name, value]];
}

function plain(trace: Trace): Values {
  const values: Record<string, number | string | boolean> = {};
  for (const [name, value] of Object.entries(trace.parameters)) {
    if (typeof value !== 'object') values[name] = value;
  }
  return values;
}

/** Where a run is first looked at: where the state says, or where its scenario opens, or where two runs part, or before the first step. */
export function firstPosition({ walk, scenario, trace }: Run, step: number | undefined): number {
  const opens = walk.comparison
    ? walk.comparison.parts
    : (scenario?.openAt ?? (trace.goal === undefined ? -1 : trace.last));
  return Math.min(step ?? opens ?? -1, walk.last);
}

/** The text that stands for a position of a run. */
export function shareOf({ simulator, scenario, trace, beside }: Run, position: number): string {
  return shareText(simulator, {
    ...(scenario ? { scenario: scenario.id } : {}),
    ...(trace.goal === undefined ? {} : { goal: trace.goal }),
    parameters: trace.parameters,
    ...(beside ? { against: { ...beside.values } } : {}),
    step: position,
  });
}

/** What a run is called beside another: the values in which it differs. */
export function nameOf({ simulator }: Run, values: Values): string {
  return simulator.parameters
    .flatMap((spec) => {
      const value = values[spec.name];
      if (value === undefined) return [];
      const choice = spec.kind === 'choice' ? spec.choices.find((one) => one.value === value)?.label : undefined;
      return [`${spec.label}: ${choice ?? showValue(value)}`];
    })
    .join(', ');
}

/** Why a run could not be made, for the reader. */
export function reasonOf(error: unknown): string {
  return error instanceof InputError ? error.message : String(error);
}
