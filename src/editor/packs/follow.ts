import * as vscode from 'vscode';
import { ownNoteFolders } from './folders.ts';

/** Calls when notes may be others than before: a file, a setting, a folder of the workspace, its trust. */
export function followNotes(refresh: () => void): vscode.Disposable {
  let watchers = watchFolders(refresh);
  const anew = () => {
    watchers.dispose();
    watchers = watchFolders(refresh);
    refresh();
  };
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('patchgloss.notes')) anew();
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(anew),
    vscode.workspace.onDidGrantWorkspaceTrust(anew),
    // A watcher can miss what happens: outside of the workspace, on a virtual file system, where the system gives no more watchers.
    vscode.workspace.onDidSaveTextDocument(({ uri }) => {
      if (uri.path.endsWith('.md')) refresh();
    }),
    vscode.workspace.onDidDeleteFiles(refresh),
    vscode.workspace.onDidRenameFiles(refresh),
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) refresh();
    }),
    new vscode.Disposable(() => watchers.dispose()),
  );
}

function watchFolders(refresh: () => void): vscode.Disposable {
  const watchers = ownNoteFolders().map((folder) =>
    vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '*.md')),
  );
  return vscode.Disposable.from(
    ...watchers,
    ...watchers.flatMap((watcher) => [
      watcher.onDidChange(refresh),
      watcher.onDidCreate(refresh),
      watcher.onDidDelete(refresh),
    ]),
  );
}
