import * as vscode from 'vscode';

/** Opens a reading view in place of the one that was opened before; the rows keep the focus. */
export async function showView(uri: vscode.Uri): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { preview: true, preserveFocus: true });
}
