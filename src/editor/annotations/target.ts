import * as vscode from 'vscode';
import type { JsonObject } from '#annotations';
import type { Place, Reading } from '#features';
import { annotations, features, reading as readingRoom } from '../core.ts';
import { pageReadingOf, readingOf } from '../documents.ts';
import { isReadingView, messageOf, sourceUri } from '../reading-address.ts';
import { readTextShown } from '../reading-view.ts';

/** What a document is called in an annotation: its path in the workspace. A reading view goes by its source. */
export function labelOf(document: vscode.TextDocument): string {
  return vscode.workspace.asRelativePath(sourceUri(document.uri), false);
}

/** What a new note about a place needs: its target, the file to keep it in, and what to call that file's thread. */
export interface NoteTarget {
  target: JsonObject;
  fileName: string;
  label: string;
}

export async function targetAt(document: vscode.TextDocument, place: Place): Promise<NoteTarget | undefined> {
  const reading = await readingOf(document);
  if (reading === undefined) return undefined;
  const { anchorAt, messageAt } = await features();
  const spot = anchorAt(reading, place.start, place.end, labelOf(document));
  if (spot === undefined) return undefined;
  const { anchor } = await annotations();
  const message = messageAt(reading, place.start) ?? 0;
  const fileName = await threadFileName(document, reading, message, document.positionAt(place.start).line);
  return { target: anchor(spot), fileName, label: spot.subject ?? labelOf(document) };
}

/** A reading view has a short header: its thread is looked up in the mail it was made from. */
async function threadFileName(
  document: vscode.TextDocument,
  reading: Reading,
  message: number,
  line: number,
): Promise<string> {
  if (!isReadingView(document.uri)) return noteFileName(document, reading, message);
  const [mail, shown] = await Promise.all([openSource(document.uri), readTextShown(document.uri)]);
  const whole = mail && ((await readingOf(mail)) ?? (await pageReadingOf(mail)));
  if (!mail || !whole) return noteFileName(document, reading, message);
  return noteFileName(mail, whole, shown?.messageAt(line) ?? messageOf(document.uri));
}

/** Absent for a source that is too large for a document, or is not there any more. */
async function openSource(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(sourceUri(uri));
  } catch {
    return undefined;
  }
}

/** The name of the file that keeps a thread's notes: by the id of its first message, or by the document where mail has no ids. */
async function noteFileName(document: vscode.TextDocument, reading: Reading, message: number): Promise<string> {
  const [{ storeName }, { messageIdsOf }] = await Promise.all([annotations(), readingRoom()]);
  for (const field of ['references', 'in-reply-to', 'message-id']) {
    const [messageId] = (reading.page(message)?.fields.get(field) ?? []).flatMap(messageIdsOf);
    if (messageId !== undefined) return storeName({ messageId });
  }
  return storeName({ path: labelOf(document) });
}
