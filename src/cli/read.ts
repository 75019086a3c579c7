import {
  briefOf,
  keyOf,
  type MessageAnswer,
  messageAnswer,
  SCHEMA_VERSION,
  type ThreadsAnswer,
  ThreadTraces,
  threadLedger,
  threadsAnswer,
} from '#features';
import { oneOf, parsed } from './arguments.ts';
import { type Input, openAll } from './inputs.ts';
import { notesOption, useNotes } from './notes.ts';
import type { Output } from './output.ts';
import { pageEnd, pageLedger, pageMessage, pageStart } from './page.ts';
import { paintFor } from './paint.ts';
import { messageText, termsText } from './read-text.ts';
import { reportProblem } from './report-problem.ts';
import { UsageError } from './usage.ts';

const FORMATS = ['text', 'json', 'html', 'markdown'] as const;

/** `patchgloss read FILE...` */
export async function read(args: readonly string[], output: Output): Promise<void> {
  const { values, positionals } = parsed(args, {
    text: { type: 'boolean' },
    json: { type: 'boolean' },
    html: { type: 'boolean' },
    markdown: { type: 'boolean' },
    ...notesOption,
  });
  const format = oneOf(values, FORMATS) ?? 'text';
  if (positionals.length === 0) throw new UsageError('FILE is missing');
  if (positionals.filter((path) => path === '-').length > 1) throw new UsageError('standard input can be read once');
  await useNotes(values.notes, output);
  const inputs = await openAll(positionals);
  for (const input of inputs) reportProblem(input, output);
  switch (format) {
    case 'text':
      return writeText(inputs, output);
    case 'json':
      return writeJson(inputs, output);
    case 'html':
      return writePage(inputs, output);
    case 'markdown':
      return output.write(briefOf(inputs.filter((input) => 'reading' in input)));
  }
}

/** Every message that was opened, in order, made when it is asked for. */
function* messagesOf(
  inputs: readonly Input[],
  threads: ThreadsAnswer,
  only?: number,
): Generator<{ input: Input; message: MessageAnswer }> {
  const traces = tracesIn(threads, inputs);
  for (const [file, input] of inputs.entries()) {
    if (!('reading' in input) || (only !== undefined && only !== file)) continue;
    const { reading } = input;
    for (let index = 0; index < reading.messages; index++) {
      const page = reading.page(index);
      const key = keyOf(file, index);
      if (!page) continue;
      const answer = messageAnswer(page, reading.mailbox.source, key, threads.parents.get(key), traces.next(key));
      const duplicateOf = threads.duplicates.get(key);
      yield { input, message: { ...answer, ...(duplicateOf === undefined ? {} : { duplicateOf }) } };
    }
  }
}

function threadsIn(inputs: readonly Input[]): ThreadsAnswer {
  return threadsAnswer(inputs.map((input) => ('reading' in input ? input.reading : undefined)));
}

/** Written message by message: an archive is larger than a string may be. */
async function writeJson(inputs: readonly Input[], output: Output): Promise<void> {
  const threads = threadsIn(inputs);
  await output.write(`{"schemaVersion":${SCHEMA_VERSION},"files":[`);
  for (const [file, input] of inputs.entries()) {
    const head = JSON.stringify(fileHead(input));
    await output.write(`${file === 0 ? '' : ','}\n${head.slice(0, -1)},"messages":[`);
    let separator = '\n';
    for (const { message } of messagesOf(inputs, threads, file)) {
      await output.write(separator);
      await writeObject(message, output);
      separator = ',\n';
    }
    await output.write(']}');
  }
  await output.line(`],\n"threads":${JSON.stringify(withLedgers(threads, inputs))}}`);
}

function withLedgers(threads: ThreadsAnswer, inputs: readonly Input[]): ThreadsAnswer['threads'] {
  const traces = tracesIn(threads, inputs);
  return threads.threads.map((thread) => {
    const ledger = thread.messages.length > 1 ? threadLedger(thread, traces) : [];
    return ledger.length === 0 ? thread : { ...thread, ledger };
  });
}

function tracesIn(threads: ThreadsAnswer, inputs: readonly Input[]): ThreadTraces {
  return new ThreadTraces(
    threads,
    inputs.map((input) => ('reading' in input ? input.reading : undefined)),
  );
}

/** Member by member, and lists element by element: one long message may be longer as JSON than a string may be. */
async function writeObject(object: object, output: Output): Promise<void> {
  let separator = '{';
  for (const [name, value] of Object.entries(object)) {
    await output.write(`${separator}${JSON.stringify(name)}:`);
    if (Array.isArray(value)) await writeList(value, output);
    else await output.write(JSON.stringify(value));
    separator = ',';
  }
  await output.write('}');
}

async function writeList(list: readonly unknown[], output: Output): Promise<void> {
  await output.write('[');
  for (const [index, element] of list.entries()) {
    await output.write((index === 0 ? '' : ',') + JSON.stringify(element));
  }
  await output.write(']');
}

function fileHead(input: Input) {
  const { path } = input;
  if (!('reading' in input)) {
    const complaint = { ruleId: 'input-unreadable', reason: input.refused, severity: 'error' };
    return { path, dialect: 'none', bytes: 0, complaints: [complaint] };
  }
  const { dialect, complaints } = input.reading.mailbox;
  const told = complaints.map(({ ruleId, reason, severity }) => ({ ruleId, reason, severity }));
  if (input.damage !== undefined)
    told.push({ ruleId: 'compressed-data-damaged', reason: input.damage, severity: 'error' });
  return { path, dialect, bytes: input.bytes.length, complaints: told };
}

async function writeText(inputs: readonly Input[], output: Output): Promise<void> {
  const paint = paintFor(process.stdout, process.env);
  const terms = new Set<string>();
  const threads = threadsIn(inputs);
  for (const { input, message } of messagesOf(inputs, threads)) {
    for (const line of messageText(message, input.path, paint)) await output.line(line);
    for (const { concept } of message.mentions) terms.add(concept);
  }
  for (const line of termsText(terms, paint)) await output.line(line);
}

async function writePage(inputs: readonly Input[], output: Output): Promise<void> {
  const terms = new Set<string>();
  const threads = threadsIn(inputs);
  await output.write(pageStart(threads.threads[0]?.subject ?? inputs[0]?.path ?? ''));
  for (const { subject = '', ledger = [] } of withLedgers(threads, inputs))
    await output.write(pageLedger(subject, ledger));
  for (const { input, message } of messagesOf(inputs, threads)) {
    await output.write(pageMessage(message, input.path));
    for (const { concept } of message.mentions) terms.add(concept);
  }
  await output.write(pageEnd(terms));
}
