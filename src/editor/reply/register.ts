import * as vscode from 'vscode';
import { pathRoom, sharingRoom } from '../on-demand.ts';
import { pathCommands } from '../reading-path/command-names.ts';
import { isDraft } from './draft-document.ts';

/** Answers, briefs and reading paths registered; nothing is read before a command, or before the first draft is shown. */
export function sharing(context: vscode.ExtensionContext): vscode.Disposable {
  const command = (name: string, run: () => unknown) => vscode.commands.registerCommand(`patchgloss.${name}`, run);
  return vscode.Disposable.from(
    command('replyToMessage', async () => (await sharingRoom()).replyToMessage(context)),
    command('copySendEmailCommand', async () => (await sharingRoom()).copySendEmailCommand()),
    command('exportBrief', async () => (await sharingRoom()).exportBrief(context)),
    ...pathCommands.map((name) =>
      vscode.commands.registerCommand(`patchgloss.${name}`, async (asked: unknown) =>
        (await pathRoom()).runPathCommand(context, name, asked),
      ),
    ),
    followDrafts(context),
  );
}

/** Tells the editor whether a draft is shown; the first one begins the checks. */
function followDrafts(context: vscode.ExtensionContext): vscode.Disposable {
  let inDraft = false;
  let checked = false;
  const tell = (editor: vscode.TextEditor | undefined) => {
    const isOne = editor !== undefined && isDraft(editor.document);
    if (isOne !== inDraft) void vscode.commands.executeCommand('setContext', 'patchgloss.inDraft', isOne);
    inDraft = isOne;
    if (!isOne || checked) return;
    checked = true;
    void sharingRoom().then(({ checkDrafts }) => context.subscriptions.push(checkDrafts()));
  };
  tell(vscode.window.activeTextEditor);
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(tell),
    vscode.workspace.onDidOpenTextDocument(() => tell(vscode.window.activeTextEditor)),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const editor = vscode.window.activeTextEditor;
      // Only a change of the header can make a draft of a mail.
      if (editor?.document === document && contentChanges.some(({ range }) => range.start.line < 100)) tell(editor);
    }),
  );
}
