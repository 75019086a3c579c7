import * as vscode from 'vscode';
import type { MailboxThreads } from '#features';
import { features } from '../core.ts';
import { isThreadView, sourceUri } from '../reading-address.ts';
import { readTextShown } from '../reading-view.ts';
import type { MarksStore } from './marks-store.ts';
import { openMailbox } from './open-mailbox.ts';

/** How long (ms) a message must stand on the screen to be read. */
const dwell = 1500;

/** Marks the messages of a thread as read that stand on the screen for a while. */
export function followReading(store: MarksStore): vscode.Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = (editor: vscode.TextEditor | undefined) => {
    if (!editor || !isThreadView(editor.document.uri)) return;
    clearTimeout(timer);
    timer = setTimeout(() => void markVisible(editor, store), dwell);
  };
  later(vscode.window.activeTextEditor);
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(later),
    vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => later(textEditor)),
    new vscode.Disposable(() => clearTimeout(timer)),
  );
}

async function markVisible({ document, visibleRanges }: vscode.TextEditor, store: MarksStore): Promise<void> {
  const text = document.isClosed ? undefined : await readTextShown(document.uri);
  if (!text) return;
  const messages = new Set<number>();
  for (const { start, end } of visibleRanges)
    for (let line = start.line; line <= end.line; line++) messages.add(text.messageAt(line));
  const { threads } = await openMailbox(sourceUri(document.uri));
  const { markedMessage } = await features();
  const unread = [...messages]
    .map((message) => markedMessage(threads, message))
    .filter((one) => !store.marks.isRead(one));
  if (unread.length === 0) return;
  store.change((marks) => {
    for (const one of unread) marks.mark(one, true);
    lookAt(threads, messages, (thread, latest) => marks.look(thread, latest), markedMessage);
  });
}

function lookAt(
  threads: MailboxThreads,
  messages: ReadonlySet<number>,
  look: (thread: number, latest: number) => void,
  markedMessage: (threads: MailboxThreads, message: number) => { thread: number },
): void {
  for (const message of messages)
    look(markedMessage(threads, message).thread, threads.last[threads.threadOf[message] ?? 0] ?? 0);
}
