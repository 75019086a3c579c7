import { type ApplyReport, SCHEMA_VERSION, tryApplying, versionsIn } from '#features';
import { inScratch } from '#features/node';
import { parsed } from './arguments.ts';
import { openAll } from './inputs.ts';
import type { Output } from './output.ts';
import { reportProblem } from './report-problem.ts';
import { UsageError } from './usage.ts';
import { visible } from './visible.ts';

/** `patchgloss applies FILE --repository FOLDER [--base COMMIT] [--json]` */
export async function applies(args: readonly string[], output: Output): Promise<void> {
  const { values, positionals } = parsed(args, {
    repository: { type: 'string' },
    base: { type: 'string' },
    json: { type: 'boolean' },
  });
  const [path, more] = positionals;
  const { repository, base } = values;
  if (path === undefined || more !== undefined) throw new UsageError('one file or folder is asked for');
  if (typeof repository !== 'string') throw new UsageError('--repository FOLDER is missing');
  const inputs = await openAll([path]);
  for (const input of inputs) reportProblem(input, output);
  const series = versionsIn(inputs.flatMap((input) => ('reading' in input ? [input.reading] : []))).at(-1);
  if (!series) return output.problem(`${path}: there is no patch in it`);
  try {
    const report = await inScratch(repository, (git) =>
      tryApplying(series, git, typeof base === 'string' ? base : undefined),
    );
    if (values.json === true)
      await output.line(JSON.stringify({ schemaVersion: SCHEMA_VERSION, ...report }, undefined, 2));
    else for (const line of reportText(report)) await output.line(visible(line));
  } catch (error) {
    output.problem(error instanceof Error ? error.message : String(error));
  }
}

const STATES = {
  applies: 'applies',
  merges: 'applies by a merge',
  fails: 'does not apply',
  skipped: 'not tried',
} as const;

function* reportText({ base, missing, patches }: ApplyReport): Generator<string> {
  yield base ? `Tried on ${base.commit}, because ${base.because}.` : 'There is no commit to try on.';
  for (const one of missing) yield `Not in the repository: ${one}.`;
  for (const { key, subject, state, problems } of patches) {
    yield `${STATES[state]}: ${subject} (${key})`;
    for (const { path, before, line, reason } of problems) {
      const place = path === undefined ? '' : `${path}${before === undefined ? '' : `:${before}`}: `;
      yield `  ${place}${reason}${line === undefined ? '' : ` See line ${line} of the mail.`}`;
    }
  }
}
