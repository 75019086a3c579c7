import { type HoverReport, hoverReport, ourGlossary, plainText, type SaidPlace } from '#features';
import { showValue } from '#simulators';
import { parsed } from './arguments.ts';
import { openFile } from './inputs.ts';
import { notesOption, useNotes } from './notes.ts';
import type { Output } from './output.ts';
import { locate, readPosition } from './position.ts';
import { reportProblem } from './report-problem.ts';
import { UsageError } from './usage.ts';
import { visible } from './visible.ts';

/** `patchgloss hover FILE LINE:COLUMN [--notes FOLDER]... [--json]` */
export async function hover(args: readonly string[], output: Output): Promise<void> {
  const { values, positionals } = parsed(args, { ...notesOption, json: { type: 'boolean' } });
  const [path, place, more] = positionals;
  if (path === undefined || place === undefined || more !== undefined)
    throw new UsageError('FILE and LINE:COLUMN are asked for');
  const asked = readPosition(place);
  await useNotes(values.notes, output);
  const input = await openFile(path);
  reportProblem(input, output);
  if (!('reading' in input)) return;
  const report = hoverReport(input.reading, locate(input.bytes, asked));
  if (values.json === true) await output.line(JSON.stringify(report, undefined, 2));
  else for (const line of hoverText(report, place)) await output.line(visible(line));
}

function* hoverText(report: HoverReport, place: string): Generator<string> {
  if (!report.found) {
    yield `Nothing is known about ${place}.`;
    return;
  }
  if (report.meanings.length === 0) yield plainText(report.markdown ?? '');
  yield* meaningsText(report);
  if (report.meanings.length > 0) yield* threadText(report);
}

function* meaningsText(report: HoverReport): Generator<string> {
  for (const [index, { concept, title, because, scenario, family }] of report.meanings.entries()) {
    if (index > 0) yield '';
    const note = ourGlossary().byId.get(concept);
    yield `${title}${note?.expansion === undefined ? '' : `, ${note.expansion}`} (${concept})`;
    if (family !== undefined) yield `A member of ${family}; this one has no note of its own.`;
    if (note) yield note.summary;
    yield `Because ${because}.`;
    if (scenario)
      yield `Run: patchgloss simulate ${scenario.simulator} --scenario ${scenario.id}${settings(scenario.parameters)}`;
  }
}

/** What the thread itself says: who explains the term, or else who said it first. */
function* threadText({ inThread, local }: HoverReport): Generator<string> {
  if (local) yield `Here: ${local.expansion} (${saidBy(local.by)}).`;
  const { definition, firstUse } = inThread ?? {};
  if (definition) yield `Explained (${saidBy(definition)}): "${definition.text ?? ''}"`;
  if (firstUse) yield `First said: ${saidBy(firstUse)}.`;
}

function saidBy({ speaker, message, line }: SaidPlace): string {
  return `${speaker === undefined ? '' : `${speaker}, `}message ${message + 1}, line ${line}`;
}

/** The values that were read in the text, as `simulate` takes them. */
function settings(parameters: Readonly<Record<string, number | string | boolean>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => ` --set ${name}=${showValue(value)}`)
    .join('');
}
