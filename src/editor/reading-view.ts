import * as vscode from 'vscode';
import { features } from './core.ts';
import { isHtml, pageReadingOf, readingOf } from './documents.ts';
import {
  isReadingView,
  isThreadView,
  messageAddress,
  messageOf,
  readingViewChanges,
  sourceUri,
  threadAddress,
} from './reading-address.ts';
import { type ReadText, readTextOf } from './reading-sources.ts';
import { keepIndexesOf } from './threads/open-mailbox.ts';

const shown = new Map<string, Promise<ReadText | undefined>>();

/** The text of a reading view; our own words when there is nothing to show. */
export async function readingViewText(uri: vscode.Uri): Promise<string> {
  try {
    return (await shownOf(uri))?.text ?? vscode.l10n.t('The message is not there any more.');
  } catch (error) {
    shown.delete(uri.toString());
    const reason = error instanceof Error ? error.message : String(error);
    return vscode.l10n.t('The message cannot be read: {0}', reason);
  }
}

function shownOf(uri: vscode.Uri): Promise<ReadText | undefined> {
  const key = uri.toString();
  const known = shown.get(key);
  if (known) return known;
  const made = readTextOf(uri);
  shown.set(key, made);
  setTimeout(() => forgetUnlessOpen(uri), unopened);
  return made;
}

/** How long (ms) a text is kept that nobody opens: the editor asks for the size of a file, too. */
const unopened = 60_000;

function forgetUnlessOpen(uri: vscode.Uri): void {
  const key = uri.toString();
  if (!vscode.workspace.textDocuments.some((one) => one.uri.toString() === key)) shown.delete(key);
}

/** What is known of a reading view that is shown: which message each line belongs to. */
export function readTextShown(uri: vscode.Uri): Promise<ReadText | undefined> {
  return shownOf(uri).catch(() => undefined);
}

/** Opens the message at the cursor, decoded, beside the document. */
export async function openReadingView(): Promise<void> {
  const found = await messageAtCursor();
  if (!found) return;
  const { readingView } = await features();
  const title = readingView(found.reading, found.message)?.title;
  if (title === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no message at the cursor.'));
    return;
  }
  await show(messageAddress(found.uri, found.message, title), vscode.ViewColumn.Beside);
}

/** Opens the thread of the message at the cursor, from a mail or from the reading view of one message. */
export async function openThreadView(): Promise<void> {
  const active = vscode.window.activeTextEditor?.document.uri;
  if (active && isThreadView(active)) return;
  if (active && isReadingView(active)) {
    const { title = '' } = (await readTextShown(active)) ?? {};
    await show(threadAddress(sourceUri(active), messageOf(active), title), vscode.ViewColumn.Active);
    return;
  }
  const found = await messageAtCursor();
  if (!found) return;
  const title = found.reading.page(found.message)?.subject ?? '';
  const uri = threadAddress(found.uri, found.message, title);
  const editor = await show(uri, vscode.ViewColumn.Beside);
  revealLine(editor, (await readTextShown(uri))?.lineOf(found.message) ?? 0);
}

async function messageAtCursor() {
  const editor = vscode.window.activeTextEditor;
  const reading = editor && ((await readingOf(editor.document)) ?? (await pageReadingOf(editor.document)));
  if (!editor || !reading || isReadingView(editor.document.uri)) {
    void vscode.window.showInformationMessage(
      editor && isHtml(editor.document)
        ? vscode.l10n.t('No mail was found on this page. Save the page of one message, or download the mail itself.')
        : vscode.l10n.t('Open a mail first: an mbox, an .eml or a saved archive page.'),
    );
    return undefined;
  }
  const { messageAt } = await features();
  const message = messageAt(reading, editor.document.offsetAt(editor.selection.active)) ?? 0;
  return { uri: editor.document.uri, reading, message };
}

async function show(uri: vscode.Uri, viewColumn: vscode.ViewColumn): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(uri);
  return vscode.window.showTextDocument(document, { viewColumn, preview: true });
}

/** Puts the caret on a line, which becomes the first one on the screen. */
export function revealLine(editor: vscode.TextEditor, line: number): void {
  const start = new vscode.Position(line, 0);
  editor.selection = new vscode.Selection(start, start);
  editor.revealRange(new vscode.Range(start, start), vscode.TextEditorRevealType.AtTop);
}

/** Where a line of a reading view (from 0) stands in its source. */
async function sourceOfLine(uri: vscode.Uri, line: number): Promise<vscode.Location | undefined> {
  const found = await (await readTextShown(uri))?.sourceLine(line);
  return found && new vscode.Location(found.uri, new vscode.Position(found.line, 0));
}

export async function goToSourceLine(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor || !isReadingView(editor.document.uri)) return;
  const target = await sourceOfLine(editor.document.uri, editor.selection.active.line);
  if (target === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('This line has no place in the source.'));
    return;
  }
  const visible = vscode.window.visibleTextEditors.find(
    ({ document }) => document.uri.toString() === target.uri.toString(),
  );
  // The editor itself opens files that are too large for an extension.
  await vscode.commands.executeCommand('vscode.open', target.uri, {
    selection: target.range,
    viewColumn: visible?.viewColumn ?? vscode.ViewColumn.Active,
  });
}

/** The line of the source that a line of a reading view leads to. */
export async function sourceOfPosition(
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<vscode.DefinitionLink[] | undefined> {
  const target = await sourceOfLine(document.uri, position.line);
  if (target === undefined) return undefined;
  return [
    {
      originSelectionRange: document.lineAt(position.line).range,
      targetUri: target.uri,
      targetRange: target.range,
    },
  ];
}

/** Makes the reading views of a source again, which was edited or has grown. */
export function showAnew(source: vscode.Uri): void {
  for (const { uri } of vscode.workspace.textDocuments) {
    if (!isReadingView(uri) || sourceUri(uri).toString() !== source.toString()) continue;
    shown.delete(uri.toString());
    readingViewChanges.fire(uri);
  }
}

/** Reading views follow their source; what nobody shows any more is forgotten. */
export function followSources(context: vscode.ExtensionContext): vscode.Disposable {
  keepIndexesOf(context);
  return vscode.Disposable.from(
    readingViewChanges,
    vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.contentChanges.length > 0 && !isReadingView(event.document.uri)) showAnew(event.document.uri);
    }),
    vscode.workspace.onDidSaveTextDocument((document) => showAnew(document.uri)),
    vscode.workspace.onDidCloseTextDocument((document) => shown.delete(document.uri.toString())),
  );
}
