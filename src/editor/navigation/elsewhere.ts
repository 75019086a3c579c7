import * as vscode from 'vscode';
import { cut, features } from '../core.ts';
import { isReadingView } from '../reading-address.ts';
import { readTextShown, revealLine } from '../reading-view.ts';
import { mailHere } from './mail-here.ts';

/** Opens the mail behind a reading view where its message begins. */
export async function openRaw(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const uri = editor?.document.uri;
  if (!editor || !uri || !isReadingView(uri)) {
    void vscode.window.showInformationMessage(vscode.l10n.t('This is the mail as it was sent.'));
    return;
  }
  const shown = await readTextShown(uri);
  revealLine(editor, shown?.lineOf(shown.messageAt(editor.selection.active.line)) ?? 0);
  await vscode.commands.executeCommand('patchgloss.goToSourceLine');
}

/** Opens the message at the caret in the browser, at the archive of kernel lists. */
export async function openAtLore(): Promise<void> {
  const here = await mailHere();
  if (!here) return;
  const { archiveAddress, messageAt } = await features();
  const address = archiveAddress(here.reading, messageAt(here.reading, here.offset) ?? 0);
  if (address === undefined) tellNoId();
  else await vscode.env.openExternal(vscode.Uri.parse(address, true));
}

export function tellNoId(): void {
  void vscode.window.showInformationMessage(vscode.l10n.t('There is no mail with a Message-ID in the editor.'));
}

/** Opens what is on the clipboard as a mail that is not saved anywhere. */
export async function readClipboard(): Promise<void> {
  const content = await vscode.env.clipboard.readText();
  const { isMail } = await cut();
  if (!isMail(content.slice(0, 4096))) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('There is no mail on the clipboard. Copy a mail with its header, or a page of an archive.'),
    );
    return;
  }
  const { readText } = await features();
  const language = readText(content).messages > 1 ? 'mbox' : 'eml';
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content, language }));
}
