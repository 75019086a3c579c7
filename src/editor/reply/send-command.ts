import * as vscode from 'vscode';
import { sharingFeatures } from '../core.ts';

/** Copies the command that sends the draft in the editor, which is saved first. Nothing is sent: the reader runs it. */
export async function copySendEmailCommand(): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (!document) return;
  const { sendEmailCommand } = await sharingFeatures();
  const text = document.getText();
  // Said before anybody is asked for a name.
  const early = sendEmailCommand(text, 'draft.eml');
  if ('refused' in early) return refused(early.refused);
  const file = await savedDraft(document, text);
  if (!file) return;
  const made = sendEmailCommand(text, file.scheme === 'file' ? file.fsPath : file.path);
  if ('refused' in made) return refused(made.refused);
  await vscode.env.clipboard.writeText(made.command);
  void vscode.window.showInformationMessage(vscode.l10n.t('Copied: {0}', made.command));
}

function refused(reason: string): void {
  void vscode.window.showWarningMessage(reason);
}

/** The file of a draft; one that has none yet is written where the reader says, as mail is sent. */
async function savedDraft(document: vscode.TextDocument, text: string): Promise<vscode.Uri | undefined> {
  if (!document.isUntitled) {
    if (!document.isDirty || (await document.save())) return document.uri;
    return undefined;
  }
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, 'reply.eml') }),
    filters: { [vscode.l10n.t('Mail')]: ['eml'] },
    title: vscode.l10n.t('Save the Draft'),
  });
  if (!target) return undefined;
  const { sendableText } = await sharingFeatures();
  try {
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(sendableText(text)));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(vscode.l10n.t('The draft could not be saved: {0}', reason));
    return undefined;
  }
  return target;
}
