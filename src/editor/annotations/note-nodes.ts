import type * as vscode from 'vscode';
import type { NoteGroup, NoteGrouping, NoteRow } from '#features';
import type { UnplacedNote } from './note-here.ts';

/** The rows of the Annotations view. Commands on a row take it for their argument. */
export type NoteNode =
  | { kind: 'unplaced'; notes: readonly NoteNode[] }
  | { kind: 'group'; by: NoteGrouping; group: NoteGroup }
  | { kind: 'note'; id: string; row: NoteRow; under: string }
  | { kind: 'stray'; id: string; row: NoteRow; note: UnplacedNote }
  | { kind: 'candidate'; id: string; document: vscode.Uri; range: vscode.Range };

export function isNoteNode(argument: unknown): argument is NoteNode {
  const kinds: readonly unknown[] = ['unplaced', 'group', 'note', 'stray', 'candidate'];
  return typeof argument === 'object' && argument !== null && 'kind' in argument && kinds.includes(argument.kind);
}

/** The note of a row; absent for a row of several. */
export function noteOfNode(node: NoteNode | undefined): string | undefined {
  return node && 'id' in node ? node.id : undefined;
}

export function childrenOf(node: NoteNode): readonly NoteNode[] {
  switch (node.kind) {
    case 'unplaced':
      return node.notes;
    case 'group':
      return node.group.notes.map((row) => ({ kind: 'note', id: row.id, row, under: node.group.key }));
    case 'stray': {
      const { id, note } = node;
      return note.candidates.map((range) => ({ kind: 'candidate', id, document: note.document, range }));
    }
    default:
      return [];
  }
}
