import { link, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

/** A lock that is older than this was left behind: no write takes so long. Milliseconds. */
const STALE = 10_000;
const PATIENCE = 10_000;
const PAUSE = 15;

/**
 * Does something while a lock file says so to other processes. A lock whose process is gone counts for nothing.
 * @throws Error when somebody else holds it for ten seconds.
 */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const mine = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  // Written first and linked then, so that a lock never stands there without saying whose it is.
  await writeFile(mine, String(process.pid));
  try {
    await take(path, mine);
  } finally {
    await rm(mine, { force: true });
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function take(path: string, mine: string): Promise<void> {
  for (const until = Date.now() + PATIENCE; ; ) {
    if (await linked(mine, path)) return;
    if (await isLeft(path)) await removeLeft(path, mine);
    else if (Date.now() > until) throw new Error(`${path} says that another program is writing; remove it if none is.`);
    else await wait(PAUSE + Math.random() * PAUSE);
  }
}

/** Of two that find a lock left behind only one may remove it, or the slower one would remove the lock of the faster one. */
async function removeLeft(path: string, mine: string): Promise<void> {
  const removing = `${path}.removing`;
  if (!(await linked(mine, removing))) {
    if (await isLeft(removing)) await rm(removing, { force: true });
    await wait(PAUSE);
    return;
  }
  try {
    if (await isLeft(path)) await rm(path, { force: true });
  } finally {
    await rm(removing, { force: true });
  }
}

async function linked(mine: string, path: string): Promise<boolean> {
  try {
    await link(mine, path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

async function isLeft(path: string): Promise<boolean> {
  try {
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > STALE) return true;
    const owner = Number(await readFile(path, 'utf8'));
    return Number.isInteger(owner) && owner > 0 && !isRunning(owner);
  } catch {
    // It was given back meanwhile: asked again.
    return false;
  }
}

function isRunning(owner: number): boolean {
  try {
    process.kill(owner, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
