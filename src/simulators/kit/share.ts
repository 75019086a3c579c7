import type { AnySimulator } from './define.ts';
import { type CheckedParameters, parseParameters, showValue } from './parameters.ts';
import type { ParameterValues } from './simulator.ts';

/** One position of one run, in words that survive a note or a link: `tdmr-pamt?scenario=one-chunk&step=3`. */
export interface Shared {
  simulator: string;
  scenario?: string;
  /** The run is the shortest way to this named state; its parameters are those of the way. */
  goal?: string;
  parameters: ParameterValues;
  /** Of the run beside it: the parameters that differ. */
  against?: ParameterValues;
  /** As in `Trace`, -1 is the start; absent: the place the scenario opens at, or the start. */
  step?: number;
}

export type ParsedShare = { ok: true; shared: Shared } | { ok: false; message: string };

/** Longer texts are not ours. */
const LONGEST = 4096;

/** Before the name of a parameter of the run beside. */
const AGAINST = 'against.';

/** Writes only what differs from the scenario, or from the defaults when there is none. */
export function shareText(simulator: AnySimulator, shared: Omit<Shared, 'simulator'>): string {
  const { goal, against, parameters, step } = shared;
  const scenario = shared.scenario === undefined ? undefined : simulator.scenario(shared.scenario);
  const base = simulator.check({}, scenario);
  const pairs: string[] = [];
  if (scenario !== undefined) pairs.push(pair('scenario', scenario.id));
  if (goal !== undefined) pairs.push(pair('goal', goal));
  for (const { name } of simulator.parameters) {
    const value = goal === undefined ? parameters[name] : undefined;
    if (value !== undefined && !(base.ok && base.values[name] === value)) pairs.push(pair(name, showValue(value)));
  }
  for (const { name } of simulator.parameters) {
    const value = against?.[name];
    if (value !== undefined) pairs.push(pair(`${AGAINST}${name}`, showValue(value)));
  }
  if (step !== undefined) pairs.push(`step=${step}`);
  return pairs.length === 0 ? simulator.id : `${simulator.id}?${pairs.join('&')}`;
}

function pair(name: string, value: string): string {
  return `${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
}

/** Reads such a text. Everything in it is checked, the step against the run itself; what is wrong is said, nothing throws. */
export function parseShare(text: string, simulatorById: (id: string) => AnySimulator | undefined): ParsedShare {
  if (text.length > LONGEST) return refuse(`a shared text has at most ${LONGEST} characters`);
  const mark = text.indexOf('?');
  const id = mark < 0 ? text : text.slice(0, mark);
  const simulator = simulatorById(id);
  if (simulator === undefined) return refuse(`there is no simulator ${JSON.stringify(id.slice(0, 60))}`);
  const pairs = mark < 0 ? [] : decodePairs(text.slice(mark + 1));
  if (pairs === undefined) return refuse('the part after ? is not of the form name=value&name=value');
  const said: Said = { kept: new Map(), own: [], against: [] };
  for (const [name, value] of pairs) {
    if (KEPT.includes(name)) {
      if (said.kept.has(name)) return refuse(`${name} is given twice`);
      said.kept.set(name, value);
    } else if (name.startsWith(AGAINST)) said.against.push(`${name.slice(AGAINST.length)}=${value}`);
    else said.own.push(`${name}=${value}`);
  }
  return readShare(simulator, said);
}

const KEPT: readonly string[] = ['scenario', 'goal', 'step'];

interface Said {
  kept: Map<string, string>;
  /** `name=value` */
  own: string[];
  against: string[];
}

function readShare(simulator: AnySimulator, { kept, own, against }: Said): ParsedShare {
  const scenarioId = kept.get('scenario');
  const scenario = scenarioId === undefined ? undefined : simulator.scenario(scenarioId);
  if (scenarioId !== undefined && scenario === undefined) {
    return refuse(`${simulator.id} has no scenario ${JSON.stringify(scenarioId.slice(0, 60))}`);
  }
  const goal = kept.get('goal');
  if (goal !== undefined && !simulator.exploration?.goals.includes(goal)) {
    return refuse(`${simulator.id} has no goal ${JSON.stringify(goal.slice(0, 60))}`);
  }
  if (goal !== undefined && kept.size + own.length > (kept.has('step') ? 2 : 1)) {
    return refuse('a goal stands alone: the way to it has its own parameters');
  }
  const given = valuesOf(simulator, own);
  const beside = valuesOf(simulator, against);
  if ('message' in given) return refuse(given.message);
  if ('message' in beside) return refuse(beside.message);
  const checked = simulator.check(given.values, scenario);
  const both = simulator.check({ ...given.values, ...beside.values }, scenario);
  if (!checked.ok || !both.ok) return refuse(problemsOf(checked) || problemsOf(both));
  const run = goal === undefined ? simulator.run(checked.values) : simulator.wayTo(goal);
  if (run === undefined) return refuse(`${simulator.id} finds no way to ${goal}`);
  const shared: Shared = {
    simulator: simulator.id,
    ...(scenario === undefined ? {} : { scenario: scenario.id }),
    ...(goal === undefined ? {} : { goal }),
    parameters: run.parameters,
    ...(against.length === 0 ? {} : { against: beside.values }),
  };
  return withStep(shared, kept.get('step'), against.length === 0 ? run.last : Number.POSITIVE_INFINITY);
}

/** The values that are given, and no others; or what is wrong with them. */
function valuesOf(
  simulator: AnySimulator,
  texts: readonly string[],
): { values: ParameterValues } | { message: string } {
  const parsed = parseParameters(simulator.parameters, texts);
  if (!parsed.ok) return { message: problemsOf(parsed) };
  const named = new Set(texts.map((text) => text.slice(0, text.indexOf('='))));
  return { values: Object.fromEntries(Object.entries(parsed.values).filter(([name]) => named.has(name))) };
}

function problemsOf(checked: CheckedParameters): string {
  return checked.ok ? '' : checked.problems.map((problem) => problem.message).join('; ');
}

/** Beside another run a step counts the rows of both, which only the comparison knows. */
function withStep(shared: Shared, text: string | undefined, last: number): ParsedShare {
  if (text === undefined) return { ok: true, shared };
  if (!/^-?[0-9]{1,9}$/.test(text))
    return refuse(`step must be a whole number, not ${JSON.stringify(text.slice(0, 40))}`);
  const step = Number(text);
  if (step < -1 || step > last) {
    return refuse(`step ${step} is outside the run, which has steps -1 (the start) to ${last}`);
  }
  return { ok: true, shared: { ...shared, step } };
}

/** `undefined` when a pair has no `=` or a percent sign leads nowhere. */
function decodePairs(query: string): [string, string][] | undefined {
  const pairs: [string, string][] = [];
  try {
    for (const pair of query.split('&')) {
      const equals = pair.indexOf('=');
      if (equals < 1) return undefined;
      const name = decodeURIComponent(pair.slice(0, equals));
      // An escaped equals sign in a name would move the border between name and value.
      if (name.includes('=')) return undefined;
      pairs.push([name, decodeURIComponent(pair.slice(equals + 1))]);
    }
  } catch {
    return undefined;
  }
  return pairs;
}

function refuse(message: string): ParsedShare {
  return { ok: false, message };
}
