import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Who git says the reader is. Nothing where there is no git, or it was told nothing. */
export interface GitIdentity {
  name?: string;
  address?: string;
  /** Other addresses that mail is sent from. */
  others: string[];
  signature?: string;
}

const PATIENCE = 5000;

/** Asks `git config` in the current folder. */
export async function gitIdentity(): Promise<GitIdentity> {
  const [name, address, from, signature] = await Promise.all(
    ['user.name', 'user.email', 'sendemail.from', 'format.signature'].map(config),
  );
  const other = /<([^<>]+)>\s*$/.exec(from ?? '')?.[1] ?? from;
  return {
    others: other === undefined ? [] : [other],
    ...(name === undefined ? {} : { name }),
    ...(address === undefined ? {} : { address }),
    ...(signature === undefined ? {} : { signature }),
  };
}

async function config(name: string): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)('git', ['config', '--get', name], { timeout: PATIENCE });
    return stdout.trim() === '' ? undefined : stdout.trim();
  } catch {
    // No git, no such setting, or a git that does not answer: the draft is made without it.
    return undefined;
  }
}
