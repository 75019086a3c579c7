import { isFolder } from '#archive/node';
import { type Reading, SCHEMA_VERSION, type ThreadsAnswer, threadsAnswer } from '#features';
import {
  type BriefFile,
  type BriefNotes,
  briefNotes,
  briefOf,
  htmlBrief,
  messagesIn,
  threadsWithLedgers,
} from '#features/sharing';
import { noteStore } from './annotation-store.ts';
import { oneOf, parsed } from './arguments.ts';

import { type Input, openAll } from './inputs.ts';
import { notesOption, useNotes } from './notes.ts';
import type { Output } from './output.ts';
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
    store: { type: 'string' },
    ...notesOption,
  });
  const format = oneOf(values, FORMATS) ?? 'text';
  if (positionals.length === 0) throw new UsageError('FILE is missing');
  if (positionals.filter((path) => path === '-').length > 1) throw new UsageError('standard input can be read once');
  if (values.store !== undefined && format !== 'html' && format !== 'markdown')
    throw new UsageError('--store is for --html and --markdown');
  await useNotes(values.notes, output);
  const inputs = await openAll(positionals);
  for (const input of inputs) reportProblem(input, output);
  switch (format) {
    case 'text':
      return writeText(inputs, output);
    case 'json':
      return writeJson(inputs, output);
    case 'html':
      return writePage(inputs, await notesFor(inputs, values.store, output), output);
    case 'markdown':
      return output.write(briefOf(briefFiles(inputs), await notesFor(inputs, values.store, output)));
  }
}

function threadsIn(inputs: readonly Input[]): ThreadsAnswer {
  return threadsAnswer(readingsOf(inputs));
}

/** Written message by message: an archive is larger than a string may be. */
async function writeJson(inputs: readonly Input[], output: Output): Promise<void> {
  const threads = threadsIn(inputs);
  await output.write(`{"schemaVersion":${SCHEMA_VERSION},"files":[`);
  for (const [file, input] of inputs.entries()) {
    const head = JSON.stringify(fileHead(input));
    await output.write(`${file === 0 ? '' : ','}\n${head.slice(0, -1)},"messages":[`);
    let separator = '\n';
    for (const { message } of messagesIn(readingsOf(inputs), threads, file)) {
      await output.write(separator);
      await writeObject(message, output);
      separator = ',\n';
    }
    await output.write(']}');
  }
  await output.line(`],\n"threads":${JSON.stringify(threadsWithLedgers(threads, readingsOf(inputs)))}}`);
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
  for (const { file, message } of messagesIn(readingsOf(inputs), threads)) {
    for (const line of messageText(message, inputs[file]?.path ?? '', paint)) await output.line(line);
    for (const { concept } of message.mentions) terms.add(concept);
  }
  for (const line of termsText(terms, paint)) await output.line(line);
}

async function writePage(inputs: readonly Input[], notes: BriefNotes, output: Output): Promise<void> {
  for (const piece of htmlBrief(briefFiles(inputs), notes)) await output.write(piece);
}

function briefFiles(inputs: readonly Input[]): BriefFile[] {
  return inputs.map((input) => ('reading' in input ? { path: input.path, reading: input.reading } : undefined));
}

function readingsOf(inputs: readonly Input[]): (Reading | undefined)[] {
  return inputs.map((input) => ('reading' in input ? input.reading : undefined));
}

/** The notes of a store in these mails. Of a folder, those about other mail are counted only. */
async function notesFor(inputs: readonly Input[], store: string | undefined, output: Output): Promise<BriefNotes> {
  if (store === undefined) return briefNotes([], [], true);
  const { annotations } = await noteStore(store, output);
  return briefNotes(briefFiles(inputs), annotations, !(await isFolder(store)));
}
