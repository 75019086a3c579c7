import * as vscode from 'vscode';
import type { Memory } from '#archive/fetch';
import { log } from '../log.ts';
import { type KeptIndex, keptIndexes } from './kept-indexes.ts';
import { memoryFile, readFetched, writeFetched } from './memory.ts';
import { storageLimit } from './settings.ts';
import { sizeOf, totalOf } from './sizes.ts';

interface StoredFile {
  file: vscode.Uri;
  size: number;
}

/** What lies on the reader's disk because of us. Sizes are in bytes. */
export interface StoredData {
  threads: readonly StoredFile[];
  indexes: readonly KeptIndex[];
  /** What is remembered of fetched threads. */
  memory: StoredFile & { threads: number };
}

export async function storedData(context: vscode.ExtensionContext): Promise<StoredData> {
  const memory = await readFetched(context);
  const [own = { file: memoryFile(context), size: 0 }] = await existing([memoryFile(context)]);
  return {
    threads: await fetchedFiles(memory),
    indexes: await keptIndexes(context.globalStorageUri),
    memory: { ...own, threads: memory.threads.length },
  };
}

/** Forgets what servers said of what they gave: everything is asked for again. */
export async function forgetDownloads(context: vscode.ExtensionContext): Promise<void> {
  await writeFetched(context, { threads: [] });
  log().info('forgot what servers said of fetched threads');
}

/** Deletes threads or indexes, and says so in the log; what cannot be deleted stays. */
export async function deleteStored(context: vscode.ExtensionContext, files: readonly vscode.Uri[]): Promise<void> {
  for (const file of files) {
    try {
      await vscode.workspace.fs.delete(file);
      log().info(`deleted ${file.toString(true)}`);
    } catch (error) {
      log().error(`${file.toString(true)}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const memory = await readFetched(context);
  const left = new Set((await fetchedFiles(memory)).map(({ file }) => file.toString()));
  const threads = memory.threads.filter(({ file }) => left.has(vscode.Uri.parse(file).toString()));
  if (threads.length < memory.threads.length) await writeFetched(context, { ...memory, threads });
}

/** Says once a session when fetched threads take more room than the reader allows; they are never deleted by themselves. */
export async function warnWhenLarge(context: vscode.ExtensionContext): Promise<void> {
  if (warned) return;
  const size = totalOf(await fetchedFiles(await readFetched(context)));
  if (size <= storageLimit()) return;
  warned = true;
  const show = vscode.l10n.t('Show Stored Data');
  const text = vscode.l10n.t('Fetched threads take {0} of {1}.', sizeOf(size), sizeOf(storageLimit()));
  log().warn(text);
  const answer = await vscode.window.showWarningMessage(text, show);
  if (answer === show) await vscode.commands.executeCommand('patchgloss.showStoredData');
}

let warned = false;

function fetchedFiles({ threads }: Memory): Promise<StoredFile[]> {
  return existing(threads.map(({ file }) => vscode.Uri.parse(file)));
}

/** Those of these files that are there. */
async function existing(files: readonly vscode.Uri[]): Promise<StoredFile[]> {
  const found: StoredFile[] = [];
  for (const file of files) {
    try {
      found.push({ file, size: (await vscode.workspace.fs.stat(file)).size });
    } catch {
      // It is gone, and takes no room.
    }
  }
  return found;
}
