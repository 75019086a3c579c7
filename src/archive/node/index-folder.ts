import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { IndexStore } from '../kept-index.ts';

const ENDING = '.index';
const GB = 2 ** 30;

/**
 * Indexes in a folder, which is made when the first one is written. Where they take more than `most` bytes together, those that were not read for
 * the longest time are removed. What cannot be read or written is as if it was not there: an index can be made again.
 */
export class IndexFolder implements IndexStore {
  readonly #folder: string;
  readonly #most: number;

  constructor(folder: string, most = GB) {
    this.#folder = folder;
    this.#most = most;
  }

  async read(name: string): Promise<Uint8Array | undefined> {
    try {
      const path = this.#path(name);
      const bytes = await readFile(path);
      const now = new Date();
      await utimes(path, now, now).catch(() => undefined);
      return bytes;
    } catch {
      return undefined;
    }
  }

  /** Another program that reads the same name sees the old bytes or the new ones, never a part of them. */
  async write(name: string, bytes: Uint8Array): Promise<void> {
    const partial = `${this.#path(name)}.${process.pid}`;
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await writeFile(partial, bytes, { mode: 0o600 });
      await rename(partial, this.#path(name));
      await this.#removeOldest();
    } catch {
      await rm(partial, { force: true }).catch(() => undefined);
    }
  }

  async remove(name: string): Promise<void> {
    await rm(this.#path(name), { force: true }).catch(() => undefined);
  }

  async list(): Promise<readonly string[]> {
    const files = await readdir(this.#folder).catch(() => []);
    return files.filter((file) => file.endsWith(ENDING)).map((file) => file.slice(0, -ENDING.length));
  }

  async #removeOldest(): Promise<void> {
    const kept = await Promise.all(
      (await this.list()).map(async (name) => {
        const { size, mtimeMs } = await stat(this.#path(name));
        return { name, size, read: mtimeMs };
      }),
    );
    kept.sort((a, b) => b.read - a.read);
    let bytes = 0;
    for (const { name, size } of kept) {
      bytes += size;
      if (bytes > this.#most) await this.remove(name);
    }
  }

  #path(name: string): string {
    return join(this.#folder, `${name}${ENDING}`);
  }
}

/** The name under which the index of a file or a repository is kept: its path says nothing to who lists the folder. */
export function indexName(path: string): string {
  return createHash('sha256').update(resolve(path)).digest('hex').slice(0, 32);
}
