import { canonical } from './json.ts';
import type { Exploration, Json, ParameterValue, ParameterValues, Simulator } from './simulator.ts';

/** Which starts lead to a goal: the question asked backwards. */
export interface Backwards {
  goal: string;
  /** Starting situations within the bound, and how many of them can come to the goal. */
  situations: number;
  leading: number;
  /** False when the limit ended the walk; then only the situations that were looked at are counted. */
  complete: boolean;
  /** What the leading situations have in common: parameters that take fewer values in them than in all. */
  needs: readonly { parameter: string; values: readonly ParameterValue[]; of: number }[];
  /** Some of them, nearest to the defaults first. */
  examples: readonly { label: string; parameters: ParameterValues }[];
}

const MOST_EXAMPLES = 12;

type Start<State, Parameters> = { label: string; parameters: Parameters; state: State };

/** Walks on from every start of the exploration by itself, and tells the ones apart from which the goal can be reached. */
export function backwards<State extends Json, Event extends Json, Parameters extends ParameterValues>(
  simulator: Simulator<State, Event, Parameters>,
  exploration: Exploration<State, Event, Parameters>,
  goal: { name: string; test: (state: State) => boolean },
): Backwards {
  const all: Start<State, Parameters>[] = [];
  const leading: Start<State, Parameters>[] = [];
  let budget = exploration.limit;
  let complete = true;
  for (const start of exploration.starts()) {
    if (budget <= 0) {
      complete = false;
      break;
    }
    all.push(start);
    const walked = reaches(simulator, exploration, goal.test, start.state, budget);
    budget -= walked.states;
    if (walked.reached) leading.push(start);
  }
  return {
    goal: goal.name,
    situations: all.length,
    leading: leading.length,
    complete,
    needs: needsOf(all, leading),
    examples: leading.slice(0, MOST_EXAMPLES).map(({ label, parameters }) => ({ label, parameters })),
  };
}

function reaches<State extends Json, Event extends Json, Parameters extends ParameterValues>(
  simulator: Simulator<State, Event, Parameters>,
  exploration: Exploration<State, Event, Parameters>,
  test: (state: State) => boolean,
  start: State,
  most: number,
): { reached: boolean; states: number } {
  const seen = new Set([canonical(start)]);
  const waiting = [start];
  for (let state = waiting.pop(); state !== undefined; state = waiting.pop()) {
    if (test(state)) return { reached: true, states: seen.size };
    for (const event of exploration.choices(state)) {
      const taken = simulator.step(state, event);
      const name = canonical(taken.state);
      if (seen.has(name) || seen.size >= most) continue;
      seen.add(name);
      if (taken.outcome !== 'stuck') waiting.push(taken.state);
      else if (test(taken.state)) return { reached: true, states: seen.size };
    }
  }
  return { reached: false, states: seen.size };
}

function needsOf<State, Parameters extends ParameterValues>(
  all: readonly Start<State, Parameters>[],
  leading: readonly Start<State, Parameters>[],
): Backwards['needs'] {
  if (leading.length === 0) return [];
  return Object.keys(all[0]?.parameters ?? {}).flatMap((parameter) => {
    const valuesIn = (starts: readonly Start<State, Parameters>[]): ParameterValue[] => [
      ...new Set(starts.flatMap(({ parameters }) => parameters[parameter] ?? [])),
    ];
    const values = valuesIn(leading);
    const of = valuesIn(all).length;
    return values.length < of ? [{ parameter, values, of }] : [];
  });
}
