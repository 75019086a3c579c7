import * as vscode from 'vscode';
import { lineInThread } from './argument/thread-of-view.ts';
import { ask, isOurs } from './documents.ts';
import { hoverMode } from './terms/hover-mode.ts';
import { readThread } from './thread-slices.ts';

/** How long (ms) an editor must be there before its thread is read: what the reader sees comes first. */
const rest = 700;
/** UTF-16 units. The thread of a longer document is read when a hover asks for it. */
const longest = 2 * 1024 * 1024;

/** Reads the threads of the mails that are shown, so that already the first hover tells who explained a term. `refresh` fires when other notes count. */
export function readShownThreads(refresh: vscode.Event<unknown>): vscode.Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      for (const editor of vscode.window.visibleTextEditors) void readThreadOf(editor);
    }, rest);
  };
  later();
  return vscode.Disposable.from(
    refresh(later),
    vscode.window.onDidChangeVisibleTextEditors(later),
    vscode.workspace.onDidOpenTextDocument(later),
    vscode.workspace.onDidChangeTextDocument(({ contentChanges }) => {
      if (contentChanges.length > 0) later();
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('patchgloss.hovers')) later();
    }),
    new vscode.Disposable(() => clearTimeout(timer)),
  );
}

export function isShown(document: vscode.TextDocument): boolean {
  return vscode.window.visibleTextEditors.some((editor) => editor.document === document);
}

async function readThreadOf({ document, visibleRanges }: vscode.TextEditor): Promise<void> {
  if (document.isClosed || hoverMode(document) === 'off' || !(await isOurs(document))) return;
  if (document.offsetAt(new vscode.Position(document.lineCount, 0)) > longest) return;
  const top = visibleRanges[0]?.start ?? new vscode.Position(0, 0);
  const last = document.lineCount - 1;
  const there = await lineInThread(document, last, true);
  if (there) return readAt(there.document, new vscode.Position(last + there.down, 0), document);
  await readAt(document, top, document);
}

async function readAt(document: vscode.TextDocument, top: vscode.Position, shown: vscode.TextDocument): Promise<void> {
  await ask(document, undefined, (features, reading) => {
    // A mail that stands alone is read by the hover itself.
    if (reading.messages < 2) return;
    const message = features.messageAt(reading, document.offsetAt(top)) ?? 0;
    readThread(document, features.explanationsOf(reading, message), () => isShown(shown));
  });
}
