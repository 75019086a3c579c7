import * as vscode from 'vscode';
import type { Reading } from '#features';
import { isOurs, readingOf } from '../documents.ts';

/** The mail in the active editor. */
export interface MailHere {
  editor: vscode.TextEditor;
  document: vscode.TextDocument;
  reading: Reading;
  /** Of the caret. */
  offset: number;
}

/** Says what to do when there is none. */
export async function mailHere(): Promise<MailHere | undefined> {
  const editor = vscode.window.activeTextEditor;
  const document = editor?.document;
  const reading = document && (await isOurs(document)) ? await readingOf(document) : undefined;
  if (editor && document && reading)
    return { editor, document, reading, offset: document.offsetAt(editor.selection.active) };
  void vscode.window.showInformationMessage(
    vscode.l10n.t('Open a mail first: an mbox, an .eml or a saved archive page.'),
  );
  return undefined;
}
