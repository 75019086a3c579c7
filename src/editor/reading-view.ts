import * as vscode from 'vscode';
import type { Reading, ReadingView } from '#features';
import { features } from './core.ts';
import { isHtml, ownScheme, pageReadingOf, readingOf } from './documents.ts';
import { lineOfByte } from './line-of-byte.ts';
import { isReadingView, messageOf, readingAuthority, readingViewChanges, sourceUri } from './reading-address.ts';

/** A reading view as it is shown, with the way back of each line. */
interface Shown {
  view: ReadingView;
  /** The line of the source document (from 0) that a place in the source is on. */
  lineOf(place: number): number;
}

const shown = new Map<string, Promise<Shown | undefined>>();

/** `patchgloss://reading/3/subject.eml?file:///thread.mbox`: message 3 (from 0) of a document. */
function uriOf(source: vscode.Uri, message: number, title: string): vscode.Uri {
  const name = fileName(title) || 'message';
  return vscode.Uri.from({
    scheme: ownScheme,
    authority: readingAuthority,
    path: `/${message}/${name}.eml`,
    query: source.toString(),
  });
}

/** A subject as a file name: as it is, but for what a path cannot hold; the slash becomes the division slash. */
function fileName(title: string): string {
  const plain = title
    .replaceAll('/', '\u2215')
    .replaceAll(/[\\\s\p{Cc}\p{Cf}\p{Surrogate}]+/gu, ' ')
    .trim();
  return [...plain].slice(0, 80).join('');
}

/** The text of a reading view; our own words when there is nothing to show. */
export async function readingViewText(uri: vscode.Uri): Promise<string> {
  const found = await shownOf(uri);
  return found?.view.text ?? vscode.l10n.t('The message is not there any more.');
}

function shownOf(uri: vscode.Uri): Promise<Shown | undefined> {
  const key = uri.toString();
  const known = shown.get(key);
  if (known) return known;
  const made = make(uri).catch(() => undefined);
  shown.set(key, made);
  return made;
}

async function make(uri: vscode.Uri): Promise<Shown | undefined> {
  const document = await vscode.workspace.openTextDocument(sourceUri(uri));
  const message = messageOf(uri);
  const fromText = (await readingOf(document)) ?? (await pageReadingOf(document));
  if (fromText === undefined || !Number.isSafeInteger(message)) return undefined;
  const { readingView } = await features();
  const fromFile = await readFile(document, fromText);
  if (fromFile) {
    const view = readingView(fromFile.reading, message);
    return view && { view, lineOf: lineOfByte(fromFile.bytes) };
  }
  const view = readingView(fromText, message);
  return view && { view, lineOf: (place) => document.positionAt(place).line };
}

/**
 * The bytes of the file behind a document, where they still say the same: a document has lost the bytes its encoding could
 * not show. Absent for an edited, untitled or virtual document, and when the cut differs from the document's.
 */
export async function readFile(document: vscode.TextDocument, fromText: Reading) {
  if (document.isDirty || document.isUntitled) return undefined;
  try {
    const bytes = await vscode.workspace.fs.readFile(document.uri);
    const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
    if (wide) return undefined;
    const reading = (await features()).readBytes(bytes);
    return reading.messages === fromText.messages ? { bytes, reading } : undefined;
  } catch {
    return undefined;
  }
}

/** Opens the message at the cursor, decoded, beside the document. */
export async function openReadingView(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const reading = editor && ((await readingOf(editor.document)) ?? (await pageReadingOf(editor.document)));
  if (!editor || !reading || isReadingView(editor.document.uri)) {
    void vscode.window.showInformationMessage(
      editor && isHtml(editor.document)
        ? vscode.l10n.t('No mail was found on this page. Save the page of one message, or download the mail itself.')
        : vscode.l10n.t('Open a mail first: an mbox, an .eml or a saved archive page.'),
    );
    return;
  }
  const { messageAt, readingView } = await features();
  const message = messageAt(reading, editor.document.offsetAt(editor.selection.active)) ?? 0;
  const title = readingView(reading, message)?.title;
  if (title === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no message at the cursor.'));
    return;
  }
  const document = await vscode.workspace.openTextDocument(uriOf(editor.document.uri, message, title));
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true });
}

/** Where a line of a reading view (from 0) stands in its source. */
async function sourceOfLine(uri: vscode.Uri, line: number): Promise<vscode.Location | undefined> {
  const found = await shownOf(uri);
  if (found === undefined) return undefined;
  const place = found.view.sourceOf(line);
  return new vscode.Location(sourceUri(uri), new vscode.Position(found.lineOf(place.start), 0));
}

export async function goToSourceLine(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor || !isReadingView(editor.document.uri)) return;
  const target = await sourceOfLine(editor.document.uri, editor.selection.active.line);
  if (target === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('This line has no place in the source.'));
    return;
  }
  const source = await vscode.workspace.openTextDocument(target.uri);
  const isVisible = vscode.window.visibleTextEditors.find((one) => one.document === source);
  await vscode.window.showTextDocument(source, {
    selection: target.range,
    viewColumn: isVisible?.viewColumn ?? vscode.ViewColumn.Active,
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

/** Reading views follow their source; what nobody shows any more is forgotten. */
export function followSources(): vscode.Disposable {
  const renew = (source: vscode.Uri) => {
    for (const document of vscode.workspace.textDocuments) {
      if (isReadingView(document.uri) && sourceUri(document.uri).toString() === source.toString()) {
        shown.delete(document.uri.toString());
        readingViewChanges.fire(document.uri);
      }
    }
  };
  return vscode.Disposable.from(
    readingViewChanges,
    vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.contentChanges.length > 0 && !isReadingView(event.document.uri)) renew(event.document.uri);
    }),
    vscode.workspace.onDidSaveTextDocument((document) => renew(document.uri)),
    vscode.workspace.onDidCloseTextDocument((document) => shown.delete(document.uri.toString())),
  );
}
