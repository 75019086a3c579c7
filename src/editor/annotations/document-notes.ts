import * as vscode from 'vscode';
import type { Annotation, JsonObject } from '#annotations';
import type { Place, Reading } from '#features';
import { annotations, features, reading as readingRoom } from './core.ts';
import { readingOf } from './documents.ts';
import type { NoteFile } from './note-files.ts';
import { rangeOf } from './ranges.ts';
import { isReadingView, messageOf, sourceUri } from './reading-address.ts';

/** A note that has a place in a document. */
export interface PlacedNote {
  annotation: Annotation;
  file: vscode.Uri;
  range: vscode.Range;
}

/** A note about this document's mail that has none, and why. */
export interface UnplacedNote {
  annotation: Annotation;
  file: vscode.Uri;
  reason: string;
}

export interface NotesOfDocument {
  placed: PlacedNote[];
  unplaced: UnplacedNote[];
}

/** What a document is called in an annotation: its path in the workspace. A reading view goes by its source. */
function labelOf(document: vscode.TextDocument): string {
  return vscode.workspace.asRelativePath(sourceUri(document.uri), false);
}

/** Finds the notes of these files again in a document; absent when the text changed meanwhile, or is no mail. */
export async function placeNotes(
  document: vscode.TextDocument,
  files: readonly NoteFile[],
): Promise<NotesOfDocument | undefined> {
  const fileOf = new Map<string, NoteFile>();
  for (const file of files) for (const { id } of file.store.annotations) if (!fileOf.has(id)) fileOf.set(id, file);
  const notes: NotesOfDocument = { placed: [], unplaced: [] };
  if (fileOf.size === 0) return notes;
  const { version } = document;
  const reading = await readingOf(document);
  const { placeAnnotations } = await features();
  if (reading === undefined || document.isClosed || document.version !== version) return undefined;
  const all = files.flatMap((file) => file.store.annotations.filter(({ id }) => fileOf.get(id) === file));
  const concerns = await concernOf(document, reading);
  for (const { annotation, placing, place } of placeAnnotations(reading, all, labelOf(document))) {
    const file = fileOf.get(annotation.id)?.uri;
    if (file === undefined) continue;
    if (place) notes.placed.push({ annotation, file, range: rangeOf(document, place) });
    else if (placing.state !== 'placed' && concerns(annotation, file)) {
      notes.unplaced.push({ annotation, file, reason: placing.reason });
    }
  }
  return notes;
}

/** Whether a note that has no place is about this document at all: its message is here, or its file is this thread's. */
async function concernOf(document: vscode.TextDocument, reading: Reading) {
  const { referenceOf } = await annotations();
  const ids = new Set<string>();
  for (let index = 0; index < reading.messages; index++) {
    for (const id of await messageIds(reading, index, 'message-id')) ids.add(id);
  }
  const names = new Set<string>();
  for (let index = 0; index < reading.messages; index++) names.add(await noteFileName(document, reading, index));
  return (annotation: Annotation, file: vscode.Uri) => {
    const { messageId } = referenceOf(annotation);
    return (messageId !== undefined && ids.has(messageId)) || names.has(file.path.split('/').at(-1) ?? '');
  };
}

async function messageIds(reading: Reading, message: number, field: string): Promise<string[]> {
  const { messageIdsOf } = await readingRoom();
  return (reading.page(message)?.fields.get(field) ?? []).flatMap(messageIdsOf);
}

/** The name of the file that keeps a thread's notes: by the id of its first message, or by the document where mail has no ids. */
async function noteFileName(document: vscode.TextDocument, reading: Reading, message: number): Promise<string> {
  const { storeName } = await annotations();
  for (const field of ['references', 'in-reply-to', 'message-id']) {
    const [messageId] = await messageIds(reading, message, field);
    if (messageId !== undefined) return storeName({ messageId });
  }
  return storeName({ path: labelOf(document) });
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
  const fileName = await threadFileName(document, reading, messageAt(reading, place.start) ?? 0);
  return { target: anchor(spot), fileName, label: spot.subject ?? labelOf(document) };
}

/** A reading view has a short header: its thread is looked up in the mail it was made from. */
async function threadFileName(document: vscode.TextDocument, reading: Reading, message: number): Promise<string> {
  if (!isReadingView(document.uri)) return noteFileName(document, reading, message);
  const mail = await openSource(document.uri);
  const whole = mail && (await readingOf(mail));
  return mail && whole ? noteFileName(mail, whole, messageOf(document.uri)) : noteFileName(document, reading, message);
}

/** Absent for a source that is too large for a document, or is not there any more. */
async function openSource(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(sourceUri(uri));
  } catch {
    return undefined;
  }
}
