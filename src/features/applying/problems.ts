/** Why a patch does not apply to a file. */
export interface ApplyProblem {
  path?: string;
  /** Where the hunk should stand in the file before the patch, from 1. */
  before?: number;
  /** One sentence. */
  reason: string;
}

const REASONS: readonly [pattern: RegExp, reason: string][] = [
  [/^(.+): does not exist in index$/, 'The file is not there.'],
  [/^(.+): already exists in index$/, 'The file is there already.'],
  [/^(.+): No such file or directory$/, 'The file is not there.'],
  [/^(.+): wrong type$/, 'The file is of another type.'],
  [/^cannot apply binary patch to '(.+)' without full index line$/, 'The binary file is not in the mail as a whole.'],
  [/^the patch applies to an empty .+ but it is not empty: ?(.*)$/, 'The file should be empty and is not.'],
];

/** What git says on stderr, in our words; what it says in other words is given as it is. */
export function problemsOf(stderr: string): ApplyProblem[] {
  const problems: ApplyProblem[] = [];
  for (const line of stderr.split('\n')) {
    const said = /^(?:error|fatal): (.+)$/.exec(line)?.[1];
    if (said === undefined || / patch does not apply$/.test(said)) continue;
    problems.push(problemOf(said));
  }
  return problems;
}

function problemOf(said: string): ApplyProblem {
  const hunk = /^patch failed: (.+):(\d{1,9})$/.exec(said);
  if (hunk?.[1] !== undefined)
    return { path: hunk[1], before: Number(hunk[2]), reason: 'The lines around the change are other ones there.' };
  const corrupt = /^corrupt patch at (?:line )?(\S+)$/.exec(said);
  if (corrupt) return { reason: `The patch is damaged: git stops at ${corrupt[1]}.` };
  for (const [pattern, reason] of REASONS) {
    const path = pattern.exec(said)?.[1];
    if (path !== undefined) return path === '' ? { reason } : { path, reason };
  }
  return { reason: `git says: ${said.slice(0, 300)}` };
}
