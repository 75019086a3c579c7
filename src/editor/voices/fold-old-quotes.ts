import * as vscode from 'vscode';
import { ask } from '../documents.ts';
import { isReadingView } from '../reading-address.ts';

/** Quotes deeper than this are old. */
const depth = 3;
/** How long (ms) a reading view must be in front: the editor folds only there. */
const rest = 300;

/** Folds old quotes of a reading view when it is shown for the first time; what a reader unfolds stays so. */
export function foldOldQuotes(): vscode.Disposable {
  const done = new WeakSet<vscode.TextDocument>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = (editor: vscode.TextEditor | undefined) => {
    clearTimeout(timer);
    if (!editor || !isReadingView(editor.document.uri) || done.has(editor.document)) return;
    timer = setTimeout(() => {
      done.add(editor.document);
      void fold(editor);
    }, rest);
  };
  later(vscode.window.activeTextEditor);
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(later),
    new vscode.Disposable(() => clearTimeout(timer)),
  );
}

async function fold(editor: vscode.TextEditor): Promise<void> {
  const { document } = editor;
  const lines = await ask(document, undefined, ({ foldLines, folds, quotesBelow }, reading) =>
    quotesBelow(
      foldLines(folds(reading), (offset) => document.positionAt(offset)),
      depth,
    ),
  );
  if (lines && lines.length > 0 && vscode.window.activeTextEditor === editor)
    await vscode.commands.executeCommand('editor.fold', { selectionLines: lines });
}
