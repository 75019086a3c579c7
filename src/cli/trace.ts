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
import { openFile } from './inputs.ts';
import type { Output } from './output.ts';
import { locate, readLine } from './position.ts';
import { reportProblem } from './report-problem.ts';
import { UsageError } from './usage.ts';
import { visible } from './visible.ts';

/** `patchgloss trace FILE LINE[:COLUMN] [--json]` */
export async function trace(args: readonly string[], output: Output): Promise<void> {
  const { values, positionals } = parsed(args, { json: { type: 'boolean' } });
  const [path, place, more] = positionals;
  if (path === undefined || place === undefined || more !== undefined)
    throw new UsageError('FILE and LINE or LINE:COLUMN are asked for');
  const asked = readLine(place);
  const input = await openFile(path);
  reportProblem(input, output);
  if (!('reading' in input)) return;
  const { offset } = locate(input.bytes, asked);
  const answer = traced(input.reading, offset);
  if (values.json === true)
    await output.line(JSON.stringify({ schemaVersion: SCHEMA_VERSION, ...answer }, undefined, 2));
  else for (const line of traceText(input.reading, answer, place)) await output.line(visible(line));
}

const NOTHING: TraceAnswer = { found: false, quotedBy: [], candidates: [] };

function traced(reading: Reading, offset: number | undefined): TraceAnswer {
  const index = offset === undefined ? undefined : messageAt(reading, offset);
  const page = index === undefined ? undefined : reading.page(index);
  if (offset === undefined || index === undefined || !page) return NOTHING;
  const line = pointInBody(page, offset)?.line;
  if (line === undefined) return NOTHING;
  const thread = new ThreadTraces(threadsAnswer([reading]), [reading]).thread(keyOf(0, index));
  return traceAnswer(thread, new QuoteTraces(thread), keyOf(0, index), line);
}

function* traceText(reading: Reading, answer: TraceAnswer, place: string): Generator<string> {
  const { origin, candidates, quotedBy, speaker } = answer;
  const who = speaker === undefined ? '' : ` by ${speaker}`;
  if (origin) yield `Said${who} in ${named(reading, origin.key)}, line ${origin.line}.`;
  else if (candidates.length > 0) yield `Nothing decides where line ${place} was said; it may be one of these:`;
  else
    yield `It is not known where line ${place} was said${speaker === undefined ? '' : `; ${speaker} is named for it`}.`;
  if (origin?.altered) {
    yield `Said:   ${origin.altered.was}`;
    yield `Quoted: ${origin.altered.now}`;
  }
  for (const { key, line } of candidates) yield `  ${named(reading, key)}, line ${line}`;
  if (quotedBy.length > 0) yield 'Quoted in:';
  for (const { key, line, depth } of quotedBy)
    yield `  ${named(reading, key)}, line ${line}, ${'>'.repeat(Math.min(depth, 64))}`;
}

function named(reading: Reading, key: string): string {
  const page = reading.page(Number(key.split(':')[1]));
  return `message ${key} "${page?.subject ?? ''}"`;
}
