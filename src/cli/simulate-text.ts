import { type AnySimulator, type Explored, type ExploredPath, sceneText, showValue, type Trace } from '#simulators';

export function* listText(list: readonly AnySimulator[]): Generator<string> {
  for (const { id, title, about, scenarios } of list) {
    yield `${id}: ${title}`;
    yield `  ${about}`;
    for (const scenario of scenarios) yield `  --scenario ${scenario.id}: ${scenario.title}`;
  }
}

export function* simulatorText(simulator: AnySimulator): Generator<string> {
  yield* [simulator.title, simulator.about, ''];
  yield 'Scenarios';
  for (const { id, title, lesson, from } of simulator.scenarios) {
    yield `  ${id}: ${title}`;
    yield `    ${lesson}`;
    yield `    From: ${from}`;
  }
  yield* ['', 'Parameters'];
  for (const parameter of simulator.parameters) {
    yield `  ${parameter.name}=${showValue(parameter.default)}: ${parameter.label}. ${parameter.help}`;
  }
  yield* ['', 'What always holds', ...simulator.invariants.map((name) => `  ${name}`)];
  if (simulator.exploration) {
    yield* ['', `Explored: ${simulator.exploration.bound}`];
    if (simulator.exploration.goals.length > 0) yield `  --until ${simulator.exploration.goals.join(' | ')}`;
  }
  yield* ['', 'What it leaves out', ...simulator.leavesOut.map((one) => `  ${one}`)];
  yield* ['', 'Sources', ...simulator.sources.map(sourceText)];
}

function sourceText({ where, kernel, inferred }: AnySimulator['sources'][number]): string {
  return `  ${where}${kernel === undefined ? '' : `, ${kernel}`}${inferred ? ' (inferred)' : ''}`;
}

/** A run, step by step, and the picture at its end. */
export function* runText(simulator: AnySimulator, run: Trace): Generator<string> {
  const scenario = run.scenario === undefined ? undefined : simulator.scenario(run.scenario);
  yield scenario ? `${simulator.id}, ${scenario.title}` : simulator.id;
  if (scenario) yield* [scenario.lesson, `From: ${scenario.from}`];
  const values = Object.entries(run.parameters).map(([name, value]) => `${name}=${showValue(value)}`);
  yield* [values.join(' '), ''];
  for (const { index, label, outcome, rule, because, log } of run.steps) {
    yield `${index}. ${label}: ${outcome} (${rule})`;
    yield `   ${because}`;
    for (const line of log ?? []) yield `   | ${line}`;
  }
  yield* ['', sceneText(run.sceneAt(run.last))];
}

export function* explorationText(simulator: AnySimulator, found: Explored): Generator<string> {
  const all = found.complete ? 'all states within the bound' : 'the limit was reached, there are more';
  yield `${simulator.id}: ${found.states} states (${all})`;
  yield `Bound: ${found.bound}`;
  yield '';
  for (const { name, holds, path } of found.invariants) {
    yield `${holds ? 'holds' : 'VIOLATED'}: ${name}`;
    if (path) yield* pathText(path);
  }
  for (const { name, reached, path } of found.goal ? [found.goal] : (found.goals ?? [])) {
    yield '';
    yield `${name}: ${reached ? 'reached, a shortest way' : 'not reached'}`;
    if (path) yield* pathText(path);
  }
}

function* pathText(path: ExploredPath): Generator<string> {
  for (const [index, { label, because }] of path.entries()) {
    yield `  ${index}. ${label}${because === undefined ? '' : `: ${because}`}`;
  }
}
