import * as vscode from 'vscode';

/** Where a workspace folder keeps notes of its own. */
export function notesFolderOf(folder: vscode.WorkspaceFolder): vscode.Uri {
  return vscode.Uri.joinPath(folder.uri, '.patchgloss', 'notes');
}

/** The folders that may hold notes of the reader's own: one in each workspace folder, and those of the settings. They need not exist. */
export function ownNotesFolders(): vscode.Uri[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const all = folders.flatMap((folder) => {
    // A workspace that is not trusted names no folders elsewhere.
    const set =
      vscode.workspace.isTrusted &&
      vscode.workspace.getConfiguration('patchgloss', folder).get<unknown>('notes.folders');
    const paths = Array.isArray(set) ? set.filter((path) => typeof path === 'string' && path.trim() !== '') : [];
    return [notesFolderOf(folder), ...paths.map((path: string) => resolved(folder.uri, path.trim()))];
  });
  return [...new Map(all.map((uri) => [uri.toString(), uri])).values()];
}

function resolved(folder: vscode.Uri, path: string): vscode.Uri {
  const isAbsolute = /^(?:[/\\]|[A-Za-z]:[/\\])/.test(path);
  return isAbsolute ? folder.with({ path: vscode.Uri.file(path).path }) : vscode.Uri.joinPath(folder, path);
}

/** Whether a document lies in a folder or below it. */
export function isBelow(uri: vscode.Uri, folder: vscode.Uri): boolean {
  const path = folder.path.replace(/\/$/, '');
  return uri.scheme === folder.scheme && uri.authority === folder.authority && uri.path.startsWith(`${path}/`);
}

export async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
