import * as vscode from 'vscode';

/** The name that stands on notes; absent where the reader gives none. */
export function authorName(): string | undefined {
  const name = vscode.workspace.getConfiguration('patchgloss').get<string>('annotations.author', '').trim();
  return name === '' ? undefined : name.slice(0, 100);
}
