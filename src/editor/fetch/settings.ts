import * as vscode from 'vscode';
import { DEFAULT_SERVERS, readServer } from '#archive/fetch';
import { log } from '../log.ts';

/** The value of a setting of the reader alone: a workspace says neither whom we ask nor where we write. */
function ownSetting(name: string): unknown {
  const found = vscode.workspace.getConfiguration('patchgloss').inspect(name);
  return found?.globalValue ?? found?.defaultValue;
}

/** The archives that are asked, in order. What is no server is passed over, and said in the log. */
export function servers(): string[] {
  const named = ownSetting('fetch.servers');
  const found: string[] = [];
  for (const one of Array.isArray(named) ? named : []) {
    try {
      found.push(readServer(String(one)));
    } catch (error) {
      log().warn(`patchgloss.fetch.servers: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return found.length > 0 ? found : [...DEFAULT_SERVERS];
}

/** How much room kept indexes may take before the oldest are removed, and fetched threads before it is said; in bytes. */
export function storageLimit(): number {
  const megabytes = ownSetting('storage.limit');
  return (typeof megabytes === 'number' && megabytes >= 1 ? megabytes : DEFAULT_LIMIT) * 2 ** 20;
}

/** In MB, as the manifest has it. */
const DEFAULT_LIMIT = 500;

/** The folder for fetched threads that the reader chose before; absent when there is none yet. */
export function chosenFolder(): vscode.Uri | undefined {
  const folder = ownSetting('fetch.folder');
  if (typeof folder !== 'string' || folder.trim() === '') return undefined;
  const written = folder.trim();
  // A drive of Windows has one letter.
  return /^[a-z][a-z0-9+.-]+:/i.test(written) ? vscode.Uri.parse(written) : vscode.Uri.file(written);
}

/** The folder for fetched threads. Asks the reader the first time, and keeps the answer; absent: the reader would rather not. */
export async function folderForThreads(): Promise<vscode.Uri | undefined> {
  const chosen = chosenFolder();
  if (chosen) return chosen;
  const near = vscode.workspace.workspaceFolders?.[0]?.uri;
  const [folder] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      title: vscode.l10n.t('A folder to keep fetched threads in'),
      openLabel: vscode.l10n.t('Keep Threads Here'),
      ...(near === undefined ? {} : { defaultUri: near }),
    })) ?? [];
  if (!folder) return undefined;
  const written = folder.scheme === 'file' ? folder.path : folder.toString();
  await vscode.workspace
    .getConfiguration('patchgloss')
    .update('fetch.folder', written, vscode.ConfigurationTarget.Global);
  return folder;
}
