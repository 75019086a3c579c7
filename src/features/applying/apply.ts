import { commitOf } from '#reading';
import type { SeriesVersion } from '../interdiff.ts';
import type { Page } from '../reading.ts';
import { type ApplyProblem, problemsOf } from './problems.ts';

/** Git in one repository, with an index and an object store of its own: whatever it is asked, the reader's files and index stay as they are. */
export interface ScratchGit {
  /** Never throws for what git says: `status` is its exit status. Throws when git cannot be started, and when it is cancelled. */
  run(args: readonly string[], input?: string): Promise<{ status: number; stdout: string; stderr: string }>;
}

/** `merges`: only by a three-way merge with the files that the patch was made from. `skipped`: a patch before it fails. */
export type ApplyState = 'applies' | 'merges' | 'fails' | 'skipped';

export interface AppliedPatch {
  key: string;
  subject: string;
  state: ApplyState;
  /** Which hunks fail and why; of one that merges, which would not have gone in by themselves. */
  problems: readonly (ApplyProblem & { line?: number })[];
}

/** What was tried, on which commit, and what came of it. */
export interface ApplyReport {
  version: number;
  /** The commit and why it was taken; absent when there is none to try on. */
  base?: { commit: string; because: string };
  /** What the mails ask for and the repository does not have. */
  missing: readonly string[];
  patches: readonly AppliedPatch[];
}

/**
 * Tries the patches of a series one after the other. The base is what the caller says, else the commit that the mails name, else where the repository stands.
 */
export async function tryApplying(series: SeriesVersion, git: ScratchGit, wanted?: string): Promise<ApplyReport> {
  const named = namedCommits(series.mails.map(({ page }) => page));
  const missing: string[] = [];
  const base = await baseOf(git, wanted, named.base, missing);
  for (const id of named.prerequisites) missing.push(`the patch with the patch-id ${id}, which this series builds on`);
  if (!base || (await git.run(['read-tree', base.commit])).status !== 0)
    return { version: series.version, missing, patches: [] };
  const patches: AppliedPatch[] = [];
  for (const { key, page } of series.mails) {
    const failed = patches.some(({ state }) => state === 'fails');
    patches.push(
      failed ? { key, subject: page.subject ?? '', state: 'skipped', problems: [] } : await tryPatch(git, key, page),
    );
  }
  return { version: series.version, base, missing, patches };
}

const COMMIT = /^(?:base-commit|prerequisite-patch-id): ([0-9a-f]{7,64})$/gm;

/** What `git format-patch --base` writes at the end of a mail. */
export function namedCommits(pages: readonly Page[]): { base?: string; prerequisites: string[] } {
  const prerequisites: string[] = [];
  let base: string | undefined;
  for (const page of pages) {
    for (const [line, hash = ''] of page.body.text.matchAll(COMMIT)) {
      if (line.startsWith('base')) base ??= hash;
      else prerequisites.push(hash);
    }
  }
  return { prerequisites, ...(base === undefined ? {} : { base }) };
}

async function baseOf(
  git: ScratchGit,
  wanted: string | undefined,
  named: string | undefined,
  missing: string[],
): Promise<ApplyReport['base']> {
  const choices: [name: string, because: string][] = [
    ...(wanted === undefined ? [] : [[wanted, 'it was asked for'] as [string, string]]),
    ...(wanted !== undefined || named === undefined
      ? []
      : [[named, 'the mails name it as their base'] as [string, string]]),
    ...(wanted === undefined ? [['HEAD', 'the repository stands there'] as [string, string]] : []),
  ];
  for (const [name, because] of choices) {
    // What begins with a hyphen is an option to git, and names no commit.
    const asked = name.startsWith('-')
      ? undefined
      : await git.run(['rev-parse', '--verify', '--quiet', `${name}^{commit}`]);
    if (asked?.status === 0) return { commit: asked.stdout.trim(), because };
    missing.push(`the commit ${name}`);
  }
  return undefined;
}

const APPLY = ['apply', '--cached', '--whitespace=nowarn'];

/** Puts the patch of a mail into the index; by a merge with the files that it was made from where it does not apply by itself. */
export async function tryPatch(git: ScratchGit, key: string, page: Page): Promise<AppliedPatch> {
  const patch = { key, subject: page.subject ?? '' };
  const { patch: text } = commitOf(page.message);
  const plain = await git.run([...APPLY, '-'], text);
  if (plain.status === 0) return { ...patch, state: 'applies', problems: [] };
  const problems = problemsOf(plain.stderr).map((problem) => ({ ...problem, ...lineOf(page, problem) }));
  const merged = await git.run([...APPLY, '--3way', '-'], text);
  return { ...patch, state: merged.status === 0 ? 'merges' : 'fails', problems };
}

/** The first line, from 1, of the hunk in the mail that a problem is about. */
function lineOf(page: Page, { path, before }: ApplyProblem): { line?: number } {
  for (const [row, code] of page.code) {
    if (code.path === path && code.before !== undefined && before !== undefined && code.before >= before)
      return { line: row + 1 };
  }
  return {};
}
