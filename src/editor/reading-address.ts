import * as vscode from 'vscode';
import { ownScheme } from './documents.ts';

export const readingAuthority = 'reading';

/** Fires for reading views whose source was edited. */
export const readingViewChanges = new vscode.EventEmitter<vscode.Uri>();

export function isReadingView(uri: vscode.Uri): boolean {
  return uri.scheme === ownScheme && uri.authority === readingAuthority;
}

/** The document a reading view was made from, or the document itself. */
export function sourceUri(uri: vscode.Uri): vscode.Uri {
  return isReadingView(uri) ? vscode.Uri.parse(uri.query, true) : uri;
}

/** The message a reading view shows, counted from 0 in its source; NaN for an address that somebody else made up. */
export function messageOf(uri: vscode.Uri): number {
  return Number(uri.path.split('/')[1]);
}
