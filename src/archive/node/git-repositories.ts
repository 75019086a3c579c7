import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { GrowingGitTable, MOST_HEADER } from '../git-table.ts';
import type { IndexProgress } from '../mailbox-index.ts';
import type { KeptGit } from '../packed-git.ts';
import { BlobReader } from './blob-reader.ts';

/**
 * The repositories of git at a path, oldest first: those of a public-inbox (`NAME/git/0.git`, `1.git`, ...), or the bare one that the path itself is. None where it is
 * anything else.
 */
export function gitRepositories(path: string): readonly string[] {
  if (isBare(path)) return [path];
  const folder = join(path, 'git');
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => /^\d{1,9}\.git$/.test(name)) : [];
  return names
    .sort((one, other) => Number.parseInt(one, 10) - Number.parseInt(other, 10))
    .map((name) => join(folder, name))
    .filter(isBare);
}

function isBare(path: string): boolean {
  return ['HEAD', 'objects', 'refs'].every((name) => existsSync(join(path, name)));
}

export interface GitOptions {
  /** `read` and `length` are commits. */
  onProgress?: (progress: IndexProgress & { length: number }) => void;
  signal?: AbortSignal;
  /** What was kept of the same path; the caller keeps what is new. */
  kept?: KeptGit | undefined;
}

export type GitOutcome =
  | { state: 'indexed'; index: KeptGit; from: 'kept' | 'grown' | 'read' }
  | { state: 'refused'; reason: string }
  | { state: 'cancelled' };

/** The messages of a public-inbox (version 2): one a commit, as the file `m` of its tree; a commit with a file `d` takes that message back. */
export async function indexGit(path: string, options: GitOptions = {}): Promise<GitOutcome> {
  try {
    return await indexed(path, options);
  } catch (error) {
    if (options.signal?.aborted) return { state: 'cancelled' };
    return { state: 'refused', reason: reasonOf(error) };
  }
}

async function indexed(path: string, options: GitOptions): Promise<GitOutcome> {
  const repositories = gitRepositories(path);
  const heads: string[] = [];
  for (const repository of repositories)
    heads.push((await said(repository, ['rev-parse', '--verify', 'HEAD^0'])).trim());
  const kept = await stillKept(options.kept, repositories);
  if (kept && kept.commits.join() === heads.join()) return { state: 'indexed', index: kept, from: 'kept' };
  const table = new GrowingGitTable();
  if (kept) table.addTable(kept.table);
  const ranges = heads.map((head, at) => rangeOf(head, kept?.commits[at]));
  const progress = new CommitProgress(await countOf(repositories, ranges), table, options.onProgress);
  for (const [at, repository] of repositories.entries()) {
    const head = heads[at] ?? '';
    const known = kept?.commits[at];
    if (known === undefined && !(await holdsMail(repository, head)))
      return { state: 'refused', reason: `${repository} holds no mail: its commits have no file m` };
    const range = ranges[at];
    if (range !== undefined) await addCommits(repository, range, table, () => progress.commit(), options.signal);
    if (options.signal?.aborted) return { state: 'cancelled' };
  }
  return { state: 'indexed', index: { commits: heads, table: table.finish() }, from: kept ? 'grown' : 'read' };
}

/** What was kept, where all that was read then is still part of the history. */
async function stillKept(kept: KeptGit | undefined, repositories: readonly string[]): Promise<KeptGit | undefined> {
  const still = kept && kept.commits.length <= repositories.length && (await areAncestors(kept.commits, repositories));
  return still ? kept : undefined;
}

async function areAncestors(commits: readonly string[], repositories: readonly string[]): Promise<boolean> {
  for (const [at, commit] of commits.entries()) {
    const answer = said(repositories[at] ?? '', ['merge-base', '--is-ancestor', commit, 'HEAD']);
    const is =
      /^[0-9a-f]{40,64}$/.test(commit) &&
      (await answer.then(
        () => true,
        () => false,
      ));
    if (!is) return false;
  }
  return true;
}

/** The commits that are not known; absent where all are. */
function rangeOf(head: string, known: string | undefined): string | undefined {
  if (known === head) return undefined;
  return known === undefined ? head : `${known}..${head}`;
}

