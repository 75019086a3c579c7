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

/**
 * The message a reading view shows, or one of the thread that it shows, counted from 0 in its source; NaN for an address that somebody else
 * made up.
 */
export function messageOf(uri: vscode.Uri): number {
  const [, first, second] = uri.path.split('/');
  return Number(first === thread ? second : first);
}

/** Whether a reading view shows a whole thread. */
export function isThreadView(uri: vscode.Uri): boolean {
  return isReadingView(uri) && uri.path.startsWith(`/${thread}/`);
}

const thread = 'thread';

/** `patchgloss://reading/3/subject.eml?file:///thread.mbox`: message 3 (from 0) of a source. */
export function messageAddress(source: vscode.Uri, message: number, title: string): vscode.Uri {
  return address(source, `/${message}/${fileName(title)}.eml`);
}

/** `patchgloss://reading/thread/3/subject.mbox?file:///lists.mbox`: the thread that message 3 begins. */
export function threadAddress(source: vscode.Uri, message: number, title: string): vscode.Uri {
  return address(source, `/${thread}/${message}/${fileName(title)}.mbox`);
}

function address(source: vscode.Uri, path: string): vscode.Uri {
  return vscode.Uri.from({ scheme: ownScheme, authority: readingAuthority, path, query: source.toString() });
}

/** A subject as a file name: as it is, but for what a path cannot hold; the slash becomes the division slash. */
function fileName(title: string): string {
  const plain = title
    .replaceAll('/', '\u2215')
    .replaceAll(/[\\\s\p{Cc}\p{Cf}\p{Surrogate}]+/gu, ' ')
    .trim();
  return [...plain].slice(0, 80).join('') || 'message';
}
