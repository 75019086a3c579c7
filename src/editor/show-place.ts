import * as vscode from 'vscode';

/**
 * Shows a place of a mail that is open: where a term is explained, or first used. The argument comes from a link in a hover and is read as if
 * anybody had written it: only a document that is open already is shown, and only offsets inside it.
 */
export async function showPlace(argument: unknown): Promise<void> {
  const asked = readPlace(argument);
  const document = asked && vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === asked.uri);
  if (!asked || !document) return;
  const position = document.positionAt(asked.offset);
  const shown = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  const editor = await vscode.window.showTextDocument(document, {
    viewColumn: shown?.viewColumn ?? vscode.ViewColumn.Active,
    selection: new vscode.Range(position, position),
  });
  editor.revealRange(new vscode.Range(position, position), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** `{uri, offset}`; absent when it is not of that form. */
export function readPlace(argument: unknown): { uri: string; offset: number } | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  if (!('uri' in argument && 'offset' in argument)) return undefined;
  const { uri, offset } = argument;
  if (typeof uri !== 'string' || typeof offset !== 'number') return undefined;
  return Number.isSafeInteger(offset) && offset >= 0 ? { uri, offset } : undefined;
}
