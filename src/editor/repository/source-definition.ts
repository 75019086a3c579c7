import * as vscode from 'vscode';
import { ask } from '../documents.ts';
import { rangeOf } from '../ranges.ts';

/** So many places of one name are shown. */
const mostPlaces = 5;

/** Of a file or a function that the text names: where it is in the folders that are open. Nothing where it is not. */
export async function provideSourceDefinition(
  document: vscode.TextDocument,
  position: vscode.Position,
  token: vscode.CancellationToken,
): Promise<vscode.DefinitionLink[] | undefined> {
  const named = await ask(document, token, ({ sourceNameAt }, reading) =>
    sourceNameAt(reading, document.offsetAt(position)),
  );
  if (!named) return undefined;
  const originSelectionRange = rangeOf(document, named.place);
  const found = named.path ? await filesOf(named.path, named.line ?? 1) : await symbolsOf(named.symbol ?? '');
  return token.isCancellationRequested ? undefined : found.map((link) => ({ ...link, originSelectionRange }));
}

type Target = Pick<vscode.DefinitionLink, 'targetUri' | 'targetRange'>;

/** The file in each open folder that has it. A way that leads over a symbolic link may leave the folder, and is not taken. */
async function filesOf(path: readonly string[], line: number): Promise<Target[]> {
  const targets: Target[] = [];
  for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
    let file = uri;
    let type: vscode.FileType | undefined = vscode.FileType.Directory;
    for (const part of path) {
      if (type !== vscode.FileType.Directory) break;
      file = vscode.Uri.joinPath(file, part);
      type = await typeOf(file);
    }
    if (type === vscode.FileType.File)
      targets.push({ targetUri: file, targetRange: new vscode.Range(line - 1, 0, line - 1, 0) });
  }
  return targets;
}

async function typeOf(uri: vscode.Uri): Promise<vscode.FileType | undefined> {
  try {
    return (await vscode.workspace.fs.stat(uri)).type;
  } catch {
    return undefined;
  }
}

async function symbolsOf(name: string): Promise<Target[]> {
  const found = await vscode.commands.executeCommand<vscode.SymbolInformation[] | undefined>(
    'vscode.executeWorkspaceSymbolProvider',
    name,
  );
  const same = (found ?? []).filter((symbol) => symbol.name.replace(/\(.*$/, '') === name);
  return same.slice(0, mostPlaces).map(({ location }) => ({ targetUri: location.uri, targetRange: location.range }));
}
