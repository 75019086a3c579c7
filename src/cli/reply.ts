import { messageAt, type Reading } from '#features';
import { type LineRange, notesUnder, replyDraft, selectedLines } from '#features/sharing';
import { noteStore } from './annotation-store.ts';
import { parsed } from './arguments.ts';
import { gitIdentity } from './git-identity.ts';
import { type OpenedInput, openFile } from './inputs.ts';
import type { Output } from './output.ts';
import { locate } from './position.ts';
import { reportProblem } from './report-problem.ts';
import { UsageError } from './usage.ts';
import { visible } from './visible.ts';

/** `patchgloss reply FILE [LINE[-LINE]] [--store FILE]` */
export async function reply(args: readonly string[], output: Output): Promise<void> {
  const { values, positionals } = parsed(args, { store: { type: 'string' } });
  const [path, lines, more] = positionals;
  if (path === undefined || more !== undefined) throw new UsageError('FILE and LINE or LINE-LINE are asked for');
  const asked = lines === undefined ? undefined : readLines(lines);
  const input = await openFile(path);
  reportProblem(input, output);
  if (!('reading' in input)) return;
  if (!asked && input.reading.messages > 1)
    return output.problem(`${path} holds ${input.reading.messages} mails: say a LINE of the one to answer`);
  const found = asked ? selectedAt(input, asked) : selectedLines(input.reading, 0, 0);
  if (!found) return output.problem(`${path}: there is no mail at ${lines ?? 'its beginning'}`);
  const notes =
    values.store === undefined
      ? []
      : notesUnder(input.reading, found.message, (await noteStore(values.store, output)).annotations, path);
  const draft = replyDraft({ ...found, source: input.reading, notes, reader: await gitIdentity() });
  for (const complaint of draft.complaints) output.note(complaint);
  // In a file the draft is what is sent; on a terminal no sign of a mail may do anything.
  await output.write(process.stdout.isTTY ? visible(draft.text) : draft.text);
}

/** `12` or `12-20`, lines of the file from 1, both included. */
function readLines(text: string): LineRange {
  const [, first, last = first] = /^([1-9]\d{0,8})(?:-([1-9]\d{0,8}))?$/.exec(text) ?? [];
  const range = { first: Number(first), last: Number(last) };
  if (first === undefined || range.last < range.first)
    throw new UsageError(`lines are LINE or LINE-LINE, both from 1; "${text}" is none`);
  return range;
}

function selectedAt({ reading, bytes }: OpenedInput, { first, last }: LineRange) {
  const { offset: start } = locate(bytes, { line: first, column: 1 });
  if (start === undefined) return undefined;
  const { offset: next = bytes.length } = locate(bytes, { line: last + 1, column: 1 });
  return selectedLines(reading, start, withinMessage(reading, start, next));
}

/** Lines of the next mail are no lines of this one. */
function withinMessage(reading: Reading, start: number, end: number): number {
  const message = messageAt(reading, start);
  const span = message === undefined ? undefined : reading.page(message)?.message.span;
  return Math.min(end, span?.end ?? end);
}
