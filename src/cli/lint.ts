import { packsInUse } from '#features';
import { simulators } from '#simulators';
import { parsed } from './arguments.ts';
import { notesIn, problemLines } from './notes.ts';
import type { Output } from './output.ts';
import { UsageError } from './usage.ts';

/** `patchgloss lint FOLDER...` */
export async function lint(args: readonly string[], output: Output): Promise<void> {
  const { positionals } = parsed(args, {});
  if (positionals.length === 0) throw new UsageError('FOLDER is missing');
  const known = {
    concepts: packsInUse().concepts,
    simulators: new Map(simulators.map(({ id, scenarios }) => [id, new Set(scenarios.map((one) => one.id))])),
  };
  for (const folder of positionals) {
    const read = await notesIn(folder, output, known);
    if (read === undefined) continue;
    const problems = problemLines(read);
    for (const { line } of problems) await output.line(line);
    const mistakes = problems.filter(({ fatal }) => fatal).length;
    if (mistakes > 0) output.problem(`${folder}: ${mistakes} ${mistakes === 1 ? 'mistake' : 'mistakes'}`);
    else await output.line(`${folder}: ${read.concepts.length} notes, no mistakes`);
  }
}
