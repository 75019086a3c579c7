/** Second door `#features/node`: what features need of the machine, with Node. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import type { ScratchGit } from './applying/index.ts';

/** What a repository's own settings could run or change is switched off. */
const QUIET = [
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'core.untrackedCache=false',
  '-c',
  'gc.auto=0',
];
/**
 * The repository of a stranger may say that an object lies elsewhere, and which program brings it: nothing is fetched. Older versions of git know only the list
 * of protocols, which is empty.
 */
const NO_FETCH = { GIT_NO_LAZY_FETCH: '1', GIT_ALLOW_PROTOCOL: '' };
const MOST_OUTPUT = 16 * 1024 * 1024;

/**
 * Does something with git in the repository of a folder, on an index and with new objects in a folder of their own, which is taken away at the end. Throws when there is no
 * git or no repository.
 */
export async function inScratch<Result>(
  folder: string,
  work: (git: ScratchGit) => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  const found = await git(folder, ['rev-parse', '--git-path', 'objects'], {}, undefined, signal);
  if (found.status !== 0) throw new Error(`${folder} is in no Git repository`);
  const scratch = await mkdtemp(join(tmpdir(), 'patchgloss-apply-'));
  try {
    await mkdir(join(scratch, 'objects'));
    const before = process.env.GIT_ALTERNATE_OBJECT_DIRECTORIES;
    const objects = resolve(folder, found.stdout.trim());
    const environment = {
      GIT_INDEX_FILE: join(scratch, 'index'),
      GIT_OBJECT_DIRECTORY: join(scratch, 'objects'),
      GIT_ALTERNATE_OBJECT_DIRECTORIES: before ? `${objects}${delimiter}${before}` : objects,
      GIT_OPTIONAL_LOCKS: '0',
      ...(await withoutDrivers(folder, signal)),
    };
    return await work({ run: (args, input) => git(folder, args, environment, input, signal) });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/**
 * A merge of three sides runs the programs that the repository names for some files. They are switched off: what only they could merge does
 * not apply.
 */
async function withoutDrivers(folder: string, signal?: AbortSignal): Promise<Record<string, string>> {
  const asked = ['config', '--null', '--name-only', '--get-regexp', '^merge\\..*\\.driver$'];
  const { stdout } = await git(folder, asked, {}, undefined, signal);
  const names = [...new Set(stdout.split('\0').filter((name) => name !== ''))];
  const before = Number(process.env.GIT_CONFIG_COUNT ?? 0) || 0;
  const settings = names.flatMap((name, at) => [
    [`GIT_CONFIG_KEY_${before + at}`, name],
    [`GIT_CONFIG_VALUE_${before + at}`, 'false'],
  ]);
  return names.length === 0 ? {} : { ...Object.fromEntries(settings), GIT_CONFIG_COUNT: `${before + names.length}` };
}

function git(
  cwd: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  input?: string,
  signal?: AbortSignal,
): Promise<{ status: number; stdout: string; stderr: string }> {
  return new Promise((done, failed) => {
    const options = {
      cwd,
      env: { ...process.env, ...environment, ...NO_FETCH, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0' },
      maxBuffer: MOST_OUTPUT,
      ...(signal ? { signal } : {}),
    };
    const child = execFile('git', [...QUIET, ...args], options, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number') failed(error);
      else done({ status: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
    // Git may end before it has read all: what went wrong is in its status.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input ?? '');
  });
}
