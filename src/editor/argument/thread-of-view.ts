import * as vscode from 'vscode';
import type { MailboxThreads } from '#features';
import { isReadingView, isThreadView, messageOf, sourceUri, threadAddress } from '../reading-address.ts';
import { readTextShown } from '../reading-view.ts';
import { openMailbox } from '../threads/open-mailbox.ts';

/** The reading view of the whole thread of a message that is shown by itself: there its quotes lead. Absent for every other document, and where the mailbox is gone. */
export async function threadDocumentOf(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  if (!isReadingView(uri) || isThreadView(uri)) return undefined;
  try {
    const source = sourceUri(uri);
    const address = threadViewAddress(source, (await openMailbox(source)).threads, messageOf(uri));
    return address && (await vscode.workspace.openTextDocument(address));
  } catch {
    return undefined;
  }
}

/** The view of the thread of a message, as the Threads view names it, so that one that is open is the same. */
export function threadViewAddress(
  source: vscode.Uri,
  threads: MailboxThreads,
  message: number,
): vscode.Uri | undefined {
  const thread = threads.threadOf[message];
  if (thread === undefined) return undefined;
  const root = threads.roots[thread] ?? message;
  return threadAddress(source, root, threads.head(root).clean);
}

/** A line of a message that is shown by itself, where the view of its thread has it. */
export interface LineInThread {
  document: vscode.TextDocument;
  /** How many lines further down it stands there. */
  down: number;
}

const found = new WeakMap<vscode.TextDocument, Promise<vscode.TextDocument | undefined>>();
const known = new WeakMap<vscode.TextDocument, vscode.TextDocument>();

/**
 * Where the view of its thread has a line of a message that is shown by itself. Absent for headers, which are others there, and for every other document. With `wait` false also while the thread is
 * not read yet: then it is read for the next question.
 */
export async function lineInThread(
  document: vscode.TextDocument,
  line: number,
  wait: boolean,
): Promise<LineInThread | undefined> {
  if (!isReadingView(document.uri) || isThreadView(document.uri)) return undefined;
  const thread = known.get(document);
  if (thread && !thread.isClosed) return sameLine(document, line, thread);
  const opening = found.get(document) ?? threadDocumentOf(document.uri);
  found.set(document, opening);
  const keep = opening.then((opened) => {
    if (opened) known.set(document, opened);
    found.delete(document);
    return opened;
  });
  const opened = wait ? await keep : undefined;
  return opened && sameLine(document, line, opened);
}

async function sameLine(
  document: vscode.TextDocument,
  line: number,
  thread: vscode.TextDocument,
): Promise<LineInThread | undefined> {
  const begin = (await readTextShown(thread.uri))?.lineOf(messageOf(document.uri));
  if (begin === undefined) return undefined;
  const down = bodyLine(thread, begin) - bodyLine(document, 0);
  const there = line + down;
  const isSame = there < thread.lineCount && thread.lineAt(there).text === document.lineAt(line).text;
  return isSame && line > bodyLine(document, 0) ? { document: thread, down } : undefined;
}

/** The empty line under the header that begins on a line. */
function bodyLine(document: vscode.TextDocument, header: number): number {
  let line = header;
  while (line < document.lineCount - 1 && document.lineAt(line).text !== '') line++;
  return line;
}
