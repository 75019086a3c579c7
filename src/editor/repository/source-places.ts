import * as vscode from 'vscode';
import type { SourceName } from '#features';
import { optionPlaces } from './kconfig.ts';
import type { SourcePlace } from './source-place.ts';

/** So many places of one name are shown. */
const mostPlaces = 5;

/** Where the folders that are open have a file, a function or an option that a mail names. */
export async function sourcePlaces(named: SourceName, token: vscode.CancellationToken): Promise<SourcePlace[]> {
  if (named.path) return filesOf(named.path, named.line ?? 1, token);
  return named.option === undefined ? symbolsOf(named.symbol ?? '') : optionPlaces(named.option, token);
}

/** The file below each open folder; where none has it, files whose path ends so. */
async function filesOf(path: readonly string[], line: number, token: vscode.CancellationToken): Promise<SourcePlace[]> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const found = await Promise.all(folders.map(({ uri }) => fileBelow(uri, path)));
  const below = found.filter((uri) => uri !== undefined);
  const files = below.length > 0 ? below : await filesThatEndIn(path, token);
  return files.map((targetUri) => ({ targetUri, targetRange: new vscode.Range(line - 1, 0, line - 1, 0) }));
}

/** A way that leads over a symbolic link may leave the folder, and is not taken. */
async function fileBelow(folder: vscode.Uri, path: readonly string[]): Promise<vscode.Uri | undefined> {
  let file = folder;
  let type: vscode.FileType | undefined = vscode.FileType.Directory;
  for (const part of path) {
    if (type !== vscode.FileType.Directory) return undefined;
    file = vscode.Uri.joinPath(file, part);
    type = await typeOf(file);
  }
  return type === vscode.FileType.File ? file : undefined;
}

async function typeOf(uri: vscode.Uri): Promise<vscode.FileType | undefined> {
  try {
    return (await vscode.workspace.fs.stat(uri)).type;
  } catch {
    return undefined;
  }
}

async function filesThatEndIn(path: readonly string[], token: vscode.CancellationToken): Promise<vscode.Uri[]> {
  // A bracket of a name is one here, not the beginning of a pattern.
  const pattern = `**/${path.join('/').replaceAll(/[[\]{}]/g, '[$&]')}`;
  const found = await vscode.workspace.findFiles(pattern, undefined, mostPlaces, token);
  const inside = await Promise.all(
    found.map((uri) => {
      const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri;
      const way = folder && uri.path.startsWith(`${folder.path}/`) ? uri.path.slice(folder.path.length + 1) : undefined;
      return folder && way !== undefined ? fileBelow(folder, way.split('/')) : undefined;
    }),
  );
  return inside.filter((uri) => uri !== undefined);
}

async function symbolsOf(name: string): Promise<SourcePlace[]> {
  const found = await vscode.commands.executeCommand<vscode.SymbolInformation[] | undefined>(
    'vscode.executeWorkspaceSymbolProvider',
    name,
  );
  const same = (found ?? []).filter((symbol) => symbol.name.replace(/\(.*$/, '') === name);
  return same.slice(0, mostPlaces).map(({ location }) => ({ targetUri: location.uri, targetRange: location.range }));
}
