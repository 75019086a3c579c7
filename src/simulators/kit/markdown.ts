import type { AnySimulator } from './define.ts';
import { showValue } from './parameters.ts';
import type { Citation } from './simulator.ts';
import { sceneText } from './text.ts';
import type { Trace, TraceStep } from './trace.ts';

/** So many steps are written out; the rest is counted. */
const MOST_STEPS = 500;

/** A run to keep or to send: what was asked, the picture at one position, every step with its rule and source, what is left out. */
export function traceMarkdown(simulator: AnySimulator, run: Trace, position: number): string {
  const scenario = run.scenario === undefined ? undefined : simulator.scenario(run.scenario);
  const parts = [
    `# ${escaped(scenario?.title ?? simulator.title)}`,
    ...(scenario ? [escaped(scenario.lesson), `From ${escaped(scenario.from)}.`] : [escaped(simulator.about)]),
    ...(run.goal === undefined ? [] : [`The shortest way to \`${run.goal}\`.`]),
    ['| parameter | value |', '| --- | --- |', ...parameterRows(simulator, run)].join('\n'),
    `## Picture\n\n${fenced(sceneText(run.sceneAt(position)))}`,
    `## Steps\n\n${stepLines(run).join('\n')}`,
    `## What the model leaves out\n\n${simulator.leavesOut.map((one) => `- ${escaped(one)}`).join('\n')}`,
    `## Sources\n\n${simulator.sources.map((one) => `- ${citation(one)}`).join('\n')}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function parameterRows(simulator: AnySimulator, run: Trace): string[] {
  return simulator.parameters.map((spec) => {
    const value = run.parameters[spec.name] ?? spec.default;
    const unit = spec.kind === 'integer' && spec.unit !== undefined ? ` ${spec.unit}` : '';
    const label = spec.kind === 'choice' ? spec.choices.find((choice) => choice.value === value)?.label : undefined;
    return `| ${escaped(spec.label)} | ${escaped(label ?? showValue(value))}${unit} |`;
  });
}

function stepLines(run: Trace): string[] {
  const lines = run.steps.slice(0, MOST_STEPS).map(stepLine);
  const left = run.steps.length - lines.length;
  return left > 0 ? [...lines, `\n${left} more steps.`] : lines;
}

function stepLine({ index, label, outcome, because, rule, source, log }: TraceStep): string {
  const how = outcome === 'done' ? '' : ` **${outcome}**`;
  const said = (log ?? []).map((line) => `\n   \`${line.replaceAll('`', "'")}\``).join('');
  const from = source === undefined ? '' : `, ${citation(source)}`;
  return `${index + 1}. ${escaped(label)}${how}: ${escaped(because)} (\`${rule}\`${from})${said}`;
}

function citation({ where, kernel, inferred }: Citation): string {
  return [escaped(where), ...(kernel === undefined ? [] : [kernel]), ...(inferred ? ['inferred'] : [])].join(', ');
}

/** Signs that Markdown would take for markup, as text. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>#|]/g, '\\$&');
}

function fenced(text: string): string {
  return `~~~text\n${text.replaceAll('~~~', '~ ~ ~')}\n~~~`;
}
