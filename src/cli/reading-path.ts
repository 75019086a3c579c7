import { type NotePlacing, notePlacings } from '#features';
import { type PathStop, pathFromNotes, pathText, readPath, stopNote, stopSource, stopState } from '#features/sharing';
import { noteStore } from './annotation-store.ts';
import { parsed } from './arguments.ts';
import { readContent } from './content.ts';
import { openAll } from './inputs.ts';
import type { Output } from './output.ts';
import { nameOf, reportProblem } from './report-problem.ts';
import { UsageError } from './usage.ts';
import { visible } from './visible.ts';

/** `patchgloss annotations path FILE... --store FILE [--title WORDS]` */
export async function makePath(args: readonly string[], output: Output): Promise<void> {
  const { values, positionals } = parsed(args, {
    store: { type: 'string' },
    title: { type: 'string' },
    author: { type: 'string' },
  });
  if (positionals.length === 0) throw new UsageError('FILE is missing');
  if (values.store === undefined) throw new UsageError('--store FILE is missing');
  const { annotations } = await noteStore(values.store, output);
  const placings = notePlacings(await openFiles(positionals, output), annotations);
  const byId = new Map(annotations.map((annotation) => [annotation.id, annotation]));
  const placed = placings.filter(({ where }) => where !== undefined).sort(inOrder);
  if (placed.length === 0)
    return output.problem(`${nameOf(values.store)}: none of its notes has a place in these mails`);
  const notes = placed.flatMap(({ id }) => byId.get(id) ?? []);
  await output.write(pathText(pathFromNotes(notes, values.title ?? 'Reading path', values.author)));
}

/** `patchgloss annotations walk PATH FILE...` */
export async function checkPath(args: readonly string[], output: Output): Promise<void> {
  const { positionals } = parsed(args, {});
  const [name, ...files] = positionals;
  if (name === undefined || files.length === 0) throw new UsageError('PATH and FILE are asked for');
  const content = await readContent(name);
  if ('refused' in content) return output.problem(`${nameOf(name)}: ${content.refused}`);
  const { path, problems } = readPath(new TextDecoder().decode(content.bytes));
  for (const { line, message } of problems) output.problem(`${nameOf(name)}:${line}: ${message}`);
  const opened = await openFiles(files, output);
  const notes = path.stops.flatMap((stop, at) => stopNote(stop, at) ?? []);
  const placings = new Map(notePlacings(opened, notes).map((placing) => [placing.id, placing]));
  await output.line(visible(path.title));
  for (const [at, stop] of path.stops.entries()) {
    const note = stopNote(stop, at);
    for (const line of stopLines(stop, at + 1, note && placings.get(note.id))) await output.line(visible(line));
    const state = stop.simulator === undefined ? undefined : stopState(stop.simulator);
    if (state && 'problem' in state) output.problem(`${nameOf(name)}: stop ${at + 1}: ${state.problem}`);
  }
}

function* stopLines(stop: PathStop, number: number, placing: NotePlacing | undefined): Generator<string> {
  yield `${number}. ${stop.title}`;
  if (placing?.where) yield `   placed at message ${placing.where.key}, line ${placing.where.line}. ${placing.reason}`;
  else if (placing) {
    const { messageId } = stopSource(stop);
    yield `   ${placing.state}. ${placing.reason}${messageId === undefined ? '' : ` It is in <${messageId}>.`}`;
  }
  if (stop.simulator !== undefined) yield `   simulator ${stop.simulator}`;
  if (stop.question !== undefined) yield `   asks a question${stop.answer === undefined ? '' : ', and answers it'}`;
}

async function openFiles(paths: readonly string[], output: Output) {
  const inputs = await openAll(paths);
  for (const input of inputs) reportProblem(input, output);
  return inputs.map((input) => ('reading' in input ? { reading: input.reading, path: input.path } : undefined));
}

function inOrder(one: NotePlacing, other: NotePlacing): number {
  const [file = 0, message = 0] = keyOf(one);
  const [otherFile = 0, otherMessage = 0] = keyOf(other);
  const lines = (one.where?.line ?? 0) - (other.where?.line ?? 0);
  return file - otherFile || message - otherMessage || lines || (one.where?.column ?? 0) - (other.where?.column ?? 0);
}

function keyOf({ where }: NotePlacing): number[] {
  return (where?.key ?? '').split(':').map(Number);
}
