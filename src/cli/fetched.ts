import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Memory, type Pace, readMemory } from '#archive/fetch';

/**
 * Where it is kept what servers said of the threads they gave, and when we asked last: `fetched.json` in `$XDG_CACHE_HOME/patchgloss`, or in
 * `~/.cache/patchgloss`. It holds at most 500 threads, and no mail.
 */
export function memoryPath(): string {
  const base = process.env.XDG_CACHE_HOME;
  return join(base === undefined || base === '' ? join(homedir(), '.cache') : base, 'patchgloss', 'fetched.json');
}

/** What was kept; nothing when nothing was. */
export async function readFetched(): Promise<Memory> {
  try {
    return readMemory(await readFile(memoryPath(), 'utf8'));
  } catch {
    return { threads: [] };
  }
}

/** Keeps it. Where that cannot be, threads are fetched whole again, and that is all. */
export async function writeFetched(memory: Memory, { last }: Pace): Promise<void> {
  const path = memoryPath();
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, JSON.stringify({ ...memory, ...(last === undefined ? {} : { asked: last }) }));
  } catch {
    // The thread is saved all the same.
  }
}

export async function forgetFetched(): Promise<void> {
  await rm(memoryPath(), { force: true });
}
