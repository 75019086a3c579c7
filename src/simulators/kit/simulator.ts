import type { Scene } from './scene.ts';

/**
 * A simulator is a small pure model of one mechanism: state and event in, state and outcome out. No clock, and no randomness
 * but a seed in the state. States and events are plain JSON data.
 */
export interface Simulator<State, Event, Parameters extends ParameterValues = ParameterValues> {
  /** Stable, kebab-case: `tdmr-pamt`. */
  id: string;
  title: string;
  /** One sentence: what the model shows. */
  about: string;
  /** What the model leaves out, a sentence each. */
  leavesOut: readonly string[];
  sources: readonly Citation[];
  parameters: readonly ParameterSpec[];
  /** The events a run of these parameters goes through, in order. */
  events(parameters: Parameters): readonly Event[];
  start(parameters: Parameters): State;
  step(state: State, event: Event): Step<State>;
  /** The picture of a state; `course` is the run it belongs to, for pictures that show time. */
  draw(state: State, course: Course<State, Event>): Scene;
  /** What a run came to, as plain data (the `result` of the command line). */
  result(state: State): Json;
  /** An event in a few words, for the trace. */
  describe(event: Event): string;
  scenarios: readonly Scenario<Parameters>[];
  invariants: readonly Invariant<State>[];
  /** How `explore` walks: the choices that stand open in a state, and the stated bound. */
  exploration?: Exploration<State, Event, Parameters>;
  /** Raw input to result, for checks against oracle cases. Throws `InputError` on input that is not of the form. */
  answer?(input: unknown): Json;
}

export interface Step<State> {
  state: State;
  /** `refused`: the kernel returned an error. `stuck`: nothing can go on from here. */
  outcome: 'done' | 'refused' | 'stuck';
  /** The id of the rule that acted. */
  rule: string;
  /** What happened and why, one sentence with the numbers in it. */
  because: string;
  /** The kernel function or the mail that the rule stands for. */
  source?: Citation;
  /** What the kernel would print at this step. */
  log?: readonly string[];
}

/** A run as a picture sees it: every step of it, and where the picture stands. */
export interface Course<State, Event> {
  steps: readonly (Omit<Step<State>, 'source'> & { event: Event; label: string })[];
  /** The index of the step that led here; -1 before the first. */
  at: number;
}

/** `where` is a file and function, a document, or a mail; `kernel` a version or a range such as `6.8-6.16`. */
export interface Citation {
  where: string;
  kernel?: string;
  /** Present when the statement is a conclusion of ours and not what the source says. */
  inferred?: true;
}

export interface Scenario<Parameters extends ParameterValues = ParameterValues> {
  /** Stable, kebab-case. */
  id: string;
  title: string;
  /** One sentence: what to learn here. */
  lesson: string;
  /** The message and paragraph it comes from, in words. */
  from: string;
  parameters: Partial<Parameters>;
  /** The step the panel opens at, from 0; absent: the start. */
  openAt?: number;
}

export interface Invariant<State> {
  /** A predicate in words: `no two PAMTs overlap`. */
  name: string;
  holds(state: State): boolean;
}

export interface Exploration<State, Event, Parameters> {
  /** The bound in words: what is varied, up to where. */
  bound: string;
  starts(): Iterable<{ label: string; parameters: Parameters; state: State }>;
  choices(state: State): readonly Event[];
  /** Named states to search for with `--until`. */
  goals: Readonly<Record<string, (state: State) => boolean>>;
  /** At most so many states are visited. */
  limit: number;
}

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

export type ParameterValue = number | string | boolean | readonly number[];
export type ParameterValues = Record<string, ParameterValue>;

/** A way in which mail says a value, such as `{} NUMA nodes` or `{size} per node`. */
export interface Phrase {
  /**
   * Words with at most one hole: `{}` a whole number, in digits or as a word up to twelve; `{size}` an amount of memory, given in the unit of
   * the parameter; `{version}` a kernel version, which picks the last choice that is not newer; none: the phrase means `value`.
   */
  says: string;
  /** What a phrase without a hole means. */
  value?: ParameterValue;
  /** What a number stands for where it is not the value itself: `1/256th` of 4096 bytes is 16. */
  from?: (number: number) => number;
}

export type ParameterSpec = {
  name: string;
  label: string;
  /** One sentence of help. */
  help: string;
  /** How mail says a value of it, so that the numbers of a paragraph can be filled in. */
  inText?: readonly Phrase[];
} & (
  | { kind: 'integer'; default: number; min: number; max: number; unit?: string }
  | { kind: 'choice'; default: string; choices: readonly { value: string; label: string }[] }
  | { kind: 'switch'; default: boolean }
);

/** Input that is not of the form the simulator reads; `path` is a JSON pointer into what was given, `/memblocks/0`. */
export class InputError extends Error {
  readonly path: string;
  constructor(message: string, path: string) {
    super(message);
    this.name = 'InputError';
    this.path = path;
  }
}
