import * as vscode from 'vscode';
import type { Argument, Reading } from '#features';
import { type Features, features } from '../core.ts';
import { isOurs, readingOf } from '../documents.ts';
import { argumentAt, knownArgument } from './argument-of-document.ts';

/** How long (ms) scrolling and typing must rest. */
const restOfScrolling = 80;
const restOfTyping = 500;
/** Lines above and below what is visible. */
const margin = 60;
/** UTF-16 units. Of a longer mailbox no thread is read unless somebody asks: all its headers would have to be. */
const longest = 4 * 1024 * 1024;

/** What of a mail is in view. */
export interface InView {
  editor: vscode.TextEditor;
  document: vscode.TextDocument;
  rooms: Features;
  reading: Reading;
  /** Offsets of the document. */
  stretches: readonly { start: number; end: number }[];
  token: vscode.CancellationToken;
  /** Whether this still is what is in view. */
  holds(): boolean;
}

/** Runs for each visible mail, and anew when it is scrolled, typed into or asked to; what runs for an older view is cancelled. */
export function followViews(run: (view: InView) => Promise<void>, again: vscode.Event<unknown>): vscode.Disposable {
  const waiting = new Map<vscode.TextEditor, { timer: ReturnType<typeof setTimeout> } & vscode.Disposable>();
  const later = (editor: vscode.TextEditor, wait: number) => {
    waiting.get(editor)?.dispose();
    const running = new vscode.CancellationTokenSource();
    const timer = setTimeout(() => void look(editor, running.token, run), wait);
    const dispose = () => {
      clearTimeout(timer);
      running.cancel();
    };
    waiting.set(editor, { timer, dispose });
  };
  const all = (wait: number, document?: vscode.TextDocument) => {
    for (const [editor, { dispose }] of waiting) {
      if (vscode.window.visibleTextEditors.includes(editor)) continue;
      dispose();
      waiting.delete(editor);
    }
    for (const editor of vscode.window.visibleTextEditors)
      if (document === undefined || editor.document === document) later(editor, wait);
  };
  all(0);
  return vscode.Disposable.from(
    again(() => all(0)),
    vscode.window.onDidChangeVisibleTextEditors(() => all(0)),
    vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => later(textEditor, restOfScrolling)),
    vscode.workspace.onDidOpenTextDocument((document) => all(0, document)),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) all(restOfTyping, document);
    }),
    new vscode.Disposable(() => {
      for (const one of waiting.values()) one.dispose();
    }),
  );
}

async function look(
  editor: vscode.TextEditor,
  token: vscode.CancellationToken,
  run: (view: InView) => Promise<void>,
): Promise<void> {
  const { document } = editor;
  const { version } = document;
  if (document.isClosed || !(await isOurs(document))) return;
  const [reading, rooms] = await Promise.all([readingOf(document), features()]);
  const holds = () => !token.isCancellationRequested && !document.isClosed && document.version === version;
  if (!reading || !holds()) return;
  const stretches = editor.visibleRanges.map(({ start, end }) => ({
    start: document.offsetAt(new vscode.Position(Math.max(0, start.line - margin), 0)),
    end: document.offsetAt(new vscode.Position(end.line + margin, 0)),
  }));
  await run({ editor, document, rooms, reading, stretches, token, holds });
}

/** The messages of a stretch of a source. */
export function messagesIn({ mailbox }: Reading, start: number, end: number): number[] {
  const messages: number[] = [];
  for (let index = mailbox.messageAt(start) ?? 0; (mailbox.spans[index]?.start ?? end) < end; index++)
    messages.push(index);
  return messages;
}

/** The threads of some messages, where they are known or the mailbox is not too large to read them without being asked. */
export async function threadsOf(
  document: vscode.TextDocument,
  reading: Reading,
  messages: readonly number[],
  token: vscode.CancellationToken,
): Promise<(message: number) => Argument | undefined> {
  const { mailbox } = reading;
  if (mailbox.source.text.length <= longest) {
    for (const message of messages) {
      const start = mailbox.spans[message]?.start;
      if (start !== undefined && !token.isCancellationRequested) await argumentAt(document, start, token);
    }
  }
  return (message) => knownArgument(reading, message);
}