async function countOf(repositories: readonly string[], ranges: readonly (string | undefined)[]): Promise<number> {
  let count = 0;
  for (const [at, range] of ranges.entries())
    if (range !== undefined) count += Number(await said(repositories[at] ?? '', ['rev-list', '--count', range]));
  return count;
}

/** Commits between two reports of progress. */
const TURN = 256;

class CommitProgress {
  readonly #length: number;
  readonly #table: GrowingGitTable;
  readonly #report: GitOptions['onProgress'];
  #read = 0;

  constructor(length: number, table: GrowingGitTable, report: GitOptions['onProgress']) {
    this.#length = length;
    this.#table = table;
    this.#report = report;
  }

  commit(): void {
    this.#read++;
    if (this.#read % TURN === 0 || this.#read === this.#length)
      this.#report?.({ read: this.#read, length: this.#length, messages: this.#table.count });
  }
}

async function holdsMail(repository: string, head: string): Promise<boolean> {
  const names = (await said(repository, ['ls-tree', '--name-only', head])).split('\n').filter((name) => name !== '');
  return names.length > 0 && names.every((name) => name === 'm' || name === 'd');
}

/** Both files of every commit are asked for, oldest first; a commit has one of them. */
async function addCommits(
  repository: string,
  range: string,
  table: GrowingGitTable,
  onCommit: () => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const stopped = signal ? { signal } : {};
  const commits = spawn('git', gitArguments(repository, ['rev-list', '--reverse', range]), {
    env: gitEnvironment(),
    ...stopped,
  });
  const blobs = spawn('git', gitArguments(repository, ['cat-file', '--batch', '--buffer']), {
    env: gitEnvironment(),
    ...stopped,
  });
  const failed = Promise.all([ended(commits), ended(blobs)]);
  // What ends early is told by `failed`; writing to it is no second failure.
  blobs.stdin.on('error', () => undefined);
  const asking = (async () => {
    let rest = '';
    for await (const piece of commits.stdout) {
      const lines = (rest + String(piece)).split('\n');
      rest = lines.pop() ?? '';
      const asked = lines.map((commit) => `${commit}:m\n${commit}:d\n`).join('');
      if (!blobs.stdin.write(asked)) await Promise.race([once(blobs.stdin, 'drain'), failed]);
    }
    blobs.stdin.end();
  })();
  let deletes = false;
  const reader = new BlobReader(MOST_HEADER, ({ name, size, head }) => {
    deletes = !deletes;
    if (size !== undefined && deletes) table.add(name, size, head);
    else if (size !== undefined) table.remove(name);
    if (!deletes) onCommit();
  });
  const reading = (async () => {
    for await (const piece of blobs.stdout) reader.add(piece);
  })();
  await Promise.all([asking, reading, failed]);
}

/** Nothing is fetched and no program of the repository runs: it may be a stranger's. */
export function gitArguments(repository: string, args: readonly string[]): string[] {
  return ['-c', 'protocol.allow=never', `--git-dir=${repository}`, ...args];
}

export function gitEnvironment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    GIT_NO_LAZY_FETCH: '1',
    // Older versions of git do not know that; and what a repository allows for one protocol counts more than what is said of all.
    GIT_ALLOW_PROTOCOL: '',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    LC_ALL: 'C',
  };
}

type Child = ReturnType<typeof spawn>;

/** Rejects where the program cannot be run, or ends with another status than 0. */
function ended(child: Child): Promise<void> {
  let complaint = '';
  child.stderr?.on('data', (piece) => {
    if (complaint.length < 2000) complaint += String(piece);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => (status === 0 ? resolve() : reject(new Error(complaint.trim() || 'git failed'))));
  });
}

async function said(repository: string, args: readonly string[]): Promise<string> {
  const child = spawn('git', gitArguments(repository, args), { env: gitEnvironment() });
  let text = '';
  child.stdout.on('data', (piece) => {
    text += String(piece);
  });
  await ended(child);
  return text;
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
    return 'git is not installed; it is needed to read this repository';
  const message = error instanceof Error ? error.message : String(error);
  return /unknown revision|Needed a single revision|ambiguous argument/.test(message) ? 'it has no commits' : message;
}
