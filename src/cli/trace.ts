import {
  keyOf,
  messageAt,
  pointInBody,
  QuoteTraces,
  type Reading,
  SCHEMA_VERSION,
  ThreadTraces,
  type TraceAnswer,
  threadsAnswer,
  traceAnswer,
} from '#features';
import { parsed } from './arguments.ts';
import { type Input, openAll, openFile } from './inputs.ts';
import type { Output } from './output.ts';
import { locate, readLine } from './position.ts';
import { reportProblem } from './report-problem.ts';
import { UsageError } from './usage.ts';
import { visible } from './visible.ts';

/** `patchgloss trace FILE LINE[:COLUMN] [--with FILE]... [--json]` */
export async function trace(args: readonly string[], output: Output): Promise<void> {
  const { values, positionals } = parsed(args, {
    json: { type: 'boolean' },
    with: { type: 'string', multiple: true },
  });
  const [path, place, more] = positionals;
  if (path === undefined || place === undefined || more !== undefined)
    throw new UsageError('FILE and LINE or LINE:COLUMN are asked for');
  const asked = readLine(place);
  const input = await openFile(path);
  const inputs = [input, ...(await openAll(values.with ?? []))];
  for (const one of inputs) reportProblem(one, output);
  if (!('reading' in input)) return;
  const { offset } = locate(input.bytes, asked);
  const readings = inputs.map((one) => ('reading' in one ? one.reading : undefined));
  const answer = traced(input.reading, readings, offset);
  if (values.json === true)
    await output.line(JSON.stringify({ schemaVersion: SCHEMA_VERSION, ...answer }, undefined, 2));
  else for (const line of traceText(inputs, answer, place)) await output.line(visible(line));
}

const NOTHING: TraceAnswer = { found: false, quotedBy: [], candidates: [] };

/** `reading` is the first of `all`, which are threaded together. */
function traced(reading: Reading, all: readonly (Reading | undefined)[], offset: number | undefined): TraceAnswer {
  const index = offset === undefined ? undefined : messageAt(reading, offset);
  const page = index === undefined ? undefined : reading.page(index);
  if (offset === undefined || index === undefined || !page) return NOTHING;
  const line = pointInBody(page, offset)?.line;
  if (line === undefined) return NOTHING;
  const thread = new ThreadTraces(threadsAnswer(all), all).thread(keyOf(0, index));
  return traceAnswer(thread, new QuoteTraces(thread), keyOf(0, index), line);
}

function* traceText(inputs: readonly Input[], answer: TraceAnswer, place: string): Generator<string> {
  const { origin, candidates, quotedBy, speaker } = answer;
  const who = speaker === undefined ? '' : ` by ${speaker}`;
  if (origin) yield `Said${who} in ${named(inputs, origin.key)}, line ${origin.line}.`;
  else if (candidates.length > 0) yield `Nothing decides where line ${place} was said; it may be one of these:`;
  else
    yield `It is not known where line ${place} was said${speaker === undefined ? '' : `; ${speaker} is named for it`}.`;
  if (origin?.altered) {
    yield `Said:   ${origin.altered.was}`;
    yield `Quoted: ${origin.altered.now}`;
  }
  for (const { key, line } of candidates) yield `  ${named(inputs, key)}, line ${line}`;
  if (quotedBy.length > 0) yield 'Quoted in:';
  for (const { key, line, depth } of quotedBy)
    yield `  ${named(inputs, key)}, line ${line}, ${'>'.repeat(Math.min(depth, 64))}`;
}

/** `message 0:3 "Re: tea"`; of another file than the first with the path of that. */
function named(inputs: readonly Input[], key: string): string {
  const [file = 0, message = 0] = key.split(':').map(Number);
  const input = inputs[file];
  const page = input && 'reading' in input ? input.reading.page(message) : undefined;
  return `message ${key} "${page?.subject ?? ''}"${file === 0 ? '' : ` of ${input?.path ?? ''}`}`;
}
