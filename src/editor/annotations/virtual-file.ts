import * as vscode from 'vscode';
import type { Store } from '#annotations';
import { annotations } from '../core.ts';
import { randomHex } from '../random.ts';
import type { ChangedFile } from './annotation-files.ts';
import { dropIfThere, withVirtualLock } from './virtual-lock.ts';

/** How often a write begins again because a program that knows no lock wrote meanwhile. */
const mostTries = 8;

/** Changes an annotation file through the editor's file system, as `changeStoreFile` of the annotations' room does it on a disk. */
export async function changeVirtualFile(
  file: vscode.Uri,
  label: string | undefined,
  change: (store: Store) => Store,
): Promise<ChangedFile> {
  await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(file, '..'));
  return withVirtualLock(file, async () => {
    for (let tries = 0; tries < mostTries; tries++) {
      const changed = await attempt(file, label, change);
      if (changed) return changed;
    }
    const name = vscode.workspace.asRelativePath(file);
    throw new Error(vscode.l10n.t('The annotation file {0} is being written by somebody else all the time.', name));
  });
}

async function attempt(
  file: vscode.Uri,
  label: string | undefined,
  change: (store: Store) => Store,
): Promise<ChangedFile | undefined> {
  const { emptyStore, formatStore, parseStore } = await annotations();
  const name = file.path.split('/').at(-1) ?? '';
  const before = await readText(file);
  const found = before === undefined ? emptyStore(name, label) : parseStore(before);
  if (found.newer === true) {
    throw new Error(vscode.l10n.t('The annotation file {0} is for reading only. {1}', name, found.keepAside ?? ''));
  }
  const damage = found.keepAside;
  const aside = damage === undefined ? {} : { keptAs: (await putAside(file)).fsPath, damage };
  const store = change(damage === undefined ? found : emptyStore(name, label));
  const text = formatStore(store);
  if (text !== before) await replace(file, text);
  return (await readText(file)) === text ? { store, ...aside } : undefined;
}

export async function readText(uri: vscode.Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
    throw error;
  }
}

/** Moves a file to the first free name. */
async function putAside(file: vscode.Uri): Promise<vscode.Uri> {
  for (let number = 1; ; number++) {
    const aside = file.with({ path: `${file.path}.damaged-${number}` });
    if ((await readText(aside)) !== undefined) continue;
    await vscode.workspace.fs.rename(file, aside, { overwrite: false });
    return aside;
  }
}

/** Puts a text in a file's place in one step, where the file system can rename over a file. */
async function replace(file: vscode.Uri, text: string): Promise<void> {
  const bytes = new TextEncoder().encode(text);
  const temporary = file.with({ path: `${file.path}.${randomHex(4)}.tmp` });
  await vscode.workspace.fs.writeFile(temporary, bytes);
  try {
    await vscode.workspace.fs.rename(temporary, file, { overwrite: true });
  } catch {
    await vscode.workspace.fs.writeFile(file, bytes);
    await dropIfThere(temporary);
  }
}
