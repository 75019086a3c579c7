import { EXCHANGE_FORMATS, exportNotes, importNotes } from '#annotations';
import { type NotePlace, type NotePlacing, notePlacings } from '#features';
import { messageIdInUrl } from '#reading';
import { addToStore, noteStore } from './annotation-store.ts';
import { onePositional, parsed } from './arguments.ts';
import { readContent } from './content.ts';
import { openAll } from './inputs.ts';
import type { Output } from './output.ts';
import { checkPath, makePath } from './reading-path.ts';
import { nameOf, reportProblem } from './report-problem.ts';
import { UsageError } from './usage.ts';
import { visible } from './visible.ts';

type Subcommand = (args: readonly string[], output: Output) => Promise<void>;

const SUBCOMMANDS: Readonly<Record<string, Subcommand>> = {
  place,
  export: exported,
  import: imported,
  path: makePath,
  walk: checkPath,
};

/** `patchgloss annotations place | export | import | path | walk ...` */
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

/** Where Message-IDs lead, unless the reader names another archive. */
const ARCHIVE = 'https://lore.kernel.org/all/';

/** `patchgloss annotations export --store FILE [--format FORMAT] [--base URL]` */
async function exported(args: readonly string[], output: Output): Promise<void> {
  const { values, positionals } = parsed(args, {
    store: { type: 'string' },
    format: { type: 'string' },
    base: { type: 'string' },
  });
  if (positionals.length > 0)
    throw new UsageError(`"${positionals[0]}" is one too many; the notes are named by --store`);
  if (values.store === undefined) throw new UsageError('--store FILE is missing');
  const format = EXCHANGE_FORMATS.find((name) => name === (values.format ?? 'markdown'));
  if (format === undefined) throw new UsageError(`--format is one of ${EXCHANGE_FORMATS.join(', ')}`);
  const { annotations: notes } = await noteStore(values.store, output);
  await output.write(exportNotes(notes, format, (values.base ?? ARCHIVE).replace(/\/*$/, '/')));
}

/** `patchgloss annotations import FILE --store FILE` */
async function imported(args: readonly string[], output: Output): Promise<void> {
  const { values, positionals } = parsed(args, { store: { type: 'string' } });
  const path = onePositional(positionals, 'FILE');
  if (values.store === undefined) throw new UsageError('--store FILE is missing');
  const content = await readContent(path);
  if ('refused' in content) return output.problem(`${nameOf(path)}: ${content.refused}`);
  const found = importNotes(new TextDecoder().decode(content.bytes), messageIdInUrl);
  for (const { reason } of found.damaged) output.problem(`${nameOf(path)}: an entry is passed over. ${reason}`);
  if (found.keepAside !== undefined) return output.problem(`${nameOf(path)}: ${found.keepAside}`);
  await addToStore(values.store, found.annotations, output);
}
