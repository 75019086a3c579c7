import * as vscode from 'vscode';
import type { Annotation } from '#annotations';
import { authorName } from '../annotations/author.ts';
import { keptNotes } from '../annotations/kept-notes.ts';
import { labelOf } from '../annotations/target.ts';
import { annotations, features, sharingFeatures } from '../core.ts';
import { mailHere } from '../navigation/mail-here.ts';

interface NoteItem extends vscode.QuickPickItem {
  annotation: Annotation;
}

/** Makes a path of notes in the mail in the editor: the reader picks them in the order of the walk. Ids that are given stand for that choice. */
export async function newReadingPath(context: vscode.ExtensionContext, asked: unknown): Promise<void> {
  const mail = await mailHere();
  if (!mail) return;
  const { placeAnnotations } = await features();
  const placed = placeAnnotations(mail.reading, await keptNotes(context), labelOf(mail.document))
    .flatMap(({ annotation, place }) => (place ? [{ annotation, start: place.start }] : []))
    .sort((one, other) => one.start - other.start)
    .map(({ annotation }) => annotation);
  if (placed.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('No note has a place in this mail. Write some first: a path goes from note to note.'),
    );
    return;
  }
  const chosen = Array.isArray(asked) ? named(placed, asked) : await pickInOrder(placed);
  if (chosen === undefined || chosen.length === 0) return;
  const { pathFromNotes, pathText } = await sharingFeatures();
  const title = mail.reading.page(0)?.subject ?? vscode.l10n.t('Reading Path');
  await show(pathText(pathFromNotes(chosen, title, authorName())));
}

function named(placed: readonly Annotation[], ids: readonly unknown[]): Annotation[] {
  return ids.flatMap((id) => placed.find((annotation) => annotation.id === id) ?? []);
}

/** Notes in the order in which they were ticked; the title says it. Absent when the reader thinks better of it. */
async function pickInOrder(placed: readonly Annotation[]): Promise<Annotation[] | undefined> {
  const items = await itemsOf(placed);
  const pick = vscode.window.createQuickPick<NoteItem>();
  pick.canSelectMany = true;
  pick.items = items;
  pick.placeholder = vscode.l10n.t('Tick notes in the order of the walk');
  let order: NoteItem[] = [];
  return new Promise((resolve) => {
    pick.onDidChangeSelection((selected) => {
      order = [...order.filter((one) => selected.includes(one)), ...selected.filter((one) => !order.includes(one))];
      pick.title = order.map(({ label }, at) => `${at + 1}. ${label.slice(0, 30)}`).join('  ');
    });
    pick.onDidAccept(() => {
      resolve(order.map(({ annotation }) => annotation));
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

async function itemsOf(placed: readonly Annotation[]): Promise<NoteItem[]> {
  const { readNote } = await annotations();
  return placed.map((annotation) => {
    const { texts, kind } = readNote(annotation);
    const [line = ''] = (texts[0]?.value ?? '').split('\n').filter((one) => one.trim() !== '');
    return { label: line.slice(0, 200), description: kind, annotation };
  });
}

/** A file that has no name yet; where a folder is open one is proposed. */
async function show(content: string): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (!folder) {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'markdown', content }));
    return;
  }
  const name = vscode.Uri.joinPath(folder, 'reading.patchgloss-path.md');
  const document = await vscode.workspace.openTextDocument(name.with({ scheme: 'untitled' }));
  const edit = new vscode.WorkspaceEdit();
  const end = document.lineAt(document.lineCount - 1).range.end;
  edit.replace(document.uri, new vscode.Range(new vscode.Position(0, 0), end), content);
  await vscode.workspace.applyEdit(edit);
  await vscode.window.showTextDocument(document, { preview: false });
}
