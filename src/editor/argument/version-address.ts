import * as vscode from 'vscode';
import { ownScheme } from '../documents.ts';

const authority = 'version';
const appliedAuthority = 'applied';

/** Whether a document is a patch, or a file after a patch, made comparable with another version of it. */
export function isVersion(uri: vscode.Uri): boolean {
  return uri.scheme === ownScheme && (uri.authority === authority || isApplied(uri));
}

/** Whether it is a file after a patch. */
export function isApplied(uri: vscode.Uri): boolean {
  return uri.scheme === ownScheme && uri.authority === appliedAuthority;
}

/** `patchgloss://version/changed/0003-tea-Warm-the-pot.diff?["file:///thread.mbox",3]`: the patch in message 3 (from 0) of a document. */
export function versionAddress(source: vscode.Uri, message: number, path: string): vscode.Uri {
  return vscode.Uri.from({
    scheme: ownScheme,
    authority,
    path: `/${path}`,
    query: JSON.stringify([source.toString(), message]),
  });
}

/** `patchgloss://applied/mm/tea.c?12`: text 12 of those that were made to compare; the path says its language. */
export function appliedAddress(number: number, path: string): vscode.Uri {
  return vscode.Uri.from({ scheme: ownScheme, authority: appliedAuthority, path: `/${path}`, query: String(number) });
}

/** What an address says; absent for one that somebody else made up. */
export function versionOf(uri: vscode.Uri): { source: vscode.Uri; message: number } | undefined {
  try {
    const asked: unknown = JSON.parse(uri.query);
    const [source, message]: unknown[] = Array.isArray(asked) ? asked : [];
    if (typeof source !== 'string' || typeof message !== 'number' || !Number.isSafeInteger(message)) return undefined;
    return { source: vscode.Uri.parse(source, true), message };
  } catch {
    return undefined;
  }
}
