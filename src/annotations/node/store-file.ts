import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { emptyStore, formatStore, parseStore, type Store } from '../store.ts';
import { withLock } from './lock.ts';

/** What a change of an annotation file came to. */
export interface ChangedStore {
  store: Store;
  /** The file that was there could not be read and stands under this name now. */
  keptAs?: string;
  /** Why it could not be read. */
  damage?: string;
}

/** What an annotation file holds; an empty store where there is no file. */
export async function readStoreFile(path: string): Promise<Store> {
  const text = await textOf(path);
  return text === undefined ? emptyStore(basename(path)) : parseStore(text);
}

/**
 * Changes an annotation file: reads it as it is now, applies the change, and puts the result in its place in one step. Writers
 * take turns, and a process that is killed on the way leaves the file as it was before or as it is after. A file that cannot be
 * read is kept beside it as `NAME.damaged-N`, and a new one is begun.
 * @throws Error when the file has a later format version: it is for reading only. Also when it is locked for ten seconds by
 * somebody else, or cannot be written.
 */
export async function changeStoreFile(
  path: string,
  label: string | undefined,
  change: (store: Store) => Store,
): Promise<ChangedStore> {
  await mkdir(dirname(path), { recursive: true });
  return withLock(`${path}.lock`, async () => {
    const before = await textOf(path);
    const found = before === undefined ? emptyStore(basename(path), label) : parseStore(before);
    if (found.newer === true) throw new Error(`${path} is for reading only. ${found.keepAside ?? ''}`);
    const aside = found.keepAside === undefined ? {} : { keptAs: await putAside(path), damage: found.keepAside };
    const store = change(found.keepAside === undefined ? found : emptyStore(basename(path), label));
    const text = formatStore(store);
    if (text !== before) await writeWhole(path, text);
    return { store, ...aside };
  });
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Moves the file to the first free name. */
async function putAside(path: string): Promise<string> {
  for (let number = 1; ; number++) {
    const aside = `${path}.damaged-${number}`;
    if ((await textOf(aside)) !== undefined) continue;
    await rename(path, aside);
    return aside;
  }
}

/** The text is on the disk before the file's name leads to it. */
async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  const file = await open(temporary, 'w');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
