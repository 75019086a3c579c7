import * as vscode from 'vscode';
import type { Annotation } from '#annotations';
import { annotations } from './core.ts';
import type { InTurn } from './in-turn.ts';
import { changeNotesIn, type NoteFile } from './note-files.ts';
import { type NotesOfDocument, targetAt, type UnplacedNote } from './note-places.ts';
import { placeOf } from './ranges.ts';

/** What was told already in this session, so that it is told once. */
const told = new Set<string>();

/** Says once a document that notes have no place in it, and once a file that it could not be read. */
export function tellUnplaced(document: vscode.TextDocument, notes: NotesOfDocument, files: readonly NoteFile[]): void {
  for (const { uri, store } of files) {
    if (store.keepAside === undefined || !once(uri.toString())) continue;
    const name = vscode.workspace.asRelativePath(uri);
    void vscode.window.showWarningMessage(
      vscode.l10n.t(
        'The annotation file {0} is left as it is; new notes go to a file beside it. {1}',
        name,
        store.keepAside,
      ),
    );
  }
  if (notes.unplaced.length === 0 || !once(`unplaced ${document.uri.toString()}`)) return;
  const show = vscode.l10n.t('Show');
  const message = vscode.l10n.t(
    'Notes about this mail that have no place in it: {0}. They are kept.',
    notes.unplaced.length,
  );
  void vscode.window.showWarningMessage(message, show).then((answer) => {
    if (answer === show) void vscode.commands.executeCommand('patchgloss.showUnplacedNotes');
  });
}

function once(key: string): boolean {
  if (told.has(key)) return false;
  told.add(key);
  return true;
}

/** What the list needs: the notes as they were last placed, and a way to change them. */
export interface UnplacedActions {
  notesOf(document: vscode.TextDocument): NotesOfDocument | undefined;
  inTurn: InTurn;
  refresh(document: vscode.TextDocument): Promise<void>;
}

/** Lists the notes that have no place in the active document, each with the reason; one can be placed at the cursor. */
export async function showUnplacedNotes(actions: UnplacedActions): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const unplaced = (editor && actions.notesOf(editor.document)?.unplaced) ?? [];
  if (!editor || unplaced.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Every note about this mail has its place.'));
    return;
  }
  const { readNote } = await annotations();
  const items = unplaced.map((note) => ({
    label: readNote(note.annotation).texts[0]?.value.split('\n', 1)[0] ?? note.annotation.id,
    detail: note.reason,
    note,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: vscode.l10n.t('Notes without a place. Choose one to place it at the cursor, or to open its file.'),
  });
  if (picked) await placeByHand(editor, picked.note, actions);
}

async function placeByHand(editor: vscode.TextEditor, note: UnplacedNote, actions: UnplacedActions): Promise<void> {
  const here = vscode.l10n.t('Place here');
  const open = vscode.l10n.t('Open its file');
  const answer = await vscode.window.showQuickPick([here, open]);
  if (answer === open) await vscode.window.showTextDocument(note.file);
  if (answer !== here) return;
  const spot = await targetAt(editor.document, placeOf(editor.document, editor.selection));
  if (spot === undefined) return;
  const { changeTarget } = await annotations();
  const now = new Date().toISOString();
  const placed = (one: Annotation) => (one.id === note.annotation.id ? changeTarget(one, spot.target, now) : one);
  await actions.inTurn(() => changeNotesIn(note.file, (all) => all.map(placed)));
  await actions.refresh(editor.document);
}
