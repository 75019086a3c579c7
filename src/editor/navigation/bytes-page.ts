import * as vscode from 'vscode';
import { byteLines } from './byte-lines.ts';
import { bytesScheme } from './command-names.ts';

/** Bytes of a source that are read to show some of them. */
const largest = 64 * 2 ** 20;

/** The page that shows the bytes of the line at an offset. */
export function bytesAddress(document: vscode.TextDocument, offset: number): vscode.Uri {
  const { line } = document.positionAt(offset);
  const name = document.uri.path.split('/').at(-1) ?? '';
  return vscode.Uri.from({
    scheme: bytesScheme,
    path: `/${line + 1}/${name}.txt`,
    query: document.uri.toString(),
  });
}

/** The lines around the one that an address names, byte by byte: of the file as it is, or of the text of a document that has none. */
export async function bytesText(uri: vscode.Uri): Promise<string> {
  const line = Number(uri.path.split('/')[1]);
  if (!Number.isSafeInteger(line) || line < 1) return vscode.l10n.t('There are no such bytes.');
  const source = vscode.Uri.parse(uri.query, true);
  const bytes = await bytesOf(source);
  return (bytes && byteLines(bytes, line)) || vscode.l10n.t('There are no such bytes.');
}

async function bytesOf(source: vscode.Uri): Promise<Uint8Array | undefined> {
  const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === source.toString());
  if (document?.isDirty || document?.isUntitled) return new TextEncoder().encode(document.getText());
  try {
    const { size } = await vscode.workspace.fs.stat(source);
    return size <= largest ? await vscode.workspace.fs.readFile(source) : undefined;
  } catch {
    return document && new TextEncoder().encode(document.getText());
  }
}
