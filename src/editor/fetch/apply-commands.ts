import * as vscode from 'vscode';
import { b4Command, gitAmCommand, rememberedFile } from '#archive/fetch';
import { readFetched } from './memory.ts';
import { servers } from './settings.ts';
import { mailOf } from './thread-of-editor.ts';

/** Copies the command that lets b4 apply the series of the message at the caret. Nothing is run. */
export async function copyB4Command(): Promise<void> {
  const mail = await mailOf(vscode.window.activeTextEditor);
  if (mail) await copy(b4Command(mail.messageId));
}

/** Copies the command that applies the thread in the editor: its file, where it is one on this disk. */
export async function copyGitAmCommand(context: vscode.ExtensionContext): Promise<void> {
  const mail = await mailOf(vscode.window.activeTextEditor);
  if (!mail) return;
  const { uri } = mail.document;
  const [server = ''] = servers();
  const fetchedFrom = rememberedFile(await readFetched(context), uri.toString());
  const messageId = fetchedFrom?.messageId ?? mail.messageId;
  await copy(gitAmCommand(messageId, uri.scheme === 'file' ? { file: uri.path } : { server }));
}

async function copy(command: string): Promise<void> {
  await vscode.env.clipboard.writeText(command);
  void vscode.window.showInformationMessage(vscode.l10n.t('Copied: {0}', command));
}
