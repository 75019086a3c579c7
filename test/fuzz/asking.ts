/**
 * Mail that something happened to: real and made-up texts, mutated. Whatever comes out, reading it must not throw, its tree must be
 * sound, every place must lead back to the source, and everything a reader can ask must have an answer.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import {
  compareVersions,
  complaints,
  folds,
  hover,
  keyOf,
  links,
  type MessageAnswer,
  messageAnswer,
  outline,
  type Reading,
  readBytes,
  readText,
  ThreadTraces,
  threadLedger,
  threadsAnswer,
  versionsIn,
} from '#features';
import { bytesSource, type Source, textSource } from '#mailast';
import { readChecked } from '../parse/invariants.ts';

/** How many texts in all. The seed moves with the number, so that a longer run does not begin with the same texts. */
export const texts = Number(process.env.PATCHGLOSS_FUZZ ?? 20_000);
export const seed = Number(process.env.PATCHGLOSS_FUZZ_SEED ?? texts);
export const timeout = 60 * 60_000;

export function filesOf(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/\.(?:json|md|snap)$|^(?:tree|complaints)\.txt$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
}

/** What an editor and the command line would ask. Places are a function of the text, so that a failure can be repeated. */
function askEverything(source: Source, reading: Reading): void {
  outline(reading);
  folds(reading);
  links(reading);
  complaints(reading);
  const threads = threadsAnswer([reading]);
  const traces = new ThreadTraces(threads, [reading]);
  for (let index = 0; index < Math.min(reading.messages, 4); index++) {
    const page = reading.page(index);
    if (!page) throw new Error(`message ${index} has no page`);
    const answer = messageAnswer(page, source, keyOf(0, index), undefined, traces.next(keyOf(0, index)));
    checkOrigins(answer, reading);
    for (const line of answer.lines) {
      if (!(0 <= line.start && line.start <= line.end && line.end <= source.text.length)) {
        throw new Error(`a line stands at ${line.start}-${line.end} of ${source.text.length}`);
      }
    }
    if (answer.text.split('\n').length !== answer.lines.length && answer.text !== '') {
      throw new Error(`${answer.lines.length} lines are told of a text of ${answer.text.split('\n').length}`);
    }
    JSON.stringify(answer);
  }
  for (const thread of threads.threads.slice(0, 4)) threadLedger(thread, traces);
  const versions = versionsIn([reading]);
  const [first, last] = [versions[0], versions.at(-1)];
  if (first && last) compareVersions(first, last);
  for (let at = 0; at < source.text.length; at += 1 + (source.text.length >> 4)) hover(reading, at);
}

/** A quoted line is said to come from a line that is there, of another mail. */
function checkOrigins({ key, quotes }: MessageAnswer, reading: Reading): void {
  for (const { from } of quotes.flatMap(({ traced }) => traced ?? [])) {
    const lines = reading.page(Number(from.key.split(':')[1]))?.body.lines.length ?? 0;
    if (from.key === key || !(1 <= from.line && from.line <= lines))
      throw new Error(`${key} quotes line ${from.line} of ${from.key}`);
  }
}

/** Every third text is a document, the others are bytes, well formed or not. */
export function check(text: string, how: number): void {
  if (how === 0) {
    readChecked(textSource(text));
    askEverything(textSource(text), readText(text));
    return;
  }
  const bytes = Buffer.from(text, how === 1 ? 'utf8' : 'latin1');
  readChecked(bytesSource(bytes));
  askEverything(bytesSource(bytes), readBytes(bytes));
}

export const how = fc.nat(2);
