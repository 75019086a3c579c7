import { withChanges } from './changes.ts';
import type { Scene } from './scene.ts';
import type { Citation, Course, Json, ParameterValues, Simulator, Step } from './simulator.ts';

/**
 * One run, to be walked in both directions. Positions are steps: -1 is the start, before anything happened; 0 is after the
 * first step; `last` after the last one. Every state is kept, so seeking costs one look-up; a scene is drawn when it is asked for.
 */
export interface Trace {
  readonly simulator: string;
  readonly scenario?: string;
  /** The named state that this is a shortest way to. */
  readonly goal?: string;
  readonly parameters: ParameterValues;
  readonly steps: readonly TraceStep[];
  /** Index of the last step; -1 when the run has none. */
  readonly last: number;
  /** What the run came to. */
  readonly result: Json;
  /** Where the run stands after `step`; positions outside the run are moved to its nearest end. */
  at(step: number): Frame;
  /** The picture of the same position. */
  sceneAt(step: number): Scene;
}

export interface TraceStep {
  index: number;
  event: Json;
  /** The event in a few words. */
  label: string;
  outcome: Step<Json>['outcome'];
  /** The rule that acted, and why, in a sentence. */
  rule: string;
  because: string;
  source?: Citation;
  log?: readonly string[];
  /** The state after the step. */
  state: Json;
}

export interface Frame {
  step: number;
  state: Json;
  /** The step that led here; absent at the start. */
  taken?: TraceStep;
}

/** What a run is of: a scenario, or a way that was found to a goal; else only its parameters. */
export interface RunOf {
  scenario?: string;
  goal?: string;
}

/** Runs the events in order, to the last one or to the first that leaves the model stuck. */
export function trace<State extends Json, Event extends Json, Parameters extends ParameterValues>(
  simulator: Simulator<State, Event, Parameters>,
  parameters: Parameters,
  events: readonly Event[],
  of: RunOf,
): Trace {
  const start = simulator.start(parameters);
  const states: State[] = [start];
  const steps: (TraceStep & Course<State, Event>['steps'][number])[] = [];
  let state = start;
  for (const event of events) {
    const taken = simulator.step(state, event);
    state = taken.state;
    states.push(state);
    steps.push({ index: steps.length, event, label: simulator.describe(event), ...taken });
    if (taken.outcome === 'stuck') break;
  }
  const last = steps.length - 1;
  const clamp = (step: number) => (Number.isNaN(step) ? -1 : Math.min(Math.max(Math.trunc(step), -1), last));
  const drawn = kept((position) => simulator.draw(states[position + 1] ?? start, { steps, at: position }));
  const marked = kept((position) =>
    position < 0 ? drawn(position) : withChanges(drawn(position - 1), drawn(position)),
  );
  return {
    simulator: simulator.id,
    ...of,
    parameters,
    steps,
    last,
    result: simulator.result(state),
    at(step) {
      const position = clamp(step);
      const taken = steps[position];
      return { step: position, state: taken?.state ?? start, ...(taken === undefined ? {} : { taken }) };
    },
    sceneAt(step) {
      return marked(clamp(step));
    },
  };
}

/** A function that is asked at most once for each position. */
function kept(sceneOf: (position: number) => Scene): (position: number) => Scene {
  const scenes = new Map<number, Scene>();
  return (position) => {
    const scene = scenes.get(position) ?? sceneOf(position);
    scenes.set(position, scene);
    return scene;
  };
}

/** A trace as plain data, the answer of `simulate --scenario`. */
export function traceReport(run: Trace): Json {
  return {
    simulator: run.simulator,
    scenario: run.scenario,
    parameters: run.parameters,
    steps: run.steps.map((step) => ({ ...step, source: step.source === undefined ? undefined : { ...step.source } })),
    result: run.result,
  };
}
