import * as vscode from 'vscode';
import type { Annotation, Store } from '#annotations';
import { annotations } from './core.ts';
import { isOurs } from './documents.ts';
import { changeNoteFile, readNoteFiles } from './note-files.ts';
import { type NoteFolders, noteFolders } from './note-folders.ts';
import { type NotesOfDocument, placeNotes, targetAt } from './note-places.ts';
import { type NoteComment, noteComment, noteThreads, setEditing, writtenText } from './note-threads.ts';
import { showUnplacedNotes, tellUnplaced } from './note-unplaced.ts';
import { uuidName } from './random.ts';
import { placeOf } from './ranges.ts';

/** The reader's notes in the margin, through the editor's comments. */
export interface MarginNotes extends vscode.Disposable {
  /** The texts of the notes on a place, as the reader wrote them. */
  at(document: vscode.TextDocument, position: vscode.Position): readonly string[];
}

export function marginNotes(context: vscode.ExtensionContext): MarginNotes {
  const controller = vscode.comments.createCommentController('patchgloss.notes', vscode.l10n.t('Margin Notes'));
  controller.options = {
    prompt: vscode.l10n.t('Write a note'),
    placeHolder: vscode.l10n.t('Markdown. The note is kept in the workspace, in .patchgloss/annotations.'),
  };
  controller.commentingRangeProvider = {
    async provideCommentingRanges(document) {
      if (!(await isOurs(document))) return [];
      return [new vscode.Range(0, 0, document.lineCount - 1, 0)];
    },
  };
  const folders = noteFolders(context);
  const threads = noteThreads(controller);
  const desk: Desk = { folders, threads, refresh: (document) => refresh(desk, document), notes: new Map() };
  const watchers = noteWatchers(desk);
  const subscriptions = vscode.Disposable.from(
    controller,
    watchers,
    vscode.workspace.onDidOpenTextDocument((document) => void desk.refresh(document)),
    vscode.workspace.onDidSaveTextDocument((document) => void desk.refresh(document)),
    vscode.workspace.onDidCloseTextDocument((document) => {
      threads.forget(document);
      desk.notes.delete(document.uri.toString());
    }),
    ...noteCommands(desk),
  );
  for (const document of vscode.workspace.textDocuments) void desk.refresh(document);
  return {
    at: (document, position) => threads.at(document, position).map((comment) => comment.text),
    dispose: () => subscriptions.dispose(),
  };
}

/** What the commands work with. */
interface Desk {
  folders: NoteFolders;
  threads: ReturnType<typeof noteThreads>;
  /** The notes of each open document, as they were last placed. */
  notes: Map<string, NotesOfDocument>;
  refresh(document: vscode.TextDocument): Promise<void>;
}

/** Reads the annotation files and puts the notes where they belong in a document. */
async function refresh(desk: Desk, document: vscode.TextDocument): Promise<void> {
  if (!(await isOurs(document))) return;
  const files = (await Promise.all(desk.folders.readable(document).map(readNoteFiles))).flat();
  const found = await placeNotes(document, files);
  if (found === undefined) return;
  const { readNote } = await annotations();
  desk.notes.set(document.uri.toString(), found);
  desk.threads.show(document, found.placed, readNote);
  tellUnplaced(document, found, files);
}

/** Notes follow their files: an outside edit, another window, a Git checkout. */
function noteWatchers(desk: Desk): vscode.Disposable {
  const all = () => {
    for (const document of vscode.workspace.textDocuments) void desk.refresh(document);
  };
  const watcher = vscode.workspace.createFileSystemWatcher('**/.patchgloss/annotations/*.jsonld');
  return vscode.Disposable.from(
    watcher,
    watcher.onDidChange(all),
    watcher.onDidCreate(all),
    watcher.onDidDelete(all),
    vscode.workspace.onDidChangeWorkspaceFolders(all),
  );
}

function noteCommands(desk: Desk): vscode.Disposable[] {
  const command = <Argument>(name: string, run: (argument: Argument) => unknown) =>
    vscode.commands.registerCommand(`patchgloss.${name}`, run);
  return [
    // The editor opens its own box on the selection; what is written there comes to `note.save`.
    command('addMarginNote', () => vscode.commands.executeCommand('workbench.action.addComment')),
    command('showUnplacedNotes', () =>
      showUnplacedNotes((document) => desk.notes.get(document.uri.toString()), desk.refresh),
    ),
    command('note.save', (reply: vscode.CommentReply) => saveNew(desk, reply)),
    command('note.edit', (comment: NoteComment) => setEditing(comment, true)),
    command('note.cancelEdit', (comment: NoteComment) => cancelEdit(comment)),
    command('note.saveEdit', (comment: NoteComment) => saveEdit(desk, comment)),
    command('note.delete', (comment: NoteComment) => deleteNote(desk, comment)),
  ];
}

