import type { Store } from '#annotations';
import { annotations } from '../core.ts';
import { randomHex } from '../random.ts';
import type { ChangedFile } from './changed-file.ts';
import type { FilePort } from './file-port.ts';
import { withVirtualLock } from './virtual-lock.ts';

/** What is said when a file cannot be changed. */
export interface ChangeWords {
  /** Somebody else writes all the time. */
  busy: string;
  readOnly(why: string): string;
}

/** How often a write begins again because a program that knows no lock wrote meanwhile. */
const mostTries = 8;

/** Changes an annotation file as `changeStoreFile` of the annotations' room does it on a disk. `change` may be applied more than once. */
export async function changeVirtualStore(
  files: FilePort,
  path: string,
  label: string | undefined,
  change: (store: Store) => Store,
  words: ChangeWords,
): Promise<ChangedFile> {
  return withVirtualLock(files, path, words.busy, async () => {
    for (let tries = 0; tries < mostTries; tries++) {
      const changed = await attempt(files, path, label, change, words);
      if (changed) return changed;
    }
    throw new Error(words.busy);
  });
}

async function attempt(
  files: FilePort,
  path: string,
  label: string | undefined,
  change: (store: Store) => Store,
  words: ChangeWords,
): Promise<ChangedFile | undefined> {
  const { emptyStore, formatStore, parseStore } = await annotations();
  const name = path.split('/').at(-1) ?? '';
  const before = await files.read(path);
  const found = before === undefined ? emptyStore(name, label) : parseStore(before);
  if (found.newer === true) throw new Error(words.readOnly(found.keepAside ?? ''));
  const damage = found.keepAside;
  const aside = damage === undefined ? {} : { keptAs: await putAside(files, path), damage };
  const store = change(damage === undefined ? found : emptyStore(name, label));
  const text = formatStore(store);
  if (text !== before) await replace(files, path, damage === undefined ? before : undefined, text);
  return (await files.read(path)) === text ? { store, ...aside } : undefined;
}

/** Moves a file to the first free name. */
async function putAside(files: FilePort, path: string): Promise<string> {
  for (let number = 1; ; number++) {
    const aside = `${path}.damaged-${number}`;
    if ((await files.read(aside)) !== undefined) continue;
    await files.rename(path, aside, false);
    return aside;
  }
}

/** Puts a text in a file's place in one step, if the file still says what it said before, where the file system can rename over a file. */
async function replace(files: FilePort, path: string, before: string | undefined, text: string): Promise<void> {
  const temporary = `${path}.${randomHex(4)}.tmp`;
  await files.write(temporary, text);
  if ((await files.read(path)) !== before) return files.remove(temporary);
  try {
    await files.rename(temporary, path, true);
  } catch {
    await files.write(path, text);
    await files.remove(temporary);
  }
}
