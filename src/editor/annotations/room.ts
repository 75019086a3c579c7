import * as vscode from 'vscode';
import { annotations } from './core.ts';
import { isOurs } from './documents.ts';
import { oneAfterTheOther } from './in-turn.ts';
import type { NoteCommand } from './note-commands.ts';
import { readNoteFiles } from './note-files.ts';
import { noteFolders } from './note-folders.ts';
import { type NotesOfDocument, placeNotes } from './note-places.ts';
import { type NoteComment, type NoteThreads, noteThreads, setEditing } from './note-threads.ts';
import { showUnplacedNotes, tellUnplaced } from './note-unplaced.ts';
import { cancelEdit, deleteNote, saveEditedNote, saveNewNote, type WritingDesk } from './note-writing.ts';

/** The reader's notes in the margin, through the editor's comments. */
export interface MarginNotes extends vscode.Disposable {
  /** The texts of the notes on a place, as the reader wrote them. */
  at(document: vscode.TextDocument, position: vscode.Position): readonly string[];
  /** What a command does; the argument is the one that the editor gives it. */
  run(command: NoteCommand, argument: unknown): unknown;
}

export function openMarginNotes(context: vscode.ExtensionContext): MarginNotes {
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
  const threads = noteThreads(controller);
  const desk = deskFor(context, threads);
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
  );
  const commands = noteCommands(desk);
  for (const document of vscode.workspace.textDocuments) void desk.refresh(document);
  return {
    at: (document, position) => threads.at(document, position).map((comment) => comment.text),
    run: (command, argument) => commands[command](argument),
    dispose: () => subscriptions.dispose(),
  };
}

interface Desk extends WritingDesk {
  /** The notes of each open document, as they were last placed. */
  notes: Map<string, NotesOfDocument>;
}

function deskFor(context: vscode.ExtensionContext, threads: NoteThreads): Desk {
  const inTurn = oneAfterTheOther();
  /** Documents whose turn to be shown anew has not come yet: asking twice is asking once. */
  const waiting = new Map<vscode.TextDocument, Promise<void>>();
  const desk: Desk = {
    folders: noteFolders(context),
    threads,
    inTurn,
    notes: new Map(),
    refresh(document) {
      const known = waiting.get(document);
      if (known) return known;
      const task = inTurn(() => {
        waiting.delete(document);
        return refresh(desk, document);
      });
      waiting.set(document, task);
      return task;
    },
  };
  return desk;
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
    // A watcher can miss what happens, in a folder that has just been made or where the system gives no more watchers: what comes
    // to the front is looked at anyway.
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) all();
    }),
    vscode.window.onDidChangeActiveTextEditor((editor) => {
      if (editor) void desk.refresh(editor.document);
    }),
  );
}

/**
 * The commands by name. Those on a comment get it from the editor's own comment view; its menus are ours alone, and the
 * manifest offers these commands nowhere else.
 */
function noteCommands(desk: Desk): Record<NoteCommand, (argument: unknown) => unknown> {
  return {
    // The editor opens its own box on the selection; what is written there comes to `note.save`.
    addMarginNote: () => vscode.commands.executeCommand('workbench.action.addComment'),
    showUnplacedNotes: () =>
      showUnplacedNotes({ ...desk, notesOf: (document) => desk.notes.get(document.uri.toString()) }),
    'note.save': (reply) => saveNewNote(desk, reply as vscode.CommentReply),
    'note.edit': (comment) => setEditing(comment as NoteComment, true),
    'note.cancelEdit': (comment) => cancelEdit(comment as NoteComment),
    'note.saveEdit': (comment) => saveEditedNote(desk, comment as NoteComment),
    'note.delete': (comment) => deleteNote(desk, comment as NoteComment),
  };
}