async function saveNew(desk: Desk, { thread, text }: vscode.CommentReply): Promise<void> {
  const comment = noteComment(thread, text, authorName());
  // Shown before it is kept: if it cannot be kept, the words are still on the screen, in their edit box.
  desk.threads.adopt(thread, comment);
  await keep(desk, comment, text);
}

async function saveEdit(desk: Desk, comment: NoteComment): Promise<void> {
  const text = writtenText(comment);
  if (comment.kept === undefined) return keep(desk, comment, text);
  const { annotation, file } = comment.kept;
  const { changeText } = await annotations();
  const now = new Date().toISOString();
  await attempt(comment, text, async () => {
    await changeFileOf(file, (all) =>
      all.map((one) => (one.id === annotation.id ? changeText(one, undefined, text, now) : one)),
    );
    comment.kept = { annotation: changeText(annotation, undefined, text, now), file };
  });
}

function cancelEdit(comment: NoteComment): void {
  if (comment.kept) setEditing(comment, false);
  else comment.thread.dispose();
}

/** Makes an annotation of a comment and puts it into its thread's file. */
async function keep(desk: Desk, comment: NoteComment, text: string): Promise<void> {
  await attempt(comment, text, async () => {
    const { thread } = comment;
    const document = await vscode.workspace.openTextDocument(thread.uri);
    const range = thread.range ?? new vscode.Range(0, 0, 0, 0);
    const spot = await targetAt(document, placeOf(document, range));
    const folder = await desk.folders.writable(document);
    if (spot === undefined) throw new Error(vscode.l10n.t('There is no message at this place.'));
    if (folder === undefined) throw new Error(vscode.l10n.t('The note is not kept: there is no folder for it.'));
    const { newAnnotation } = await annotations();
    const creator = authorName();
    const made = newAnnotation({
      id: uuidName(),
      textId: uuidName(),
      now: new Date().toISOString(),
      kind: 'remark',
      text,
      target: spot.target,
      ...(creator === undefined ? {} : { creator }),
    });
    comment.kept = { annotation: made, file: vscode.Uri.joinPath(folder, spot.fileName) };
    desk.threads.adopt(thread, comment);
    try {
      const add = (store: Store) => ({ ...store, annotations: withNote(store.annotations, made) });
      comment.kept.file = await changeNoteFile(folder, spot.fileName, spot.label, add);
    } catch (error) {
      desk.threads.disown(comment);
      throw error;
    }
  });
}

/** Does what is needed to keep a text. If it fails, the text stays in its edit box and the reader is told why. */
async function attempt(comment: NoteComment, text: string, write: () => Promise<void>): Promise<void> {
  comment.text = text;
  comment.isSaving = true;
  try {
    await write();
    setEditing(comment, false);
  } catch (error) {
    setEditing(comment, true);
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(vscode.l10n.t('The note could not be saved. {0}', reason));
  } finally {
    comment.isSaving = false;
  }
}

async function deleteNote(desk: Desk, comment: NoteComment): Promise<void> {
  const { kept } = comment;
  if (kept === undefined) return comment.thread.dispose();
  const { annotation, file } = kept;
  try {
    await changeFileOf(file, (all) => all.filter(({ id }) => id !== annotation.id));
  } catch (error) {
    void vscode.window.showErrorMessage(vscode.l10n.t('The note could not be deleted. {0}', String(error)));
    return;
  }
  const { uri } = comment.thread;
  desk.threads.remove(comment);
  const undo = vscode.l10n.t('Undo');
  const answer = await vscode.window.showInformationMessage(vscode.l10n.t('The note was deleted.'), undo);
  if (answer !== undo) return;
  await changeFileOf(file, (all) => withNote(all, annotation));
  await desk.refresh(await vscode.workspace.openTextDocument(uri));
}

function withNote(all: readonly Annotation[], note: Annotation): readonly Annotation[] {
  return [...all.filter(({ id }) => id !== note.id), note];
}

/** Changes the annotations of a file that is there. */
function changeFileOf(file: vscode.Uri, change: (all: readonly Annotation[]) => readonly Annotation[]) {
  const folder = vscode.Uri.joinPath(file, '..');
  const name = file.path.split('/').at(-1) ?? '';
  return changeNoteFile(folder, name, name, (store) => ({ ...store, annotations: change(store.annotations) }));
}

function authorName(): string | undefined {
  const name = vscode.workspace.getConfiguration('patchgloss').get<string>('annotations.author', '').trim();
  return name === '' ? undefined : name.slice(0, 100);
}
