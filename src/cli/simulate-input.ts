import { createReadStream } from 'node:fs';
import { reasonOf } from '#archive/node';
import { SCHEMA_VERSION } from '#features';
import { type AnySimulator, InputError, type Json } from '#simulators';
import { type InputLine, inputLines } from './input-lines.ts';
import type { Output } from './output.ts';

/** What is written for a line, and the problem that the reader is told of. */
interface Answered {
  answer: Json;
  problem?: string;
}

/**
 * Answers each line that is not empty with one line, in order, while the input is read. `json` makes one value of them; a list of results
 * has no other human form, so `text` is `jsonl`.
 */
export async function answerInputs(
  simulator: AnySimulator,
  path: string,
  format: 'text' | 'json' | 'jsonl',
  output: Output,
): Promise<void> {
  const name = path === '-' ? 'standard input' : path;
  const whole = format === 'json';
  if (whole) {
    const head = JSON.stringify({ schemaVersion: SCHEMA_VERSION, simulator: simulator.id });
    await output.write(`${head.slice(0, -1)},"results":[`);
  }
  let first = true;
  try {
    const stream = path === '-' ? process.stdin : createReadStream(path);
    for await (const line of inputLines(stream)) {
      const { answer, problem } = answerTo(simulator, line);
      if (problem !== undefined) output.problem(`${name}, line ${line.number}: ${problem}`);
      const text = JSON.stringify(answer);
      await (whole ? output.write(`${first ? '' : ','}\n${text}`) : output.line(text));
      first = false;
    }
  } catch (error) {
    output.problem(`${name}: ${reasonOf(error)}`);
  }
  if (whole) await output.line(']}');
}

function answerTo(simulator: AnySimulator, line: InputLine): Answered {
  if ('refused' in line) return refusal(line.refused, '');
  let base = '';
  try {
    const value: unknown = JSON.parse(line.text);
    const wrapped = typeof value === 'object' && value !== null && 'input' in value;
    base = wrapped ? '/input' : '';
    const input: unknown = wrapped ? value.input : value;
    const large = placeOfLargeInteger(input);
    if (large !== undefined) return refusal('an integer beyond 2^53-1 cannot be kept exactly', base + large);
    return { answer: simulator.answer(input) };
  } catch (error) {
    if (error instanceof InputError) return refusal(error.message, base + error.path);
    if (error instanceof SyntaxError) return refusal(`this is not JSON: ${error.message}`, '');
    return refusal(`the simulator could not answer: ${reasonOf(error)}`, base);
  }
}

function refusal(message: string, path: string): Answered {
  return { answer: { error: { message, path } }, problem: path === '' ? message : `${path}: ${message}` };
}

/**
 * Where an integer stands that is larger than a number can hold exactly, as a JSON pointer. Reading rounds such an integer to another one beyond the
 * limit, never to one below it, so it is found after reading. No recursion: an input may nest as deep as it likes.
 */
function placeOfLargeInteger(input: unknown): string | undefined {
  const waiting: { value: unknown; path: string }[] = [{ value: input, path: '' }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, path } = next;
    if (typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER) return path;
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, member] of Object.entries(value).reverse()) {
      // What cannot be or hold a number needs no path.
      if (typeof member === 'number' || typeof member === 'object')
        waiting.push({ value: member, path: `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}` });
    }
  }
  return undefined;
}
