import * as vscode from 'vscode';
import { annotations } from '../core.ts';
import { isOurs } from '../documents.ts';
import { placeOf } from '../ranges.ts';
import type { NoteLibrary } from './library.ts';
import { isNoteNode, type NoteNode } from './note-nodes.ts';
import { targetAt } from './target.ts';
import { reasonOf } from './tell.ts';

/** Ties a note without a place to the place that was chosen: a row with a candidate, or the selection in the mail. */
export async function placeHere(library: NoteLibrary, argument: unknown): Promise<void> {
  const node = isNoteNode(argument) ? argument : undefined;
  const kept = node && 'id' in node ? library.notes.get(node.id) : undefined;
  const place = node && kept && (await placeFor(node));
  if (!kept || !place) return;
  const spot = await targetAt(place.document, placeOf(place.document, place.range));
  if (!spot) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no message at this place.'));
    return;
  }
  const { changeTarget } = await annotations();
  const before = kept.annotation;
  const after = changeTarget(before, spot.target, new Date().toISOString());
  try {
    await library.change(kept.file.uri, undefined, [{ before, after }]);
  } catch (error) {
    void vscode.window.showErrorMessage(vscode.l10n.t('The note could not be saved. {0}', reasonOf(error)));
  }
}

async function placeFor(node: NoteNode): Promise<{ document: vscode.TextDocument; range: vscode.Range } | undefined> {
  if (node.kind === 'candidate') {
    return { document: await vscode.workspace.openTextDocument(node.document), range: node.range };
  }
  const editor = vscode.window.activeTextEditor;
  if (editor && (await isOurs(editor.document))) return { document: editor.document, range: editor.selection };
  void vscode.window.showInformationMessage(
    vscode.l10n.t('Put the caret into the mail where the note belongs, and choose Place Here again.'),
  );
  return undefined;
}
