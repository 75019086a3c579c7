/** Programs that search mail, where there are programs. Stands in for `search/mail-programs.ts`. */
import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';
import type { MailPrograms } from '../search/mail-programs.ts';

/** In bytes: a hundred thousand messages by their headers. */
const MOST_OUTPUT = 256 * 2 ** 20;
/** In milliseconds. */
const PATIENCE = 60_000;

export const mailPrograms: MailPrograms = {
  has: async (name) => (await pathOf(name)) !== undefined,
  async ask(name, args, signal) {
    const path = await pathOf(name);
    if (path === undefined) throw new Error(`${name} is not installed`);
    return run(path, args, signal);
  },
};

/** A folder of PATH that depends on where one stands may be of a stranger, and is passed over. */
async function pathOf(name: string): Promise<string | undefined> {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(isAbsolute);
  const ending = process.platform === 'win32' ? '.exe' : '';
  for (const folder of folders) {
    const path = join(folder, name + ending);
    if (await isProgram(path)) return path;
  }
  return undefined;
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

function run(path: string, args: readonly string[], signal: AbortSignal): Promise<string> {
  const options = { cwd: homedir(), maxBuffer: MOST_OUTPUT, timeout: PATIENCE, signal };
  return new Promise((done, failed) => {
    execFile(path, [...args], options, (error, stdout, stderr) => {
      if (error) failed(new Error(stderr.trim().slice(0, 500) || error.message));
      else done(stdout);
    });
  });
}
