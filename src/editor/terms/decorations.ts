import * as vscode from 'vscode';
import { ask, isOurs } from '../documents.ts';
import { rangeOf } from '../ranges.ts';
import { hoverMode } from './hover-mode.ts';

/** How long (ms) scrolling and typing must rest. */
const restOfScrolling = 80;
const restOfTyping = 500;
/** Lines above and below what is visible. */
const margin = 60;

/** A faint line under the first mention of each term in each message, as far as it is in view. */
export function showTerms(refresh: vscode.Event<unknown>): vscode.Disposable {
  const underline = vscode.window.createTextEditorDecorationType({
    borderColor: new vscode.ThemeColor('patchgloss.termUnderline'),
    borderStyle: 'dotted',
    borderWidth: '0 0 1px 0',
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  const timers = new Map<vscode.TextEditor, ReturnType<typeof setTimeout>>();
  const later = (editor: vscode.TextEditor, wait: number) => {
    clearTimeout(timers.get(editor));
    timers.set(
      editor,
      setTimeout(() => {
        timers.delete(editor);
        void decorate(editor, underline);
      }, wait),
    );
  };
  const all = (wait: number, document?: vscode.TextDocument) => {
    for (const editor of vscode.window.visibleTextEditors)
      if (document === undefined || editor.document === document) later(editor, wait);
  };
  all(0);
  return vscode.Disposable.from(
    underline,
    refresh(() => all(0)),
    vscode.window.onDidChangeVisibleTextEditors(() => all(0)),
    vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => later(textEditor, restOfScrolling)),
    vscode.workspace.onDidOpenTextDocument((document) => all(0, document)),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) all(restOfTyping, document);
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('patchgloss.hovers')) all(0);
    }),
    new vscode.Disposable(() => {
      for (const timer of timers.values()) clearTimeout(timer);
    }),
  );
}

async function decorate(editor: vscode.TextEditor, underline: vscode.TextEditorDecorationType): Promise<void> {
  const { document } = editor;
  if (document.isClosed || !(await isOurs(document))) return;
  const found =
    hoverMode(document) === 'off'
      ? []
      : await ask(document, undefined, ({ firstMentions }, reading) =>
          editor.visibleRanges.flatMap((visible) => {
            const top = document.offsetAt(new vscode.Position(Math.max(0, visible.start.line - margin), 0));
            const bottom = document.offsetAt(new vscode.Position(visible.end.line + margin, 0));
            return firstMentions(reading, top, bottom).flatMap(({ spans }) =>
              spans.map((span) => rangeOf(document, span)),
            );
          }),
        );
  // An edit came between: it asks anew.
  if (found) editor.setDecorations(underline, found);
}
