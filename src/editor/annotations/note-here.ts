import type * as vscode from 'vscode';
import type { PlacedNote } from '#features';
import type { KeptNote } from './library.ts';

/** A note that has its place in a document. */
export interface NoteHere extends KeptNote {
  range: vscode.Range;
  placed: PlacedNote;
}

/** A note about the mail of a document that has no place in it. */
export interface UnplacedNote extends KeptNote {
  document: vscode.Uri;
  reason: string;
  /** Where it may stand. */
  candidates: readonly vscode.Range[];
}

export interface NotesOfDocument {
  placed: readonly NoteHere[];
  unplaced: readonly UnplacedNote[];
  /** Worked out after the others; empty until then. */
  faint: readonly FaintMark[];
}

/** Where a note shows besides its place: in a quote of its line, or in a later version of its patch. */
export interface FaintMark extends KeptNote {
  range: vscode.Range;
  kind: 'quote' | 'carried';
  /** In words for the reader. */
  said: string;
}
