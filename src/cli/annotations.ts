import { type NotePlace, type NotePlacing, notePlacings } from '#features';
import { noteStore } from './annotation-store.ts';
import { parsed } from './arguments.ts';
import { openAll } from './inputs.ts';
import type { Output } from './output.ts';
import { reportProblem } from './report-problem.ts';
import { UsageError } from './usage.ts';
import { visible } from './visible.ts';

type Subcommand = (args: readonly string[], output: Output) => Promise<void>;

const SUBCOMMANDS: Readonly<Record<string, Subcommand>> = { place };

/** `patchgloss annotations place ...` */
export async function annotations(args: readonly string[], output: Output): Promise<void> {
  const [name, ...rest] = args;
  const names = Object.keys(SUBCOMMANDS).join(', ');
  if (name === undefined || name.startsWith('-')) throw new UsageError(`what to do with them is missing: ${names}`);
  const subcommand = Object.hasOwn(SUBCOMMANDS, name) ? SUBCOMMANDS[name] : undefined;
  if (subcommand === undefined) throw new UsageError(`there is no "annotations ${name}"; there is ${names}`);
  await subcommand(rest, output);
}

/** `patchgloss annotations place FILE... --store FILE [--json]` */
async function place(args: readonly string[], output: Output): Promise<void> {
  const { values, positionals } = parsed(args, { json: { type: 'boolean' }, store: { type: 'string' } });
  if (positionals.length === 0) throw new UsageError('FILE is missing');
  if (values.store === undefined) throw new UsageError('--store FILE is missing');
  const store = await noteStore(values.store, output);
  const inputs = await openAll(positionals);
  for (const input of inputs) reportProblem(input, output);
  const files = inputs.map((input) => ('reading' in input ? { reading: input.reading, path: input.path } : undefined));
  const placings = notePlacings(files, store.annotations);
  if (values.json === true) await output.line(JSON.stringify(placings, undefined, 2));
  else for (const line of placingText(placings)) await output.line(visible(line));
}

function* placingText(placings: readonly NotePlacing[]): Generator<string> {
  for (const { id, state, where, candidates, reason } of placings) {
    yield `${id}  ${state}${where ? ` at ${placeText(where)}` : ''}. ${reason}`;
    for (const one of candidates ?? []) yield `  perhaps at ${placeText(one)}`;
  }
  const count = (state: NotePlacing['state']): number => placings.filter((one) => one.state === state).length;
  yield `${count('placed')} placed, ${count('ambiguous')} ambiguous, ${count('lost')} lost.`;
}

function placeText({ key, line, column, endLine, endColumn }: NotePlace): string {
  return `message ${key}, ${line}:${column} to ${endLine}:${endColumn}`;
}
