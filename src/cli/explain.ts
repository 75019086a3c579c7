import { type ExplainedMeaning, explainReport } from '#features';
import { parsed } from './arguments.ts';
import { notesOption, useNotes } from './notes.ts';
import type { Output } from './output.ts';
import { UsageError } from './usage.ts';
import { visible } from './visible.ts';

/** `patchgloss explain TERM [--near WORDS] [--notes FOLDER]... [--json]` */
export async function explain(args: readonly string[], output: Output): Promise<void> {
  const hyphened = args.filter(beginsWithOneHyphen);
  const rest = args.filter((one) => !beginsWithOneHyphen(one));
  const { values, positionals } = parsed(rest, {
    ...notesOption,
    near: { type: 'string' },
    json: { type: 'boolean' },
  });
  const term = [...hyphened, ...positionals].join(' ').trim();
  if (term === '') throw new UsageError('TERM is missing');
  await useNotes(values.notes, output);
  const report = explainReport(term, values.near);
  if (values.json === true) {
    await output.line(JSON.stringify(report, undefined, 2));
    return;
  }
  if (!report.found) await output.line(`There is no note on "${visible(term)}".`);
  for (const [index, meaning] of report.meanings.entries()) {
    if (index > 0) await output.line('');
    for (const line of meaningText(meaning)) await output.line(line);
  }
}

/** Terms may (`-rc1`, `-EBUSY`); the options of this command begin with two. */
function beginsWithOneHyphen(argument: string): boolean {
  return /^-[^-]/.test(argument);
}

function* meaningText(meaning: ExplainedMeaning): Generator<string> {
  const { title, expansion, concept, field, summary, lookAlikes, simulator, scenario, sources, family } = meaning;
  yield `${title}${expansion === undefined ? '' : `, ${expansion}`} (${concept})`;
  yield field;
  if (family !== undefined) yield `A member of ${family}; this one has no note of its own.`;
  yield '';
  yield summary;
  if (lookAlikes.length > 0) yield* ['', 'Not to be confused with', ...lookAlikes.map((one) => `  ${one}`)];
  if (simulator !== undefined) {
    const run = `patchgloss simulate ${simulator}${scenario === undefined ? '' : ` --scenario ${scenario}`}`;
    yield* ['', `Run: ${run}`];
  }
  yield* ['', 'Sources', ...sources.map((one) => `  ${one}`)];
}
