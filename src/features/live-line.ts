import type { Meaning } from '#concepts';
import { simulatorById } from '#simulators';

/** A scenario as the paragraph asks for it. */
export interface ScenarioInPlace {
  simulator: string;
  id: string;
  title: string;
  /** Parameters that stand in the paragraph; the scenario's own are not repeated. */
  parameters: Readonly<Record<string, number | string | boolean>>;
  /** `simulator:tdmr-pamt/one-256th?maxReserved=16` */
  link: string;
}

/** The simulator state that a meaning opens here. Absent when the note names none, or names one that does not exist. */
export function scenarioInPlace({ concept, scenario }: Meaning, _paragraph: string): ScenarioInPlace | undefined {
  if (concept.simulator === undefined || scenario === undefined) return undefined;
  const found = simulatorById(concept.simulator)?.scenario(scenario);
  if (!found) return undefined;
  return {
    simulator: concept.simulator,
    id: found.id,
    title: found.title,
    parameters: {},
    link: `simulator:${concept.simulator}/${found.id}`,
  };
}

/** One line from the simulator: what the scenario teaches. */
export function liveLine(run: ScenarioInPlace): string | undefined {
  return simulatorById(run.simulator)?.scenario(run.id)?.lesson;
}
