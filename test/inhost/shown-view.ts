import * as vscode from 'vscode';

/** The reading view that is on the screen. An editor of several changes, once closed, still counts as visible for a while: it is passed over. */
export function shownView(): vscode.TextDocument | undefined {
  return vscode.window.visibleTextEditors.find(({ document }) => document.uri.authority === 'reading')?.document;
}
