import * as vscode from 'vscode';
import type { AnnotationsView } from './annotations-view.ts';
import { deleteNote, pickKind, setKind, setStatus, setTags } from './changing.ts';
import type { NoteCommand } from './command-names.ts';
import { type NoteComment, setEditing } from './comments.ts';
import type { DocumentNotes } from './document-notes.ts';
import { exportAnnotations, importAnnotations } from './exchange.ts';
import { isNoteNode, noteOfNode } from './note-nodes.ts';
import { placeHere } from './place-here.ts';
import type { NoteWalk } from './walk.ts';
import { cancelEdit, saveEditedNote, saveNewNote, saveReply, type WritingDesk } from './writing.ts';

interface Desk extends WritingDesk {
  documents: DocumentNotes;
  walk: NoteWalk;
  view: AnnotationsView;
}

/**
 * The commands by name. Those on a comment get it, or its thread, from the editor's own comment view, and those on a row get the row; the
 * manifest offers these commands nowhere else.
 */
export function noteCommands(desk: Desk): Record<NoteCommand, (argument: unknown) => unknown> {
  const { library, documents, folders, view, walk } = desk;
  const onNote = (work: (id: string) => unknown) => (argument: unknown) => {
    const id = idOf(desk, argument);
    return id === undefined ? undefined : work(id);
  };
  return {
    // The editor opens its own box on the selection; what is written there comes to `note.save`.
    addMarginNote: () => vscode.commands.executeCommand('workbench.action.addComment'),
    showUnplacedNotes: () => showUnplaced(view),
    nextMarginNote: () => walk.step(1),
    previousMarginNote: () => walk.step(-1),
    exportAnnotations: () => exportAnnotations(library, documents),
    importAnnotations: (asked) => importAnnotations(library, folders, asked),
    'annotations.group': () => view.groupNext(),
    'annotations.filter': () => askFilter(view),
    'annotations.clearFilter': () => view.filter(''),
    'note.save': (reply) => saveNewNote(desk, reply as vscode.CommentReply),
    'note.saveAs': async (reply) => {
      const kind = await pickKind();
      if (kind) await saveNewNote(desk, reply as vscode.CommentReply, kind);
    },
    'note.reply': (reply) => saveReply(desk, reply as vscode.CommentReply),
    'note.edit': (comment) => setEditing(comment as NoteComment, true),
    'note.cancelEdit': (comment) => cancelEdit(comment as NoteComment),
    'note.saveEdit': (comment) => saveEditedNote(desk, comment as NoteComment),
    'note.delete': (argument) => deleteAsked(desk, argument),
    'note.resolve': onNote((id) => setStatus(library, id, 'resolved')),
    'note.reopen': onNote((id) => setStatus(library, id, 'open')),
    'note.kind': onNote((id) => setKind(library, id)),
    'note.tags': onNote((id) => setTags(library, id)),
    'note.placeHere': (node) => placeHere(library, node ?? view.selected),
    'note.open': onNote((id) => walk.show(id)),
    'note.openFile': onNote((id) => {
      const uri = library.notes.get(id)?.file.uri;
      return uri && vscode.commands.executeCommand('vscode.open', uri);
    }),
  };
}

/** The note that a row, a comment or a comment thread is of; without an argument, that of the row that is selected. */
function idOf({ threads, view }: Desk, argument: unknown): string | undefined {
  if (argument === undefined) return noteOfNode(view.selected);
  if (isNoteNode(argument)) return noteOfNode(argument);
  if (isComment(argument)) return argument.kept?.annotation.id;
  // What is left is a thread of ours, or of nobody.
  return threads.noteOf(argument as vscode.CommentThread);
}

function isComment(argument: unknown): argument is NoteComment {
  return typeof argument === 'object' && argument !== null && 'text' in argument && 'thread' in argument;
}

async function deleteAsked(desk: Desk, argument: unknown): Promise<void> {
  const comment = isComment(argument) ? argument : undefined;
  if (comment && comment.kept === undefined) return comment.thread.dispose();
  const kept = desk.library.notes.get(idOf(desk, argument) ?? '');
  if (kept) await deleteNote(desk.library, comment?.kept ?? kept, comment?.at);
}

async function showUnplaced(view: AnnotationsView): Promise<void> {
  if (await view.showUnplaced()) return;
  void vscode.window.showInformationMessage(vscode.l10n.t('Every note about the mail that is open has its place.'));
}

/** The list follows what is typed; Escape brings back what was there. */
function askFilter(view: AnnotationsView): void {
  const before = view.filtered;
  const input = vscode.window.createInputBox();
  let accepted = false;
  input.value = before;
  input.placeholder = vscode.l10n.t('Words of a note or its mail, #tag, kind:todo, is:open');
  input.onDidChangeValue((text) => view.filter(text));
  input.onDidAccept(() => {
    accepted = true;
    input.hide();
  });
  input.onDidHide(() => {
    if (!accepted) view.filter(before);
    input.dispose();
  });
  input.show();
}
