import * as vscode from 'vscode';
import { isVersion } from '../argument/version-address.ts';
import { annotations } from '../core.ts';
import { isOurs } from '../documents.ts';
import { AnnotationsView, unplacedNotes } from './annotations-view.ts';
import type { NoteCommand } from './command-names.ts';
import { noteCommands } from './commands.ts';
import { type NoteThreads, noteThreads } from './comments.ts';
import { countNotes } from './counts.ts';
import { DocumentNotes } from './document-notes.ts';
import { noteFolders } from './folders.ts';
import { followFiles } from './follow.ts';
import { showGlyphs } from './glyphs.ts';
import { NoteLibrary } from './library.ts';
import { nearNotes, onDidScroll } from './near.ts';
import type { NoteNode } from './note-nodes.ts';
import { tellUnplaced } from './tell.ts';
import { NoteWalk } from './walk.ts';

/** The reader's notes: in the margin through the editor's comments, as glyphs, and in a view. */
export interface AnnotationsRoom extends vscode.Disposable {
  view: AnnotationsView;
  /** The texts of the notes on a place, as the reader wrote them. */
  at(document: vscode.TextDocument, position: vscode.Position): readonly string[];
  /** What a command does; the argument is the one that the editor gives it. */
  run(command: NoteCommand, argument: unknown): unknown;
}

export function openAnnotations(context: vscode.ExtensionContext, tree: vscode.TreeView<NoteNode>): AnnotationsRoom {
  const controller = commentController();
  const threads = noteThreads(controller);
  const folders = noteFolders(context);
  const library = new NoteLibrary(folders);
  const documents = new DocumentNotes(library);
  const walk = new NoteWalk(library, documents, threads, context.workspaceState);
  const view = new AnnotationsView(tree, context.workspaceState, library, documents);
  const subscriptions = vscode.Disposable.from(
    controller,
    library,
    documents,
    walk,
    view,
    showGlyphs(documents),
    documents.onDidPlace((document) => void show(threads, documents, document)),
    onDidScroll((document) => void showNear(threads, documents, document)),
    library.onDidChange(() => void countNotes(library.notes.values())),
    followFiles(folders, library),
  );
  const commands = noteCommands({ folders, library, threads, documents, walk, view });
  void library.look();
  return {
    view,
    at: (document, position) => threads.at(document, position),
    run: (command, argument) => commands[command](argument),
    dispose: () => subscriptions.dispose(),
  };
}

function commentController(): vscode.CommentController {
  const controller = vscode.comments.createCommentController('patchgloss.notes', vscode.l10n.t('Margin Notes'));
  controller.options = {
    prompt: vscode.l10n.t('Write a note or an answer'),
    placeHolder: vscode.l10n.t('Markdown, with #tags and links such as [PAMT](concept:pamt)'),
  };
  controller.commentingRangeProvider = {
    async provideCommentingRanges(document) {
      if (isVersion(document.uri) || !(await isOurs(document))) return [];
      return [new vscode.Range(0, 0, document.lineCount - 1, 0)];
    },
  };
  return controller;
}

/** Gives threads to the notes that came into view, where not all of them have one. */
async function showNear(threads: NoteThreads, documents: DocumentNotes, document: vscode.TextDocument): Promise<void> {
  const notes = documents.of(document)?.placed ?? [];
  const near = nearNotes(document, notes);
  if (near === notes || document.isClosed) return;
  const { readNote } = await annotations();
  await threads.show(document, near, readNote);
}

async function show(threads: NoteThreads, documents: DocumentNotes, document: vscode.TextDocument): Promise<void> {
  const { readNote } = await annotations();
  const notes = documents.of(document);
  if (!notes || document.isClosed) return threads.forget(document.uri);
  await threads.show(document, nearNotes(document, notes.placed), readNote);
  const key = document.uri.toString();
  const here = unplacedNotes(documents).filter((note) => note.document.toString() === key);
  tellUnplaced(document, here.length);
}
