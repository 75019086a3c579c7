import * as vscode from 'vscode';
import { isVersion } from '../argument/version-address.ts';
import { isOurs } from '../documents.ts';

/** The mail that somebody looked at last, and where in it; it stays while a note or a panel beside it has the focus. */
export interface LastMail extends vscode.Disposable {
  current(): { document: vscode.TextDocument; offset: number } | undefined;
  /** Another mail, or none any more; the caret of the same one went elsewhere; or its text changed. */
  onDidChange: vscode.Event<'document' | 'caret' | 'text'>;
}

let shared: LastMail | undefined;

/** Follows the active editor from the first call on. */
export function lastMail(): LastMail {
  shared ??= follow();
  return shared;
}

function follow(): LastMail {
  let last: { document: vscode.TextDocument; offset: number } | undefined;
  const changes = new vscode.EventEmitter<'document' | 'caret' | 'text'>();
  const look = async (editor: vscode.TextEditor | undefined) => {
    // A patch that is compared with another version of it is no mail, though it may look like one.
    if (!editor || isVersion(editor.document.uri)) return;
    if (!(await isOurs(editor.document)) || vscode.window.activeTextEditor !== editor) return;
    const isSame = last?.document === editor.document;
    last = { document: editor.document, offset: editor.document.offsetAt(editor.selection.active) };
    changes.fire(isSame ? 'caret' : 'document');
  };
  const [first] = vscode.window.visibleTextEditors;
  void look(vscode.window.activeTextEditor ?? first);
  const listening = vscode.Disposable.from(
    changes,
    vscode.window.onDidChangeActiveTextEditor(look),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => look(textEditor)),
    // A document that gets its language later, or an untitled one into which a mail is pasted.
    vscode.workspace.onDidOpenTextDocument(() => look(vscode.window.activeTextEditor)),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length === 0) return;
      if (document === last?.document) changes.fire('text');
      else if (document === vscode.window.activeTextEditor?.document) void look(vscode.window.activeTextEditor);
    }),
    vscode.workspace.onDidCloseTextDocument((document) => {
      if (document !== last?.document) return;
      last = undefined;
      changes.fire('document');
    }),
  );
  return { current: () => last, onDidChange: changes.event, dispose: () => listening.dispose() };
}
