import * as vscode from 'vscode';
import { failureText, hostOf, mergeMail, threadFileName } from '#archive/fetch';
import { downloadFound } from '#archive/search';
import { bytesOf, pace } from '../fetch/memory.ts';
import { hostNetwork, whileFetching } from '../fetch/network.ts';
import { folderForThreads } from '../fetch/settings.ts';
import { log } from '../log.ts';

/** Downloads what a server finds as one mailbox into the folder of fetched threads, and opens it. */
export async function saveFound(context: vscode.ExtensionContext, server: string, query: string): Promise<void> {
  const folder = await folderForThreads();
  if (!folder) return;
  const got = await whileFetching(vscode.l10n.t('Searching {0}', hostOf(server)), (signal) =>
    downloadFound(server, query, { network: hostNetwork(context), pace, signal, log: (line) => log().info(line) }),
  );
  if (got === 'unchanged') return;
  if ('kind' in got) {
    if (got.kind !== 'cancelled') void vscode.window.showErrorMessage(`${failureText([got])}.`);
    return;
  }
  const file = vscode.Uri.joinPath(folder, threadFileName(`search ${query}`));
  const before = await bytesOf(file);
  // Results of an earlier day stay; where nothing is the same any more the file is of the new ones.
  await vscode.workspace.fs.writeFile(file, (before && mergeMail(before, got.mail)?.mail) ?? got.mail);
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(file), { preview: false });
  if (got.damage !== undefined) void vscode.window.showWarningMessage(`${got.damage}.`);
}
