import {
  compareVersions,
  type PatchDiff,
  type Reading,
  SCHEMA_VERSION,
  type SeriesVersion,
  versionsIn,
} from '#features';
import { parsed } from './arguments.ts';
import { openAll } from './inputs.ts';
import type { Output } from './output.ts';
import { type Paint, paintFor } from './paint.ts';
import { reportProblem } from './report-problem.ts';
import { UsageError } from './usage.ts';
import { visible } from './visible.ts';

/** `patchgloss diff A B [--from VERSION] [--to VERSION] [--json]` */
export async function diff(args: readonly string[], output: Output): Promise<void> {
  const { values, positionals } = parsed(args, {
    json: { type: 'boolean' },
    from: { type: 'string' },
    to: { type: 'string' },
  });
  const [one, other, more] = positionals;
  if (one === undefined || other === undefined || more !== undefined)
    throw new UsageError('two files or folders are asked for');
  const [from, to] = [versionNumber(values.from), versionNumber(values.to)];
  const older = await readings(one, output);
  const newer = one === other ? older : await readings(other, output);
  const known = versionsIn(older);
  const after = chosen(versionsIn(newer, one === other ? 0 : older.length), to);
  const before = chosen(
    one === other && from === undefined ? known.filter(({ version }) => version < (after?.version ?? 0)) : known,
    from,
  );
  if (!before || !after) {
    output.problem(`${before ? other : one}: there is no patch of ${before ? asked(to) : asked(from)} in it`);
    if (values.json === true)
      await output.line(JSON.stringify({ schemaVersion: SCHEMA_VERSION, patches: [] }, undefined, 2));
    return;
  }
  const patches = compareVersions(before, after);
  if (values.json === true) await output.line(JSON.stringify({ schemaVersion: SCHEMA_VERSION, patches }, undefined, 2));
  else for (const line of diffText(patches, paintFor(process.stdout, process.env))) await output.line(line);
}

function versionNumber(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const match = /^v?(\d{1,6})$/.exec(String(value));
  if (!match) throw new UsageError(`a version is a number; "${String(value)}" is none`);
  return Number(match[1]);
}

function asked(version: number | undefined): string {
  return version === undefined ? 'a version to compare' : `version ${version}`;
}

async function readings(path: string, output: Output): Promise<Reading[]> {
  const inputs = await openAll([path]);
  for (const input of inputs) reportProblem(input, output);
  return inputs.flatMap((input) => ('reading' in input ? [input.reading] : []));
}

function chosen(versions: readonly SeriesVersion[], wanted: number | undefined): SeriesVersion | undefined {
  return wanted === undefined ? versions.at(-1) : versions.find(({ version }) => version === wanted);
}

/** What `git range-diff` writes between the two numbers, and a word for each. */
const SIGNS: Readonly<Record<PatchDiff['state'], string>> = {
  unchanged: '=',
  context: '~',
  changed: '!',
  new: '>',
  dropped: '<',
  unknown: '?',
};

function* diffText(patches: readonly PatchDiff[], paint: Paint): Generator<string> {
  for (const patch of patches) {
    const { state, subject, before, after, because } = patch;
    yield paint('title', visible(`${SIGNS[state]} ${state}: ${subject}`));
    yield paint('faint', `  ${before ?? '-'} -> ${after ?? '-'}${because === undefined ? '' : `: ${because}`}`);
    yield* messageText(patch, paint);
    for (const { path, section, said, lines } of patch.hunks) {
      yield paint('hunk', visible(`  @@ ${path}${section === undefined ? '' : ` ${section}`}`));
      if (said)
        yield visible(`    was: ${said.before.join(', ') || 'nothing'}; is: ${said.after.join(', ') || 'nothing'}`);
      for (const { side, mark, text } of lines) yield painted(side, `${mark}${text}`, paint);
    }
  }
}

function* messageText({ subject, subjectBefore, message, trailers }: PatchDiff, paint: Paint): Generator<string> {
  if (subjectBefore !== undefined) yield* [painted('-', subjectBefore, paint), painted('+', subject, paint)];
  for (const { side, text } of message ?? []) if (side !== ' ') yield painted(side, text, paint);
  for (const line of trailers?.removed ?? []) yield painted('-', line, paint);
  for (const line of trailers?.added ?? []) yield painted('+', line, paint);
}

function painted(side: ' ' | '-' | '+', text: string, paint: Paint): string {
  const line = visible(`  ${side} ${text}`);
  return side === ' ' ? line : paint(side === '+' ? 'added' : 'removed', line);
}
