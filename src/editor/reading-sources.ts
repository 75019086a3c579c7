import * as vscode from 'vscode';
import type { Reading, ThreadMail } from '#features';
import { features } from './core.ts';
import { pageReadingOf, readingOf } from './documents.ts';
import { lineOfByte } from './line-of-byte.ts';
import { isThreadView, messageOf, sourceUri } from './reading-address.ts';
import { isReadInPieces, openMailbox } from './threads/open-mailbox.ts';

/** The text of a reading view, and the way back. */
export interface ReadText {
  text: string;
  title: string;
  /** The file and the line of it (from 0) that a line of the view (from 0) leads to. */
  sourceLine(line: number): Promise<{ uri: vscode.Uri; line: number } | undefined>;
  /** The message that a line of the view belongs to, by its number in the source. */
  messageAt(line: number): number;
  /** The line on which a message begins. */
  lineOf(message: number): number | undefined;
}

/** Larger files are looked at message by message, in bytes. */
const MOST_OPENED = 8 * 2 ** 20;

/** What a reading view shows; absent when there is no such message. */
export async function readTextOf(uri: vscode.Uri): Promise<ReadText | undefined> {
  const message = messageOf(uri);
  if (!Number.isSafeInteger(message) || message < 0) return undefined;
  if (isThreadView(uri)) return threadText(sourceUri(uri), message);
  const isLarge = await isReadInPieces(sourceUri(uri), MOST_OPENED);
  return isLarge ? singleText(sourceUri(uri), message) : documentText(sourceUri(uri), message);
}

/** A message of a document, which the editor opens. */
async function documentText(source: vscode.Uri, message: number): Promise<ReadText | undefined> {
  const document = await vscode.workspace.openTextDocument(source);
  const fromText = (await readingOf(document)) ?? (await pageReadingOf(document));
  if (fromText === undefined) return undefined;
  const { readingView } = await features();
  const fromFile = await readFile(document, fromText);
  const view = readingView(fromFile?.reading ?? fromText, message);
  if (!view) return undefined;
  const lineOf = fromFile ? lineOfByte(fromFile.bytes) : (place: number) => document.positionAt(place).line;
  return {
    ...view,
    sourceLine: async (line) => ({ uri: source, line: lineOf(view.sourceOf(line).start) }),
    messageAt: () => message,
    lineOf: () => 0,
  };
}

/** A message of a file that the editor may not be able to open. */
async function singleText(source: vscode.Uri, message: number): Promise<ReadText | undefined> {
  const mailbox = await openMailbox(source);
  const { pages, start } = await mailbox.mail(message);
  const { readPage } = await features();
  const view = pages[0] && readPage(pages[0]);
  return (
    view && {
      ...view,
      sourceLine: (line) => mailbox.placeOf(message, start + view.sourceOf(line).start),
      messageAt: () => message,
      lineOf: () => 0,
    }
  );
}

/** Messages between two turns of the host. */
const TURN = 4;

/** The thread of a message in the order in which it is to be read. */
async function threadText(source: vscode.Uri, message: number): Promise<ReadText | undefined> {
  const mailbox = await openMailbox(source);
  const { readingOrder, threadView } = await features();
  const thread = mailbox.threads.threadOf[message];
  if (thread === undefined) return undefined;
  const order = readingOrder(mailbox.threads, thread);
  const mails: ThreadMail[] = [];
  for (const [at, one] of order.entries()) {
    mails.push(await mailbox.mail(one));
    if (at % TURN === TURN - 1) await new Promise<void>((resolve) => setTimeout(resolve, 0));
  }
  const view = threadView(mails, order.length);
  const left = view.left > 0 ? `\n${vscode.l10n.t('({0} more messages: open them one by one.)', view.left)}\n` : '';
  return {
    text: view.text + left,
    title: view.title,
    lineOf: view.lineOf,
    messageAt: (line) => view.sourceOf(line)?.message ?? message,
    async sourceLine(line) {
      const found = view.sourceOf(line);
      return found && mailbox.placeOf(found.message, found.place.start);
    },
  };
}

/**
 * The bytes of the file behind a document, where they still say the same: a document has lost the bytes its encoding could
 * not show. Absent for an edited, untitled or virtual document, and when the cut differs from the document's.
 */
export async function readFile(document: vscode.TextDocument, fromText: Reading) {
  if (document.isDirty || document.isUntitled) return undefined;
  try {
    const bytes = await vscode.workspace.fs.readFile(document.uri);
    const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
    if (wide) return undefined;
    const reading = (await features()).readBytes(bytes);
    return reading.messages === fromText.messages ? { bytes, reading } : undefined;
  } catch {
    return undefined;
  }
}
