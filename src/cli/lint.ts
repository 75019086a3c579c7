import { packsInUse, SCHEMA_VERSION } from '#features';
import { simulators } from '#simulators';
import { parsed } from './arguments.ts';
import { type NoteProblem, notesIn, problemLine, problemsOf } from './notes.ts';
import type { Output } from './output.ts';
import { UsageError } from './usage.ts';

/** `patchgloss lint FOLDER... [--json]` */
export async function lint(args: readonly string[], output: Output): Promise<void> {
  const { values, positionals } = parsed(args, { json: { type: 'boolean' } });
  if (positionals.length === 0) throw new UsageError('FOLDER is missing');
  const folders: LintedFolder[] = [];
  for (const path of positionals) {
    const folder = await linted(path, output);
    if (folder === undefined) continue;
    folders.push(folder);
    const { notes, mistakes, problems } = folder;
    if (values.json !== true) {
      for (const problem of problems) await output.line(problemLine(problem));
      if (mistakes === 0) await output.line(`${path}: ${notes} notes, no mistakes`);
    }
    if (mistakes > 0) output.problem(`${path}: ${mistakes} ${mistakes === 1 ? 'mistake' : 'mistakes'}`);
  }
  if (values.json === true) await output.line(JSON.stringify({ schemaVersion: SCHEMA_VERSION, folders }, undefined, 2));
}

/** A folder of notes that could be read. */
interface LintedFolder {
  path: string;
  /** Those that explain something; one that lacks too much is not counted. */
  notes: number;
  mistakes: number;
  problems: readonly NoteProblem[];
}

async function linted(path: string, output: Output): Promise<LintedFolder | undefined> {
  const scenarios = simulators.map((one) => [one.id, new Set(one.scenarios.map(({ id }) => id))] as const);
  const read = await notesIn(path, output, { concepts: packsInUse().concepts, simulators: new Map(scenarios) });
  if (read === undefined) return undefined;
  const problems = problemsOf(read);
  const mistakes = problems.filter(({ kind }) => kind === 'mistake').length;
  return { path, notes: read.concepts.length, mistakes, problems };
}
