import type { Meaning } from '#concepts';
import { type AnySimulator, type Scenario, showValue, simulatorById, valuesInText } from '#simulators';

type Values = Record<string, number | string | boolean>;

/** A scenario as the paragraph asks for it. */
export interface ScenarioInPlace {
  simulator: string;
  id: string;
  title: string;
  /** The parameters whose values stand in the paragraph. */
  parameters: Readonly<Values>;
  /** `simulator:tdmr-pamt/one-256th?maxReserved=16` */
  link: string;
}

/** The simulator state that a meaning opens here. Absent when the note names none, or names one that does not exist. */
export function scenarioInPlace({ concept, scenario }: Meaning, paragraph: string): ScenarioInPlace | undefined {
  if (concept.simulator === undefined || scenario === undefined) return undefined;
  const simulator = simulatorById(concept.simulator);
  const found = simulator?.scenario(scenario);
  if (!simulator || !found) return undefined;
  const parameters = parametersOf(simulator, found, paragraph);
  const query = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(showValue(value))}`);
  return {
    simulator: concept.simulator,
    id: found.id,
    title: found.title,
    parameters,
    link: `simulator:${concept.simulator}/${found.id}${query.length === 0 ? '' : `?${query.join('&')}`}`,
  };
}

/**
 * What the paragraph says of the scenario's parameters. A choice that the scenario makes itself, such as a kernel version, is what it
 * is about: the text does not change it. Values that cannot be had together are all left out.
 */
function parametersOf(simulator: AnySimulator, scenario: Scenario, paragraph: string): Values {
  const values: Values = {};
  for (const { name, value } of valuesInText(simulator.parameters, paragraph)) {
    const own = scenario.parameters[name];
    if (own !== undefined && typeof value !== 'number') continue;
    if (typeof value !== 'object') values[name] = value;
  }
  return simulator.check(values, scenario).ok ? values : {};
}

/** A run of more events is not made for a hover: those of a hundred take about two milliseconds. */
const MOST_EVENTS = 100;
/** So many lines are kept. */
const MOST_KEPT = 200;

const kept = new Map<string, string | undefined>();

/**
 * One line from the simulator: what the scenario comes to with the numbers of the paragraph, else what it teaches. Absent when the
 * numbers make a long run of it. Lines are kept by scenario and values.
 */
export function liveLine({ simulator: id, id: scenario, parameters }: ScenarioInPlace): string | undefined {
  const simulator = simulatorById(id);
  const found = simulator?.scenario(scenario);
  if (!simulator || !found) return undefined;
  const checked = simulator.check({}, found);
  const differs =
    checked.ok &&
    Object.entries(parameters).some(([name, value]) => typeof value === 'number' && checked.values[name] !== value);
  if (!differs) return found.lesson;
  const key = `${id}/${scenario} ${JSON.stringify(parameters)}`;
  if (kept.has(key)) return kept.get(key);
  const events = simulator.eventCount(found, parameters);
  const line = events !== undefined && events <= MOST_EVENTS ? summaryOf(simulator, scenario, parameters) : undefined;
  const [oldest] = kept.keys();
  if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(key, line);
  return line;
}

function summaryOf(simulator: AnySimulator, scenario: string, parameters: Readonly<Values>): string {
  const run = simulator.runScenario(scenario, parameters);
  return run.sceneAt(run.last).summary;
}
