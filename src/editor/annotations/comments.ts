import * as vscode from 'vscode';
import type { Annotation, Kind, NoteText, readNote } from '#annotations';
import type { KeptNote } from './library.ts';
import type { NoteHere } from './note-here.ts';
import { noteLinkCommands, noteMarkdown } from './note-markdown.ts';
import { kindLabel, placeText, statusLabel } from './words.ts';

/** One text of a note as the editor's comments show it: what was written, or an answer. */
export interface NoteComment extends vscode.Comment {
  thread: vscode.CommentThread;
  /** As the reader wrote it, in Markdown. */
  text: string;
  /** What is stored; absent for a text that could not be kept yet. */
  kept?: KeptNote;
  /** Its place among the texts and answers of the note as it is kept. */
  at?: number;
  /** The id of an answer that is being written. */
  textId?: string;
  /** Of a new note that could not be kept yet. */
  kind?: Kind;
}

/** The thread of one note. */
interface Shown {
  thread: vscode.CommentThread;
  /** What it shows; absent for one that is just being written. */
  annotation?: Annotation;
  said?: string | undefined;
}

/** Threads that are made at once: each is a message to the window. */
const slice = 100;

/** The comment threads of the documents that are open, one a note. */
export interface NoteThreads {
  /** Makes the threads of a document those of its notes: new ones appear, others go, one that is being edited stays. Pauses. */
  show(document: vscode.TextDocument, notes: readonly NoteHere[], read: typeof readNote): Promise<void>;
  /** Makes a thread that the reader opened the thread of this note; without what it shows, of one that is being written and stays. */
  adopt(thread: vscode.CommentThread, id: string, annotation?: Annotation): void;
  disown(thread: vscode.CommentThread): void;
  /** The note of a thread. */
  noteOf(thread: vscode.CommentThread): string | undefined;
  forget(uri: vscode.Uri): void;
  /** Unfolds the thread of a note, at once or when it is shown. */
  expand(uri: vscode.Uri, id: string): void;
  at(document: vscode.TextDocument, position: vscode.Position): string[];
}

export function noteThreads(controller: vscode.CommentController): NoteThreads {
  const shown = new Map<string, Map<string, Shown>>();
  const of = (uri: vscode.Uri) => {
    const key = uri.toString();
    const known = shown.get(key) ?? new Map<string, Shown>();
    shown.set(key, known);
    return known;
  };
  const noteOf = (thread: vscode.CommentThread) => [...of(thread.uri)].find(([, one]) => one.thread === thread)?.[0];
  const drop = (uri: vscode.Uri, id: string) => {
    of(uri).get(id)?.thread.dispose();
    of(uri).delete(id);
  };
  const rounds = new Map<string, number>();
  /** A note that is to be unfolded, and had no thread yet. */
  let unfolded: string | undefined;
  return {
    async show(document, notes, read) {
      const here = of(document.uri);
      const key = document.uri.toString();
      const round = (rounds.get(key) ?? 0) + 1;
      rounds.set(key, round);
      const wanted = new Set(notes.map((note) => note.annotation.id));
      for (const [id, one] of here) {
        if (!wanted.has(id) && one.annotation && !isEdited(one.thread)) drop(document.uri, id);
      }
      for (const [at, note] of notes.entries()) {
        if (at % slice === slice - 1) await new Promise<void>((resolve) => setTimeout(resolve, 0));
        if (rounds.get(key) !== round || document.isClosed) return;
        const { annotation, range } = note;
        const known = here.get(annotation.id);
        const said = placeText(note);
        if (known && isEdited(known.thread)) continue;
        const thread = known?.thread ?? controller.createCommentThread(document.uri, range, []);
        if (thread.range?.isEqual(range) !== true) thread.range = range;
        if (known?.annotation === annotation && known.said === said) continue;
        furnish(thread, note, read(annotation), said);
        if (unfolded === annotation.id) {
          thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
          unfolded = undefined;
        }
        here.set(annotation.id, { thread, annotation, said });
      }
    },
    adopt: (thread, id, annotation) => of(thread.uri).set(id, { thread, ...(annotation && { annotation }) }),
    disown(thread) {
      const id = noteOf(thread);
      if (id !== undefined) of(thread.uri).delete(id);
    },
    noteOf,
    forget(uri) {
      for (const { thread } of of(uri).values()) thread.dispose();
      shown.delete(uri.toString());
    },
    expand(uri, id) {
      const thread = of(uri).get(id)?.thread;
      unfolded = thread ? undefined : id;
      if (thread) thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
    },
    at(document, position) {
      const here = shown.get(document.uri.toString())?.values() ?? [];
      return [...here]
        .filter(({ thread }) => thread.range?.contains(position))
        .flatMap(({ thread }) => commentsOf(thread).map(({ text }) => text));
    },
  };
}

/** The comments of a thread of ours. */
function commentsOf(thread: vscode.CommentThread): NoteComment[] {
  return thread.comments.filter((comment): comment is NoteComment => 'text' in comment && 'thread' in comment);
}

function isEdited(thread: vscode.CommentThread): boolean {
  return thread.comments.some(({ mode }) => mode === vscode.CommentMode.Editing);
}

/** Shows in a thread what a note says, and what it is. */
export function furnish(
  thread: vscode.CommentThread,
  kept: KeptNote,
  note: ReturnType<typeof readNote>,
  said: string | undefined,
): void {
  const { kind, status, tags, texts, replies } = note;
  const { Resolved, Unresolved } = vscode.CommentThreadState;
  thread.label = [kindLabel(kind), statusLabel(status), ...tags.map((tag) => `#${tag}`), ...(said ? [said] : [])].join(
    ' \u00b7 ',
  );
  thread.state = status === 'resolved' ? Resolved : Unresolved;
  thread.contextValue = `note ${status}`;
  thread.canReply = true;
  thread.comments = [...texts, ...replies].map((text, at) => keptComment(thread, kept, text, at, note.creator));
}

function keptComment(
  thread: vscode.CommentThread,
  { annotation, file }: KeptNote,
  { value, creator, created }: NoteText,
  at: number,
  noteCreator: string | undefined,
): NoteComment {
  const comment = noteComment(thread, value, creator ?? (at === 0 ? noteCreator : undefined));
  const time = Date.parse(created ?? '');
  comment.kept = { annotation, file };
  comment.contextValue = at === 0 ? 'note' : 'reply';
  comment.at = at;
  if (!Number.isNaN(time)) comment.timestamp = new Date(time);
  return comment;
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

function shownText(text: string): vscode.MarkdownString {
  const made = new vscode.MarkdownString(noteMarkdown(text));
  made.isTrusted = { enabledCommands: [...noteLinkCommands] };
  made.supportHtml = false;
  return made;
}

/** What stands in the edit box of a comment now. */
export function writtenText(comment: vscode.Comment): string {
  return typeof comment.body === 'string' ? comment.body : comment.body.value;
}

/** Opens or closes the edit box of a text, which holds it as it was written. */
export function setEditing(comment: NoteComment, editing: boolean): void {
  comment.mode = editing ? vscode.CommentMode.Editing : vscode.CommentMode.Preview;
  comment.body = editing ? comment.text : shownText(comment.text);
  const { thread } = comment;
  const isThere = thread.comments.includes(comment);
  thread.comments = isThere ? [...thread.comments] : [...thread.comments, comment];
}
