import * as vscode from 'vscode';
import type { Reading } from '#features';
import { keptNotes } from '../annotations/kept-notes.ts';
import { labelOf } from '../annotations/target.ts';
import { sharingFeatures } from '../core.ts';
import { readingOf } from '../documents.ts';
import { mailHere } from '../navigation/mail-here.ts';
import { sourceUri } from '../reading-address.ts';

/** Pieces of a page between two turns of the host. */
const turn = 8;

/** Writes a brief of the mail in the editor, with the notes of the workspace at their places, where the reader says. */
export async function exportBrief(context: vscode.ExtensionContext): Promise<void> {
  const mail = await mailHere();
  if (!mail) return;
  const { document, reading } = await behindView(mail.document, mail.reading);
  const path = labelOf(document);
  const target = await vscode.window.showSaveDialog({
    defaultUri: besideOf(document, path),
    filters: { [vscode.l10n.t('Web page')]: ['html'], Markdown: ['md'] },
    title: vscode.l10n.t('Export Brief'),
  });
  if (!target) return;
  try {
    const location = vscode.ProgressLocation.Window;
    await vscode.window.withProgress({ location, title: vscode.l10n.t('Writing the brief') }, async () => {
      const text = await briefText(context, { path, reading }, /\.(?:md|markdown)$/i.test(target.path));
      await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(vscode.l10n.t('The brief could not be written: {0}', reason));
    return;
  }
  const open = vscode.l10n.t('Open File');
  const said = vscode.l10n.t('The brief was written.');
  if ((await vscode.window.showInformationMessage(said, open)) === open)
    await vscode.commands.executeCommand('vscode.open', target);
}

async function briefText(
  context: vscode.ExtensionContext,
  file: { path: string; reading: Reading },
  asMarkdown: boolean,
): Promise<string> {
  const { briefNotes, briefOf, htmlBrief } = await sharingFeatures();
  const notes = briefNotes([file], await keptNotes(context), false);
  if (asMarkdown) return briefOf([file], notes);
  const pieces: string[] = [];
  for (const piece of htmlBrief([file], notes)) {
    pieces.push(piece);
    if (pieces.length % turn === 0) await new Promise<void>((resolve) => setTimeout(resolve, 0));
  }
  return pieces.join('');
}

/** The mail behind a reading view, where the editor can open it: its lines are those of the file. */
async function behindView(document: vscode.TextDocument, reading: Reading) {
  const uri = sourceUri(document.uri);
  if (uri === document.uri) return { document, reading };
  try {
    const source = await vscode.workspace.openTextDocument(uri);
    const whole = await readingOf(source);
    return whole ? { document: source, reading: whole } : { document, reading };
  } catch {
    // Too large for the editor: the view is briefed.
    return { document, reading };
  }
}

function besideOf(document: vscode.TextDocument, path: string): vscode.Uri {
  const name = (path.split('/').at(-1) ?? 'mail').replace(/\.(?:mbox|mbx|eml|txt|patch)$/i, '');
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.joinPath(sourceUri(document.uri), '..');
  return vscode.Uri.joinPath(folder, `${name}.brief.html`);
}
