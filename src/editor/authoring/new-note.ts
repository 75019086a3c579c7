import * as vscode from 'vscode';
import { authoringFeatures } from '../core.ts';
import { readingOf } from '../documents.ts';
import { notesFolderOf, ownNoteFolders } from '../packs/folders.ts';
import { placeOf } from '../ranges.ts';
import { sourceUri } from '../reading-address.ts';
import { exists } from './exists.ts';
import { allNotes, forgetOwnNotes } from './own-notes.ts';

/** A note about the selected words of a mail, or about the word at the caret, opened beside it with what is left to say. */
export async function newNoteFromSelection(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const reading = editor && (await readingOf(editor.document));
  const { newNote } = await authoringFeatures();
  const note = reading && newNote(reading, placeOf(editor.document, editor.selection));
  if (!note) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Select a term in the text of a mail, or put the cursor on one.'),
    );
    return;
  }
  const folder = await chooseFolder(editor.document);
  if (folder === 'cancelled') return;
  if (folder === undefined) {
    await openWithout(note);
    return;
  }
  try {
    const file = await create(folder, note);
    await open(await vscode.workspace.openTextDocument(file), note.snippet);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(vscode.l10n.t('The note could not be written. {0}', reason));
  }
}

/** What a mail gave for a note. */
interface Draft {
  id: string;
  text: string;
  snippet: string;
}

/** The folder to write to; where there are several the reader is asked. Absent: no folder is open. */
async function chooseFolder(mail: vscode.TextDocument): Promise<vscode.Uri | 'cancelled' | undefined> {
  const there: vscode.Uri[] = [];
  for (const folder of ownNoteFolders()) if (await exists(folder)) there.push(folder);
  const [only] = there;
  if (there.length === 1) return only;
  if (there.length === 0) {
    const folder = vscode.workspace.getWorkspaceFolder(sourceUri(mail.uri)) ?? vscode.workspace.workspaceFolders?.[0];
    return folder && notesFolderOf(folder);
  }
  const items = there.map((uri) => ({ label: vscode.workspace.asRelativePath(uri, true), uri }));
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: vscode.l10n.t('The folder for the new note'),
  });
  return picked?.uri ?? 'cancelled';
}

/** Makes the file, with the first name that no note has; what is there is never written over. */
async function create(folder: vscode.Uri, { id, text }: Draft): Promise<vscode.Uri> {
  const { notes } = await allNotes();
  const taken = new Set(notes.map(({ concept }) => concept.id));
  for (let count = 1; ; count++) {
    const name = count === 1 ? id : `${id}-${count}`;
    const file = vscode.Uri.joinPath(folder, `${name}.md`);
    if (taken.has(name) || (await exists(file))) continue;
    const edit = new vscode.WorkspaceEdit();
    edit.createFile(file, { overwrite: false, contents: new TextEncoder().encode(text) });
    if (!(await vscode.workspace.applyEdit(edit))) {
      throw new Error(vscode.l10n.t('The editor made no file {0}.', file.toString(true)));
    }
    forgetOwnNotes();
    return file;
  }
}

async function openWithout({ id, text, snippet }: Draft): Promise<void> {
  await open(await vscode.workspace.openTextDocument({ language: 'markdown', content: text }), snippet);
  void vscode.window.showInformationMessage(
    vscode.l10n.t(
      'No folder is open, so the note has no file yet. Save it as {0} in the folder .patchgloss/notes of a folder that you open with your mail.',
      `${id}.md`,
    ),
  );
}

/** Beside the mail, with the caret on the first thing to fill in. Undo gives back what the file has. */
async function open(document: vscode.TextDocument, snippet: string): Promise<void> {
  const editor = await vscode.window.showTextDocument(document, vscode.ViewColumn.Beside);
  const all = new vscode.Range(0, 0, document.lineCount, 0);
  await editor.insertSnippet(new vscode.SnippetString(snippet), document.validateRange(all));
}
