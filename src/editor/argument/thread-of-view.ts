import * as vscode from 'vscode';
import { isReadingView, isThreadView, messageOf, sourceUri, threadAddress } from '../reading-address.ts';
import { openMailbox } from '../threads/open-mailbox.ts';

/** The reading view of the whole thread of a message that is shown by itself: there its quotes lead. Absent for every other document, and where the mailbox is gone. */
export async function threadDocumentOf(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  if (!isReadingView(uri) || isThreadView(uri)) return undefined;
  try {
    const address = await threadAddressOf(sourceUri(uri), messageOf(uri));
    return address && (await vscode.workspace.openTextDocument(address));
  } catch {
    return undefined;
  }
}

/** As the Threads view names it, so that one that is open is the same. */
async function threadAddressOf(source: vscode.Uri, message: number): Promise<vscode.Uri | undefined> {
  const { threads } = await openMailbox(source);
  const thread = threads.threadOf[message];
  if (thread === undefined) return undefined;
  const root = threads.roots[thread] ?? message;
  return threadAddress(source, root, threads.head(root).clean);
}
