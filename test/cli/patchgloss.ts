import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from 'vitest';
import { singleBundle } from '../../src/build/bundle.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Where the bundled program stands while the tests of a file run. */
export const program = join(root, `.cache/cli-under-test-${process.pid}.cjs`);

/** Bundles the command line as it ships, for the tests of one file. */
export function withProgram(): void {
  beforeAll(async () => {
    await singleBundle('src/cli/main.ts', program, 'node');
  }, 120_000);
  afterAll(() => rmSync(program, { force: true }));
}

export interface Said {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the program as a reader does; a run that takes longer than 60 s is killed and has no status. */
export function patchgloss(args: readonly string[], input: string | Uint8Array = ''): Promise<Said> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { timeout: 120_000 });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (piece: Buffer) => out.push(piece));
    child.stderr.on('data', (piece: Buffer) => err.push(piece));
    child.on('error', reject);
    // A program that does not read its input may be gone before it is written.
    child.stdin.on('error', () => undefined);
    child.on('close', (status) => {
      resolve({ status, stdout: Buffer.concat(out).toString('utf8'), stderr: Buffer.concat(err).toString('utf8') });
    });
    child.stdin.end(input);
  });
}

/** The one JSON value that a run wrote. */
export async function answer(args: readonly string[], input?: string | Uint8Array) {
  const { status, stdout, stderr } = await patchgloss(args, input);
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}

/** A folder with these files, gone after the tests of the file. */
export function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'patchgloss-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A folder of reference data beside the repository; absent where there is none, which is a failure where CI is set. */
export function shared(name: string): string | undefined {
  const folder = join(root, '../shared', name);
  if (existsSync(folder)) return folder;
  if (process.env.CI !== undefined) throw new Error(`${folder} must be there when CI is set`);
  console.log(`skipped: no ${folder}`);
  return undefined;
}

/** The files of such a folder by the beginning of their names. */
export function beginning(folder: string, name: string): string {
  const found = readdirSync(folder).find((one) => one.startsWith(name));
  if (found === undefined) throw new Error(`${folder} has no ${name}`);
  return join(folder, found);
}
