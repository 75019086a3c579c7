import * as vscode from 'vscode';
import { authoringFeatures } from '../core.ts';
import { ownScheme } from '../documents.ts';
import { ownNoteFolders } from '../packs/folders.ts';
import { exists } from './exists.ts';

/** Folders of Markdown documents that were looked at: whether a pack's `pack.yaml` is in them. */
const packFolders = new Map<string, Promise<boolean>>();

/** Looks again into folders from now on: a pack may have come, or gone. */
export function forgetPackFolders(): void {
  packFolders.clear();
}

/**
 * Whether a document is a note: it lies in a folder of notes; or it has the head of one, in a pack or without a file yet. Of
 * other documents no more than the path and the first signs are looked at.
 */
export async function isNote(document: vscode.TextDocument): Promise<boolean> {
  const { languageId, uri } = document;
  if (languageId !== 'markdown' || uri.scheme === ownScheme || uri.scheme === 'comment') return false;
  if (/\/readme\.md$/i.test(uri.path)) return false;
  if (/\/\.patchgloss\/notes\//.test(uri.path) || ownNoteFolders().some((folder) => isBelow(uri, folder))) return true;
  if (!document.lineAt(0).text.startsWith('---')) return false;
  if (!document.isUntitled && !(await isInPack(uri))) return false;
  return (await authoringFeatures()).looksLikeNote(document.getText());
}

/** Whether a document lies in a folder or below it. */
function isBelow(uri: vscode.Uri, folder: vscode.Uri): boolean {
  const path = folder.path.replace(/\/$/, '');
  return uri.scheme === folder.scheme && uri.authority === folder.authority && uri.path.startsWith(`${path}/`);
}

function isInPack(uri: vscode.Uri): Promise<boolean> {
  const folder = vscode.Uri.joinPath(uri, '..');
  const known = packFolders.get(folder.toString());
  if (known) return known;
  const asked = exists(vscode.Uri.joinPath(folder, 'pack.yaml'));
  packFolders.set(folder.toString(), asked);
  return asked;
}
