import * as vscode from 'vscode';
import type { NoteHere } from './note-here.ts';

/** More comment threads than these in one document keep the window busy for minutes. */
const most = 200;
/** How long (ms) scrolling must rest before other notes get their threads. */
const rest = 150;

/** The notes of a document that get threads: all of them, or where there are very many, those nearest to what is in view. */
export function nearNotes(document: vscode.TextDocument, notes: readonly NoteHere[]): readonly NoteHere[] {
  if (notes.length <= most) return notes;
  const middles = vscode.window.visibleTextEditors
    .filter((editor) => editor.document === document)
    .flatMap(({ visibleRanges }) => visibleRanges.map(({ start, end }) => (start.line + end.line) / 2));
  const distance = ({ range }: NoteHere) =>
    Math.min(...(middles.length > 0 ? middles : [0]).map((line) => Math.abs(range.start.line - line)));
  const byDistance = notes.map((note) => ({ note, far: distance(note) })).sort((a, b) => a.far - b.far);
  return byDistance.slice(0, most).map(({ note }) => note);
}

/** Calls back when other lines of a document came into view, once scrolling rests. */
export function onDidScroll(see: (document: vscode.TextDocument) => void): vscode.Disposable {
  const timers = new Map<vscode.TextDocument, ReturnType<typeof setTimeout>>();
  const listening = vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor: { document } }) => {
    clearTimeout(timers.get(document));
    timers.set(
      document,
      setTimeout(() => {
        timers.delete(document);
        see(document);
      }, rest),
    );
  });
  return vscode.Disposable.from(
    listening,
    new vscode.Disposable(() => {
      for (const timer of timers.values()) clearTimeout(timer);
    }),
  );
}
