import { SCHEMA_VERSION } from '#features';
import {
  type AnySimulator,
  compare,
  InputError,
  parseParameters,
  simulatorById,
  simulators,
  traceReport,
} from '#simulators';
import { oneOf, parsed } from './arguments.ts';
import type { Output } from './output.ts';
import { backwardsText, comparisonAnswer, comparisonText } from './simulate-compare.ts';
import { answerInputs } from './simulate-input.ts';
import { explorationText, listText, runText, simulatorText } from './simulate-text.ts';
import { UsageError } from './usage.ts';

interface Asked {
  scenario?: string | undefined;
  set?: string[] | undefined;
  input?: string | undefined;
  explore?: boolean | undefined;
  until?: string | undefined;
  against?: string[] | undefined;
  situations?: string | undefined;
}

/** `patchgloss simulate [ID] ...` */
export async function simulate(args: readonly string[], output: Output): Promise<void> {
  const { values, positionals } = parsed(args, {
    scenario: { type: 'string' },
    set: { type: 'string', multiple: true },
    input: { type: 'string' },
    explore: { type: 'boolean' },
    until: { type: 'string' },
    against: { type: 'string', multiple: true },
    situations: { type: 'string' },
    json: { type: 'boolean' },
    jsonl: { type: 'boolean' },
  });
  const format = oneOf(values, ['json', 'jsonl'] as const) ?? 'text';
  const [id, more] = positionals;
  if (more !== undefined) throw new UsageError(`one ID is simulated at a time; "${more}" is one too many`);
  refuseMixed(values, id);
  const write = (answer: unknown, text: () => Iterable<string>): Promise<void> =>
    writeAnswer(answer, text, format, output);
  if (id === undefined) return write(listAnswer(simulators), () => listText(simulators));
  const simulator = simulatorById(id);
  if (!simulator) throw new UsageError(`there is no simulator "${id}"; there are: ${idsOf(simulators)}`);
  if (values.input !== undefined) return answerInputs(simulator, values.input, format, output);
  if (values.explore === true) return explored(simulator, values.until, write);
  if (values.situations !== undefined) return situations(simulator, values.situations, write);
  if (values.scenario !== undefined) {
    if (values.against !== undefined) return comparison(simulator, values.scenario, values.set, values.against, write);
    return scenarioRun(simulator, values.scenario, values.set ?? [], write);
  }
  return write(listAnswer([simulator]), () => simulatorText(simulator));
}

type Write = (answer: unknown, text: () => Iterable<string>) => Promise<void>;

/** What cannot be asked together, or not alone. */
function refuseMixed(asked: Asked, id: string | undefined): void {
  const given = (['scenario', 'input', 'explore', 'situations'] as const).filter((name) => asked[name] !== undefined);
  if (given.length > 1) throw new UsageError(`--${given[0]} and --${given[1]} cannot both be given`);
  if (id === undefined && given.length > 0) throw new UsageError(`ID is missing; there are: ${idsOf(simulators)}`);
  if (asked.until !== undefined && asked.explore !== true) throw new UsageError('--until is asked of --explore');
  if (asked.set !== undefined && asked.scenario === undefined) throw new UsageError('--set is asked of --scenario');
  if (asked.against !== undefined && asked.scenario === undefined)
    throw new UsageError('--against is asked of --scenario');
}

function idsOf(list: readonly AnySimulator[]): string {
  return list.map(({ id }) => id).join(', ');
}

async function writeAnswer(
  answer: unknown,
  text: () => Iterable<string>,
  format: 'text' | 'json' | 'jsonl',
  output: Output,
): Promise<void> {
  if (format === 'text') for (const line of text()) await output.line(line);
  else await output.line(JSON.stringify(answer, undefined, format === 'json' ? 2 : undefined));
}

function listAnswer(list: readonly AnySimulator[]) {
  return {
    schemaVersion: SCHEMA_VERSION,
    simulators: list.map((simulator) => ({
      id: simulator.id,
      title: simulator.title,
      about: simulator.about,
      leavesOut: simulator.leavesOut,
      parameters: simulator.parameters.map(({ inText: _phrases, ...spec }) => spec),
      scenarios: simulator.scenarios,
      invariants: simulator.invariants,
      exploration: simulator.exploration,
      answers: simulator.answers,
      sources: simulator.sources,
    })),
  };
}

async function scenarioRun(
  simulator: AnySimulator,
  name: string,
  settings: readonly string[],
  write: Write,
): Promise<void> {
  const run = asUsage(() => simulator.runScenario(name, settingsOf(simulator, settings)));
  const report = traceReport(run);
  const members = typeof report === 'object' && report !== null ? report : {};
  await write({ schemaVersion: SCHEMA_VERSION, ...members }, () => runText(simulator, run));
}

/** The scenario beside itself with other parameters. */
async function comparison(
  simulator: AnySimulator,
  name: string,
  settings: readonly string[] = [],
  against: readonly string[],
  write: Write,
): Promise<void> {
  const ours = settingsOf(simulator, settings);
  const left = asUsage(() => simulator.runScenario(name, ours));
  const right = asUsage(() => simulator.runScenario(name, { ...ours, ...settingsOf(simulator, against) }));
  const found = compare(left, right);
  const { scenario } = left;
  const answer = { schemaVersion: SCHEMA_VERSION, simulator: simulator.id, scenario, ...comparisonAnswer(found) };
  await write(answer, () => comparisonText(simulator, left, found));
}

async function situations(simulator: AnySimulator, goal: string, write: Write): Promise<void> {
  const found = asUsage(() => simulator.backwards(goal));
  const answer = { schemaVersion: SCHEMA_VERSION, simulator: simulator.id, ...found };
  await write(answer, () => backwardsText(simulator, found));
}

/** Only the parameters that were given: the others are the scenario's. */
function settingsOf(simulator: AnySimulator, settings: readonly string[]): Record<string, unknown> {
  const checked = parseParameters(simulator.parameters, settings);
  if (!checked.ok) throw new UsageError(checked.problems.map(({ message }) => message).join('; '));
  const names = settings.map((setting) => setting.slice(0, setting.indexOf('=')));
  return Object.fromEntries(names.map((name) => [name, checked.values[name]]));
}

async function explored(simulator: AnySimulator, until: string | undefined, write: Write): Promise<void> {
  const result = asUsage(() => simulator.explore(until === undefined ? {} : { until }));
  const answer = { schemaVersion: SCHEMA_VERSION, simulator: simulator.id, ...result };
  await write(answer, () => explorationText(simulator, result));
}

/** A scenario, a goal or a value that is not there was asked for wrongly. */
function asUsage<Result>(ask: () => Result): Result {
  try {
    return ask();
  } catch (error) {
    if (error instanceof InputError) throw new UsageError(error.message);
    throw error;
  }
}
