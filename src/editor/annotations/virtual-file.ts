import * as vscode from 'vscode';
import type { Annotation, Store } from '#annotations';
import { annotations } from './core.ts';
import { randomHex } from './random.ts';

/** An annotation file as it was read. */
export interface NoteFile {
  uri: vscode.Uri;
  store: Store;
}

const extension = '.jsonld';
/** How often a write begins again because somebody else wrote meanwhile, or because a file must not be written over. */
const mostTries = 8;

/** All annotation files of a folder; none when there is no such folder. One that cannot be read says so in its store. */
export async function readNoteFiles(folder: vscode.Uri): Promise<NoteFile[]> {
  const { emptyStore, parseStore } = await annotations();
  const files: NoteFile[] = [];
  for (const name of await namesIn(folder)) {
    const uri = vscode.Uri.joinPath(folder, name);
    try {
      const text = await readText(uri);
      if (text !== undefined) files.push({ uri, store: parseStore(text) });
    } catch (error) {
      files.push({ uri, store: { ...emptyStore(), keepAside: String(error) } });
    }
  }
  return files;
}

async function namesIn(folder: vscode.Uri): Promise<string[]> {
  try {
    // Asked first, because an editor writes a failed listing into its log.
    await vscode.workspace.fs.stat(folder);
    const entries = await vscode.workspace.fs.readDirectory(folder);
    return entries.filter(([name]) => name.endsWith(extension)).map(([name]) => name);
  } catch {
    return [];
  }
}

async function readText(uri: vscode.Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
    throw error;
  }
}

/**
 * Changes an annotation file: reads it as it is now, applies the change, and puts the result in its place in one step, so
 * that neither another window's notes nor an outside edit is lost. The change may be applied more than once and must come
 * to the same. A file that must not be written over (damaged, or of a newer format) stays as it is, and its neighbour is
 * written instead. Gives the file that was written. Two changes of one window are made one after the other by the caller.
 */
export async function changeNoteFile(
  folder: vscode.Uri,
  name: string,
  label: string,
  change: (store: Store) => Store,
): Promise<vscode.Uri> {
  const { emptyStore, formatStore, parseStore } = await annotations();
  await vscode.workspace.fs.createDirectory(folder);
  let neighbour = 1;
  for (let tries = 0; tries < mostTries; tries++) {
    const fileName = neighbour === 1 ? name : `${name.slice(0, -extension.length)}.${neighbour}${extension}`;
    const uri = vscode.Uri.joinPath(folder, fileName);
    const before = await readText(uri);
    const store = before === undefined ? emptyStore(fileName, label) : parseStore(before);
    if (store.keepAside !== undefined) {
      neighbour++;
      continue;
    }
    const text = formatStore(change(store));
    if (text === before || (await replace(uri, before, text))) return uri;
  }
  throw new Error(vscode.l10n.t('The annotation file {0} is being written by somebody else all the time.', name));
}

/** Changes the annotations of a file that is there. */
export function changeNotesIn(
  file: vscode.Uri,
  change: (all: readonly Annotation[]) => readonly Annotation[],
): Promise<vscode.Uri> {
  const name = file.path.split('/').at(-1) ?? '';
  return changeNoteFile(vscode.Uri.joinPath(file, '..'), name, name, (store) => ({
    ...store,
    annotations: change(store.annotations),
  }));
}

/** Puts a text in a file's place, if the file still says what it said before, and looks whether it stayed there. */
async function replace(uri: vscode.Uri, before: string | undefined, text: string): Promise<boolean> {
  const bytes = new TextEncoder().encode(text);
  const temporary = uri.with({ path: `${uri.path}.${randomHex(4)}.tmp` });
  await vscode.workspace.fs.writeFile(temporary, bytes);
  try {
    if ((await readText(uri)) !== before) return false;
    await vscode.workspace.fs.rename(temporary, uri, { overwrite: true });
  } catch {
    // A file system that cannot rename over a file: written in place.
    await vscode.workspace.fs.writeFile(uri, bytes);
  } finally {
    await dropIfThere(temporary);
  }
  return (await readText(uri)) === text;
}

async function dropIfThere(uri: vscode.Uri): Promise<void> {
  try {
    await vscode.workspace.fs.delete(uri);
  } catch {
    // It was moved into place.
  }
}
