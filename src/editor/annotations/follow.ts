import * as vscode from 'vscode';
import type { NoteFolders } from './folders.ts';
import type { NoteLibrary } from './library.ts';

/** Notes follow their files: an outside edit, another window, a Git checkout, another folder. */
export function followFiles(folders: NoteFolders, library: NoteLibrary): vscode.Disposable {
  const look = () => void library.look();
  let watchers = watch(folders, look);
  const anew = () => {
    watchers.dispose();
    watchers = watch(folders, look);
    look();
  };
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeWorkspaceFolders(anew),
    vscode.workspace.onDidGrantWorkspaceTrust(anew),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('patchgloss.annotations.folder')) anew();
    }),
    // A watcher can miss what happens, in a folder that has just been made or where the system gives no more watchers: what comes
    // to the front is looked at anyway.
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) look();
    }),
    vscode.window.onDidChangeActiveTextEditor(look),
    new vscode.Disposable(() => watchers.dispose()),
  );
}

function watch(folders: NoteFolders, look: () => void): vscode.Disposable {
  const watchers = folders
    .readable()
    .map((folder) => vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '*.jsonld')));
  return vscode.Disposable.from(
    ...watchers,
    ...watchers.flatMap((watcher) => [watcher.onDidChange(look), watcher.onDidCreate(look), watcher.onDidDelete(look)]),
  );
}
