import * as vscode from 'vscode';

/** Where a workspace folder keeps notes of its own. */
const inWorkspace = ['.patchgloss', 'notes'];

/**
 * The folders with notes of the reader's own, later ones win: one in each workspace folder, then those of the setting
 * `patchgloss.notes.folders` in its order. They need not exist.
 *
 * Notes are text and are shown as text, so a workspace that is not trusted may bring its own. It may not name folders
 * elsewhere: a path can lead to another computer, which would be told who asks.
 */
export function ownNoteFolders(): readonly vscode.Uri[] {
  const workspace = vscode.workspace.workspaceFolders ?? [];
  const own = workspace.map(notesFolderOf);
  const named = workspace.length > 0 ? workspace.flatMap(namedFolders) : namedFolders(undefined);
  return [...new Map([...own, ...named].map((uri) => [uri.toString(), uri])).values()];
}

/** Where a workspace folder keeps its notes; it need not exist. */
export function notesFolderOf(folder: vscode.WorkspaceFolder): vscode.Uri {
  return vscode.Uri.joinPath(folder.uri, ...inWorkspace);
}

function namedFolders(folder: vscode.WorkspaceFolder | undefined): vscode.Uri[] {
  const settings = vscode.workspace.getConfiguration('patchgloss', folder);
  const value = vscode.workspace.isTrusted
    ? settings.get<unknown>('notes.folders')
    : settings.inspect<unknown>('notes.folders')?.globalValue;
  const paths: readonly unknown[] = Array.isArray(value) ? value : [];
  return paths.flatMap((path) => (typeof path === 'string' ? (folderAt(path.trim(), folder?.uri) ?? []) : []));
}

/** `notes` in the workspace folder, `/srv/notes`, `C:\notes` or `~/notes`; absent for a path that leads nowhere here. */
export function folderAt(path: string, base: vscode.Uri | undefined): vscode.Uri | undefined {
  if (path === '') return undefined;
  const home = /^~(?:[/\\]|$)/.test(path);
  if (!home && !/^(?:[/\\]|[A-Za-z]:[/\\])/.test(path)) return base && vscode.Uri.joinPath(base, path);
  const full = home ? atHome(path.slice(1)) : path;
  if (full === undefined) return undefined;
  // On a remote machine a path is one of that machine, where the workspace is.
  return base && base.scheme !== 'file' ? base.with({ path: vscode.Uri.file(full).path }) : vscode.Uri.file(full);
}

/** The web worker has no home; there such a path leads nowhere. */
function atHome(rest: string): string | undefined {
  const { HOME, USERPROFILE } = globalThis.process?.env ?? {};
  const home = HOME ?? USERPROFILE;
  return home === undefined || home === '' ? undefined : `${home}${rest}`;
}
