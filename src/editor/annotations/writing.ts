import * as vscode from 'vscode';
import type { Annotation, Store } from '#annotations';
import { annotations } from './core.ts';
import type { InTurn } from './in-turn.ts';
import { changeNoteFile, changeNotesIn } from './note-files.ts';
import type { NoteFolders } from './note-folders.ts';
import { type NoteTarget, targetAt } from './note-places.ts';
import { type NoteComment, type NoteThreads, noteComment, setEditing, writtenText } from './note-threads.ts';
import { uuidName } from './random.ts';
import { placeOf } from './ranges.ts';

/** What writing a note needs. */
export interface WritingDesk {
  folders: NoteFolders;
  threads: NoteThreads;
  /** Reading and writing of annotation files take turns, so that nothing is shown that was read before a change. */
  inTurn: InTurn;
  /** Shows the notes of a document as its files have them now; waits for its turn. */
  refresh(document: vscode.TextDocument): Promise<void>;
}

export async function saveNewNote(desk: WritingDesk, { thread, text }: vscode.CommentReply): Promise<void> {
  const comment = noteComment(thread, text, authorName());
  // Shown before it is kept: if it cannot be kept, the words are still on the screen, in their edit box.
  desk.threads.adopt(thread, comment);
  await attempt(comment, text, () => keep(desk, comment, text));
}

export async function saveEditedNote(desk: WritingDesk, comment: NoteComment): Promise<void> {
  const text = writtenText(comment);
  const { kept } = comment;
  await attempt(comment, text, () => (kept ? change(desk, comment, kept, text) : keep(desk, comment, text)));
}

export function cancelEdit(comment: NoteComment): void {
  if (comment.kept) setEditing(comment, false);
  else comment.thread.dispose();
}

/** Makes an annotation of a comment and puts it into its thread's file. */
async function keep(desk: WritingDesk, comment: NoteComment, text: string): Promise<void> {
  const { thread } = comment;
  const document = await vscode.workspace.openTextDocument(thread.uri);
  const spot = await targetAt(document, placeOf(document, thread.range ?? new vscode.Range(0, 0, 0, 0)));
  if (spot === undefined) throw new Error(vscode.l10n.t('There is no message at this place.'));
  const folder = await desk.folders.writable(document);
  if (folder === undefined) throw new Error(vscode.l10n.t('There is no folder to keep it in.'));
  const annotation = await annotationFor(spot, text);
  const add = (store: Store) => ({ ...store, annotations: withNote(store.annotations, annotation) });
  await desk.inTurn(async () => {
    const file = await changeNoteFile(folder, spot.fileName, spot.label, add);
    comment.kept = { annotation, file };
    setEditing(comment, false);
    desk.threads.adopt(thread, comment);
  });
}

async function annotationFor({ target }: NoteTarget, text: string): Promise<Annotation> {
  const { newAnnotation } = await annotations();
  const creator = authorName();
  return newAnnotation({
    id: uuidName(),
    textId: uuidName(),
    now: new Date().toISOString(),
    kind: 'remark',
    text,
    target,
    ...(creator === undefined ? {} : { creator }),
  });
}

/** Writes a changed text. A note that was deleted elsewhere meanwhile is kept: its reader has just worked on it. */
async function change(
  desk: WritingDesk,
  comment: NoteComment,
  { annotation, file }: NonNullable<NoteComment['kept']>,
  text: string,
): Promise<void> {
  const { changeText } = await annotations();
  const now = new Date().toISOString();
  await desk.inTurn(async () => {
    let changed = annotation;
    const written = await changeNotesIn(file, (all) => {
      const stored = all.find(({ id }) => id === annotation.id) ?? annotation;
      changed = changeText(stored, undefined, text, now);
      return withNote(all, changed);
    });
    comment.kept = { annotation: changed, file: written };
    setEditing(comment, false);
  });
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

/** Deletes a note at once; the notification takes it back. */
export async function deleteNote(desk: WritingDesk, comment: NoteComment): Promise<void> {
  const { kept, thread } = comment;
  if (kept === undefined) return thread.dispose();
  let deleted = kept.annotation;
  try {
    await desk.inTurn(async () => {
      await changeNotesIn(kept.file, (all) => {
        deleted = all.find(({ id }) => id === kept.annotation.id) ?? deleted;
        return all.filter(({ id }) => id !== kept.annotation.id);
      });
      desk.threads.remove(comment);
    });
  } catch (error) {
    void vscode.window.showErrorMessage(vscode.l10n.t('The note could not be deleted. {0}', reasonOf(error)));
    return;
  }
  const undo = vscode.l10n.t('Undo');
  const answer = await vscode.window.showInformationMessage(vscode.l10n.t('The note was deleted.'), undo);
  if (answer !== undo) return;
  await desk.inTurn(() => changeNotesIn(kept.file, (all) => withNote(all, deleted)));
  await desk.refresh(await vscode.workspace.openTextDocument(thread.uri));
}

function withNote(all: readonly Annotation[], note: Annotation): readonly Annotation[] {
  return [...all.filter(({ id }) => id !== note.id), note];
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function authorName(): string | undefined {
  const name = vscode.workspace.getConfiguration('patchgloss').get<string>('annotations.author', '').trim();
  return name === '' ? undefined : name.slice(0, 100);
}
