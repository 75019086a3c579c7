import * as vscode from 'vscode';
import type { Memory } from '#archive/fetch';
import { log } from '../log.ts';
import { memoryFile, readFetched, writeFetched } from './memory.ts';
import { chosenFolder } from './settings.ts';

/** More fetched mail than this is said, in bytes. */
const MUCH = 500 * 2 ** 20;

interface StoredFile {
  file: vscode.Uri;
  size: number;
}

/** Says where fetched mail and what is remembered of it lie and how large they are, and offers to delete them. */
export async function showStoredData(context: vscode.ExtensionContext): Promise<void> {
  const memory = await readFetched(context);
  const files = await fetchedFiles(memory);
  const [own = { size: 0 }] = await existing([memoryFile(context)]);
  const remove = vscode.l10n.t('Delete Fetched Threads');
  const forget = vscode.l10n.t('Forget Downloads');
  const detail = [
    vscode.l10n.t(
      'Fetched threads: {0}, {1}, in {2}',
      files.length,
      sizeOf(total(files)),
      chosenFolder()?.toString(true) ?? '-',
    ),
    vscode.l10n.t(
      'What is remembered of them, 500 threads at most: {0}, in {1}',
      sizeOf(own.size),
      memoryFile(context).toString(true),
    ),
  ].join('\n\n');
  const buttons = [...(files.length > 0 ? [remove] : []), ...(memory.threads.length > 0 ? [forget] : [])];
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('What Patchgloss has stored'),
    { modal: true, detail },
    ...buttons,
  );
  if (answer === forget) await writeFetched(context, { threads: [] });
  if (answer === remove) await deleteFiles(context, files);
}

async function deleteFiles(context: vscode.ExtensionContext, files: readonly StoredFile[]): Promise<void> {
  const remove = vscode.l10n.t('Delete');
  const question = vscode.l10n.t('Delete {0} fetched threads ({1})?', files.length, sizeOf(total(files)));
  const detail = vscode.l10n.t('Margin notes on them are kept. Threads can be fetched again.');
  if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, remove)) !== remove) return;
  for (const { file } of files) {
    try {
      await vscode.workspace.fs.delete(file);
      log().info(`deleted ${file.toString(true)}`);
    } catch (error) {
      log().error(`${file.toString(true)}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const left = new Set((await existing(files.map(({ file }) => file))).map(({ file }) => file.toString()));
  const { threads } = await readFetched(context);
  await writeFetched(context, { threads: threads.filter(({ file }) => left.has(file)) });
}

/** Says once a session when fetched threads take much room. */
export async function warnWhenLarge(context: vscode.ExtensionContext): Promise<void> {
  if (warned) return;
  const size = total(await fetchedFiles(await readFetched(context)));
  if (size <= MUCH) return;
  warned = true;
  const show = vscode.l10n.t('Show Stored Data');
  const answer = await vscode.window.showWarningMessage(vscode.l10n.t('Fetched threads take {0}.', sizeOf(size)), show);
  if (answer === show) await showStoredData(context);
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

function total(files: readonly StoredFile[]): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}

function sizeOf(bytes: number): string {
  return bytes < 2 ** 20 ? `${Math.ceil(bytes / 2 ** 10)} KB` : `${(bytes / 2 ** 20).toFixed(1)} MB`;
}
