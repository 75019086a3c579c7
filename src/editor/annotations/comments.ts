import * as vscode from 'vscode';
import type { Annotation, readNote } from '#annotations';
import type { PlacedNote } from './note-places.ts';

/** A note as the editor's comments show it. */
export interface NoteComment extends vscode.Comment {
  thread: vscode.CommentThread;
  /** As the reader wrote it, in Markdown. */
  text: string;
  /** What is stored; absent for a note that could not be kept yet. */
  kept?: { annotation: Annotation; file: vscode.Uri };
}

/** The comment threads of the documents that are open, one a note. */
export interface NoteThreads {
  /** Makes the threads of a document those of its notes: new ones appear, others go, one that is being edited stays. */
  show(document: vscode.TextDocument, notes: readonly PlacedNote[], read: typeof readNote): void;
  /** Makes a thread that the reader opened the thread of this note. */
  adopt(thread: vscode.CommentThread, comment: NoteComment): void;
  remove(comment: NoteComment): void;
  forget(document: vscode.TextDocument): void;
  at(document: vscode.TextDocument, position: vscode.Position): NoteComment[];
}

export function noteThreads(controller: vscode.CommentController): NoteThreads {
  const shown = new Map<string, Map<string, NoteComment>>();
  const of = (uri: vscode.Uri) => {
    const key = uri.toString();
    const known = shown.get(key) ?? new Map<string, NoteComment>();
    shown.set(key, known);
    return known;
  };
  const drop = (uri: vscode.Uri, comment: NoteComment) => {
    comment.thread.dispose();
    if (comment.kept) of(uri).delete(comment.kept.annotation.id);
  };
  return {
    show(document, notes, read) {
      const here = of(document.uri);
      const wanted = new Set(notes.map((note) => note.annotation.id));
      for (const [id, comment] of here) if (!wanted.has(id) && !isEdited(comment)) drop(document.uri, comment);
      for (const note of notes) {
        const known = here.get(note.annotation.id);
        if (known && (isEdited(known) || isSame(known, note))) continue;
        const thread = known?.thread ?? controller.createCommentThread(document.uri, note.range, []);
        thread.range = note.range;
        const { annotation, file } = note;
        const { texts, creator } = read(annotation);
        const comment = noteComment(thread, texts.map(({ value }) => value).join('\n\n'), creator);
        comment.kept = { annotation, file };
        settle(comment);
        here.set(annotation.id, comment);
      }
    },
    adopt(thread, comment) {
      settle(comment);
      if (comment.kept) of(thread.uri).set(comment.kept.annotation.id, comment);
    },
    remove: (comment) => drop(comment.thread.uri, comment),
    forget(document) {
      for (const comment of of(document.uri).values()) comment.thread.dispose();
      shown.delete(document.uri.toString());
    },
    at(document, position) {
      const here = shown.get(document.uri.toString())?.values() ?? [];
      return [...here].filter(({ thread }) => thread.range?.contains(position));
    },
  };
}

function isEdited(comment: NoteComment): boolean {
  return comment.mode === vscode.CommentMode.Editing;
}

function isSame(known: NoteComment, note: PlacedNote): boolean {
  const before = JSON.stringify(known.kept?.annotation);
  return before === JSON.stringify(note.annotation) && known.thread.range?.isEqual(note.range) === true;
}

/** A note takes no reply yet, and shows in one piece. */
function settle(comment: NoteComment): void {
  const { thread } = comment;
  thread.canReply = false;
  thread.label = vscode.l10n.t('Margin note');
  thread.comments = [comment];
}

export function noteComment(thread: vscode.CommentThread, text: string, author: string | undefined): NoteComment {
  return {
    thread,
    text,
    body: shownText(text),
    mode: vscode.CommentMode.Preview,
    author: { name: author ?? vscode.l10n.t('You') },
    contextValue: 'note',
  };
}

/**
 * The reader's Markdown as it is shown: no trust and no HTML, and no picture is loaded, because the file may have come with
 * somebody else's mail.
 */
export function shownText(text: string): vscode.MarkdownString {
  const made = new vscode.MarkdownString(text.replaceAll('![', '!\\['));
  made.isTrusted = false;
  made.supportHtml = false;
  return made;
}

/** What stands in the edit box of a comment now. */
export function writtenText(comment: vscode.Comment): string {
  return typeof comment.body === 'string' ? comment.body : comment.body.value;
}

/** Opens or closes the edit box of a note, which holds the text as it was written. */
export function setEditing(comment: NoteComment, editing: boolean): void {
  comment.mode = editing ? vscode.CommentMode.Editing : vscode.CommentMode.Preview;
  comment.body = editing ? comment.text : shownText(comment.text);
  comment.thread.comments = [comment];
}
