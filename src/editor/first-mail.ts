import * as vscode from 'vscode';
import { isOurs } from './documents.ts';

/** Resolves when the first mail is there: one that was open already, is opened, or is pasted into an empty text. */
export function firstMail(context: vscode.ExtensionContext): Promise<void> {
  return new Promise((resolve) => {
    let found = false;
    const look = async (document: vscode.TextDocument) => {
      if (found || !(await isOurs(document))) return;
      found = true;
      watching.dispose();
      resolve();
    };
    const watching = vscode.Disposable.from(
      vscode.workspace.onDidOpenTextDocument(look),
      vscode.workspace.onDidChangeTextDocument(({ document }) => look(document)),
    );
    context.subscriptions.push(watching);
    for (const document of vscode.workspace.textDocuments) void look(document);
  });
}
