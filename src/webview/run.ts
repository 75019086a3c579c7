import { type AnySimulator, InputError, type Scenario, shareText, type Trace } from '#simulators';
import type { PanelState, Values } from './protocol.ts';

/** A simulator run with the values a panel was given. */
export interface Run {
  simulator: AnySimulator;
  scenario: Scenario | undefined;
  trace: Trace;
  /** Every parameter's value. */
  values: Values;
  /** Given values that were left out, because the simulator does not take them. */
  ignored: readonly string[];
}

/** Runs what a state says. Values that are not taken are left out and named; the rest counts. */
export function runOf(simulator: AnySimulator, state: Pick<PanelState, 'scenario' | 'values'>): Run {
  const scenario = state.scenario === undefined ? undefined : simulator.scenario(state.scenario);
  const given: Record<string, number | string | boolean> = { ...state.values };
  const checked = simulator.check(given, scenario);
  const ignored = checked.ok ? [] : checked.problems.map((problem) => problem.message);
  if (!checked.ok) for (const problem of checked.problems) delete given[problem.name];
  const trace = scenario ? simulator.runScenario(scenario.id, given) : simulator.run(given);
  return { simulator, scenario, trace, values: plain(trace), ignored };
}

function plain(trace: Trace): Values {
  const values: Record<string, number | string | boolean> = {};
  for (const [name, value] of Object.entries(trace.parameters)) {
    if (typeof value !== 'object') values[name] = value;
  }
  return values;
}

/** Where a run is first looked at: where the state says, or where its scenario opens, or before the first step. */
export function firstPosition(run: Run, step: number | undefined): number {
  return Math.min(step ?? run.scenario?.openAt ?? -1, run.trace.last);
}

/** The text that stands for a position of a run. */
export function shareOf(run: Run, position: number): string {
  return shareText(run.simulator, {
    ...(run.scenario ? { scenario: run.scenario.id } : {}),
    parameters: run.trace.parameters,
    step: position,
  });
}

/** Why a run could not be made, for the reader. */
export function reasonOf(error: unknown): string {
  return error instanceof InputError ? error.message : String(error);
}
