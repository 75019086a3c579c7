import { randomHex } from '../random.ts';
import type { FilePort } from './file-port.ts';

/** A lock that is older than this was left behind: no write takes so long. Milliseconds, as for the locks on a disk. */
const stale = 10_000;
const patience = 10_000;
const pause = 30;

/**
 * Does something while `PATH.lock` says so to other windows, on a file system that is not ours to ask for links. A lock is put in place by a
 * rename that must not overwrite; whoever finds another one there waits. `busy` is said when it waited for ten seconds.
 */
export async function withVirtualLock<Result>(
  files: FilePort,
  path: string,
  busy: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const lock = `${path}.lock`;
  const mine = `window ${randomHex(8)}`;
  const until = Date.now() + patience;
  while (!(await taken(files, lock, mine))) {
    if (await isLeft(files, lock)) await files.remove(lock);
    else if (Date.now() > until) throw new Error(busy);
    await new Promise<void>((resolve) => setTimeout(resolve, pause));
  }
  try {
    return await work();
  } finally {
    await files.remove(lock);
  }
}

async function taken(files: FilePort, lock: string, mine: string): Promise<boolean> {
  const made = `${lock}.${randomHex(4)}`;
  await files.write(made, mine);
  try {
    await files.rename(made, lock, false);
    // Where looking and renaming are two steps, the one who came last has it.
    return (await files.read(lock)) === mine;
  } catch {
    await files.remove(made);
    return false;
  }
}

async function isLeft(files: FilePort, lock: string): Promise<boolean> {
  const changed = await files.changedAt(lock);
  return changed !== undefined && Date.now() - changed > stale;
}
