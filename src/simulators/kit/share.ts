import type { AnySimulator } from './define.ts';
import { parseParameters, showValue } from './parameters.ts';
import type { ParameterValues } from './simulator.ts';

/** One position of one run, in words that survive a note or a link: `tdmr-pamt?scenario=one-chunk&step=3`. */
export interface Shared {
  simulator: string;
  scenario?: string;
  parameters: ParameterValues;
  /** As in `Trace`, -1 is the start; absent: the place the scenario opens at, or the start. */
  step?: number;
}

export type ParsedShare = { ok: true; shared: Shared } | { ok: false; message: string };

/** Longer texts are not ours. */
const LONGEST = 4096;

/** Writes only what differs from the scenario, or from the defaults when there is none. */
export function shareText(simulator: AnySimulator, shared: Omit<Shared, 'simulator'>): string {
  const scenario = shared.scenario === undefined ? undefined : simulator.scenario(shared.scenario);
  const base = simulator.check({}, scenario);
  const pairs: string[] = [];
  if (scenario !== undefined) pairs.push(`scenario=${encodeURIComponent(scenario.id)}`);
  for (const spec of simulator.parameters) {
    const value = shared.parameters[spec.name];
    if (value === undefined || (base.ok && base.values[spec.name] === value)) continue;
    pairs.push(`${encodeURIComponent(spec.name)}=${encodeURIComponent(showValue(value))}`);
  }
  if (shared.step !== undefined) pairs.push(`step=${shared.step}`);
  return pairs.length === 0 ? simulator.id : `${simulator.id}?${pairs.join('&')}`;
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
  const kept = new Map<string, string>();
  const texts: string[] = [];
  for (const [name, value] of pairs) {
    if (name !== 'scenario' && name !== 'step') texts.push(`${name}=${value}`);
    else if (kept.has(name)) return refuse(`${name} is given twice`);
    else kept.set(name, value);
  }
  return readShare(simulator, kept.get('scenario'), kept.get('step'), texts);
}

function readShare(
  simulator: AnySimulator,
  scenarioId: string | undefined,
  stepText: string | undefined,
  texts: readonly string[],
): ParsedShare {
  const scenario = scenarioId === undefined ? undefined : simulator.scenario(scenarioId);
  if (scenarioId !== undefined && scenario === undefined) {
    return refuse(`${simulator.id} has no scenario ${JSON.stringify(scenarioId.slice(0, 60))}`);
  }
  const parsed = parseParameters(simulator.parameters, texts);
  if (!parsed.ok) return refuse(parsed.problems.map((problem) => problem.message).join('; '));
  const named = new Set(texts.map((text) => text.slice(0, text.indexOf('='))));
  const given = Object.fromEntries(Object.entries(parsed.values).filter(([name]) => named.has(name)));
  const checked = simulator.check(given, scenario);
  if (!checked.ok) return refuse(checked.problems.map((problem) => problem.message).join('; '));
  const shared: Shared = {
    simulator: simulator.id,
    ...(scenario === undefined ? {} : { scenario: scenario.id }),
    parameters: checked.values,
  };
  if (stepText === undefined) return { ok: true, shared };
  if (!/^-?[0-9]{1,9}$/.test(stepText))
    return refuse(`step must be a whole number, not ${JSON.stringify(stepText.slice(0, 40))}`);
  const step = Number(stepText);
  const last = simulator.run(checked.values).last;
  if (step < -1 || step > last)
    return refuse(`step ${step} is outside the run, which has steps -1 (the start) to ${last}`);
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
