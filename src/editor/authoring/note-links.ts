import * as vscode from 'vscode';
import { authoringFeatures } from '../core.ts';
import { rangeOf } from '../ranges.ts';
import { isNote } from './note-documents.ts';
import { pageOf } from './note-pages.ts';
import { knownTo } from './own-notes.ts';

/** What a reference at the caret is, in words of its note or scenario. */
export async function provideNoteHover(
  document: vscode.TextDocument,
  position: vscode.Position,
  token: vscode.CancellationToken,
): Promise<vscode.Hover | undefined> {
  if (!(await isNote(document))) return undefined;
  const { aboutReference, referenceAt } = await authoringFeatures();
  const known = await knownTo(document);
  if (token.isCancellationRequested) return undefined;
  const reference = referenceAt(document.getText(), document.offsetAt(position));
  const about = reference && aboutReference(reference, known);
  if (reference === undefined || about === undefined) return undefined;
  const made = new vscode.MarkdownString(about);
  made.isTrusted = false;
  made.supportHtml = false;
  return new vscode.Hover(made, rangeOf(document, reference.place));
}

/** The file or the page of the note that is named at the caret, or the page of the scenario. */
export async function provideNoteDefinition(
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<vscode.LocationLink[]> {
  if (!(await isNote(document))) return [];
  const { referenceAt } = await authoringFeatures();
  const known = await knownTo(document);
  const reference = referenceAt(document.getText(), document.offsetAt(position));
  const targetUri = reference && (await pageOf(reference, known));
  if (!targetUri) return [];
  const start = new vscode.Range(0, 0, 0, 0);
  return [{ originSelectionRange: rangeOf(document, reference.place), targetUri, targetRange: start }];
}

/** Every reference of a note as a link to its page. */
export async function provideNoteLinks(document: vscode.TextDocument): Promise<vscode.DocumentLink[]> {
  const { version } = document;
  if (!(await isNote(document))) return [];
  const { noteReferences } = await authoringFeatures();
  const known = await knownTo(document);
  if (document.version !== version) return [];
  const links = noteReferences(document.getText()).map(async (reference) => {
    const page = await pageOf(reference, known);
    return page ? [new vscode.DocumentLink(rangeOf(document, reference.place), page)] : [];
  });
  return (await Promise.all(links)).flat();
}
