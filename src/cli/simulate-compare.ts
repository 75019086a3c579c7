import { type AnySimulator, type Backwards, type Comparison, showValue, type Trace, type TraceStep } from '#simulators';

/** Two runs of a scenario, one under the other where they part. */
export function* comparisonText(
  simulator: AnySimulator,
  left: Trace,
  { parameters, rows, parts, results }: Comparison,
): Generator<string> {
  const scenario = left.scenario === undefined ? undefined : simulator.scenario(left.scenario);
  yield scenario ? `${simulator.id}, ${scenario.title}` : simulator.id;
  for (const { name, left: one, right: other } of parameters) {
    yield `  ${name}: left ${showValue(one)}, right ${showValue(other)}`;
  }
  yield '';
  if (parts === undefined) {
    yield `Both runs are alike in all ${rows.length} steps.`;
    return;
  }
  if (parts > 0) yield `= ${parts === 1 ? 'The first step is' : `The first ${parts} steps are`} alike.`;
  for (const { left: one, right: other, same } of rows.slice(parts)) {
    if (same && one) yield `= ${one.label}: ${one.outcome} (${one.rule})`;
    else yield* [...side('<', one), ...side('>', other)];
  }
  if (results.length === 0) return;
  yield* ['', 'In the end'];
  for (const { path, left: one, right: other } of results) {
    yield `  ${path}: left ${JSON.stringify(one) ?? 'nothing'}, right ${JSON.stringify(other) ?? 'nothing'}`;
  }
}

function* side(mark: '<' | '>', step: TraceStep | undefined): Generator<string> {
  if (!step) return;
  yield `${mark} ${step.label}: ${step.outcome} (${step.rule})`;
  yield `    ${step.because}`;
}

/** A comparison as plain data: of each step what a reader compares, not its state. */
export function comparisonAnswer({ parameters, rows, parts, results }: Comparison) {
  return {
    parameters,
    parts,
    rows: rows.map(({ left, right, same }) => ({ same, left: brief(left), right: brief(right) })),
    results,
  };
}

function brief(step: TraceStep | undefined) {
  return (
    step && { index: step.index, label: step.label, outcome: step.outcome, rule: step.rule, because: step.because }
  );
}

/** The situations that lead to a state. */
export function* backwardsText(simulator: AnySimulator, found: Backwards): Generator<string> {
  const all = found.complete ? 'all situations within the bound' : 'the limit was reached, there are more';
  yield `${simulator.id}, ${found.goal}: ${found.leading} of ${found.situations} situations lead to it (${all})`;
  if (simulator.exploration) yield `Bound: ${simulator.exploration.bound}`;
  if (found.needs.length > 0) yield* ['', 'What they have in common'];
  for (const { parameter, values, of } of found.needs) {
    yield `  ${parameter}: ${values.map(showValue).join(', ')} (${values.length} of ${of} values)`;
  }
  if (found.examples.length > 0) yield* ['', 'Some of them'];
  for (const { label } of found.examples) yield `  ${label}`;
}
