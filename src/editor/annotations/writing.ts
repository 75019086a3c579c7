import * as vscode from 'vscode';
import type { Annotation, Kind } from '#annotations';
import { annotations } from '../core.ts';
import { uuidName } from '../random.ts';
import { placeOf } from '../ranges.ts';
import { authorName } from './author.ts';
import { retagged } from './changing.ts';
import { furnish, type NoteComment, type NoteThreads, noteComment, setEditing, writtenText } from './comments.ts';
import type { NoteFolders } from './folders.ts';
import type { KeptNote, NoteLibrary } from './library.ts';
import { type NoteTarget, targetAt } from './target.ts';
import { reasonOf } from './tell.ts';

/** What writing a note needs. */
export interface WritingDesk {
  folders: NoteFolders;
  library: NoteLibrary;
  threads: NoteThreads;
}

export async function saveNewNote(
  desk: WritingDesk,
  { thread, text }: vscode.CommentReply,
  kind: Kind = 'remark',
): Promise<void> {
  const comment = noteComment(thread, text, authorName());
  comment.kind = kind;
  // Shown before it is kept: if it cannot be kept, the words are still on the screen, in their edit box.
  thread.comments = [comment];
  await attempt(comment, text, () => keep(desk, comment, text));
}

/** Adds an answer to the note of a thread. */
export async function saveReply(desk: WritingDesk, { thread, text }: vscode.CommentReply): Promise<void> {
  const before = desk.library.notes.get(desk.threads.noteOf(thread) ?? '');
  if (!before) return saveNewNote(desk, { thread, text });
  const comment = noteComment(thread, text, authorName());
  comment.contextValue = 'reply';
  comment.kept = before;
  comment.textId = uuidName();
  thread.comments = [...thread.comments, comment];
  await attempt(comment, text, () => addAnswer(desk, comment, before, text));
}

async function addAnswer(desk: WritingDesk, comment: NoteComment, before: KeptNote, text: string): Promise<void> {
  const { addReply } = await annotations();
  const creator = authorName();
  const reply = {
    textId: comment.textId ?? uuidName(),
    now: new Date().toISOString(),
    text,
    ...(creator === undefined ? {} : { creator }),
  };
  const after = addReply(before.annotation, reply);
  await change(desk, comment.thread, before, after);
}

export async function saveEditedNote(desk: WritingDesk, comment: NoteComment): Promise<void> {
  const text = writtenText(comment);
  const { kept } = comment;
  await attempt(comment, text, () => {
    if (!kept) return keep(desk, comment, text);
    return comment.at === undefined ? addAnswer(desk, comment, kept, text) : edit(desk, comment, kept, text);
  });
}

export function cancelEdit(comment: NoteComment): void {
  const { thread, kept } = comment;
  if (!kept) thread.dispose();
  else if (comment.at !== undefined) setEditing(comment, false);
  else thread.comments = thread.comments.filter((one) => one !== comment);
}

/** Makes an annotation of a comment and puts it into its thread's file. */
async function keep(desk: WritingDesk, comment: NoteComment, text: string): Promise<void> {
  const { thread } = comment;
  const document = await vscode.workspace.openTextDocument(thread.uri);
  const spot = await targetAt(document, placeOf(document, thread.range ?? new vscode.Range(0, 0, 0, 0)));
  if (spot === undefined) throw new Error(vscode.l10n.t('There is no message at this place.'));
  const folder = await desk.folders.writable(document);
  if (folder === undefined) throw new Error(vscode.l10n.t('There is no folder to keep it in.'));
  const annotation = await annotationFor(spot, text, comment.kind ?? 'remark');
  // Known before it is kept, so that no second thread is made of the note when its file is read.
  desk.threads.adopt(thread, annotation.id);
  try {
    await desk.library.change(vscode.Uri.joinPath(folder, spot.fileName), spot.label, [{ after: annotation }]);
  } catch (error) {
    desk.threads.disown(thread);
    throw error;
  }
  await showKept(desk, thread, annotation.id);
}

async function annotationFor({ target }: NoteTarget, text: string, kind: Kind): Promise<Annotation> {
  const { newAnnotation, tagsIn } = await annotations();
  const creator = authorName();
  return newAnnotation({
    id: uuidName(),
    textId: uuidName(),
    now: new Date().toISOString(),
    kind,
    text,
    target,
    tags: tagsIn(text),
    ...(creator === undefined ? {} : { creator }),
  });
}

/** Writes a changed text, from the note as it was when its box was opened: what somebody else wrote meanwhile stays beside it. */
async function edit(desk: WritingDesk, comment: NoteComment, before: KeptNote, text: string): Promise<void> {
  const { changeText } = await annotations();
  const now = new Date().toISOString();
  const changed = changeText(before.annotation, comment.at, text, now);
  await change(desk, comment.thread, before, await retagged(before.annotation, changed, now));
}

async function change(
  desk: WritingDesk,
  thread: vscode.CommentThread,
  before: KeptNote,
  after: Annotation,
): Promise<void> {
  await desk.library.change(before.file.uri, undefined, [{ before: before.annotation, after }]);
  await showKept(desk, thread, after.id);
}

/** Shows in a thread what its note says now. */
async function showKept({ library, threads }: WritingDesk, thread: vscode.CommentThread, id: string): Promise<void> {
  const { readNote } = await annotations();
  const kept = library.notes.get(id);
  if (!kept) return;
  furnish(thread, kept, readNote(kept.annotation), undefined);
  threads.adopt(thread, id, kept.annotation);
}

/** Does what is needed to keep a text. If it fails, the text stays in its edit box and the reader is told why. */
async function attempt(comment: NoteComment, text: string, write: () => Promise<void>): Promise<void> {
  comment.text = text;
  try {
    await write();
  } catch (error) {
    setEditing(comment, true);
    void vscode.window.showErrorMessage(vscode.l10n.t('The note could not be saved. {0}', reasonOf(error)));
  }
}
