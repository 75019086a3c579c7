import type * as vscode from 'vscode';

/** The Message-ID that the caret of an editor stands in, without its angle brackets. */
export function messageIdAt(editor: vscode.TextEditor | undefined): string | undefined {
  if (!editor) return undefined;
  const { document, selection } = editor;
  if (!selection.isEmpty) {
    const chosen = document.getText(selection).trim();
    return chosen.length < 1000 && /^<?[^<>\s@]+@[^<>\s@]+$|^https?:\/\/\S+$/.test(chosen) ? chosen : undefined;
  }
  const line = document.lineAt(selection.active.line).text;
  if (line.length > 10_000) return undefined;
  const { character } = selection.active;
  for (const found of line.matchAll(/<([^<>\s@]+@[^<>\s@]+)>/g)) {
    if (found.index <= character && character <= found.index + found[0].length) return found[1];
  }
  return undefined;
}
