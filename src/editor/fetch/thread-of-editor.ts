import * as vscode from 'vscode';
import { isMessageId } from '#archive/fetch';
import { features } from '../core.ts';
import { readingOf } from '../documents.ts';
import { sourceUri } from '../reading-address.ts';

/** A mail in an editor: its document, and the Message-ID of the message at the caret. */
export interface MailInEditor {
  document: vscode.TextDocument;
  messageId: string;
}

/** The mail that an editor shows, or the file behind a reading view. Says so, when there is none with a Message-ID. */
export async function mailOf(editor: vscode.TextEditor | undefined): Promise<MailInEditor | undefined> {
  const document = editor && (await vscode.workspace.openTextDocument(sourceUri(editor.document.uri)));
  const reading = document && (await readingOf(document));
  const { messageAt } = await features();
  const here =
    reading && editor.document === document ? messageAt(reading, document.offsetAt(editor.selection.active)) : 0;
  const [at, first] = [here ?? 0, 0].map((index) => reading?.page(index)?.fields.get('message-id')?.[0] ?? '');
  const messageId = [at, first].map((id = '') => id.replace(/^\s*<|>\s*$/g, '').trim()).find(isMessageId);
  if (document && messageId !== undefined) return { document, messageId };
  void vscode.window.showInformationMessage(vscode.l10n.t('There is no mail with a Message-ID in the editor.'));
  return undefined;
}
