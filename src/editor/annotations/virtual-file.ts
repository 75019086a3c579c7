import * as vscode from 'vscode';
import type { Store } from '#annotations';
import type { ChangedFile } from './changed-file.ts';
import type { FilePort } from './file-port.ts';
import { changeVirtualStore } from './virtual-store.ts';

/** Changes an annotation file through the editor's file system. */
export async function changeVirtualFile(
  file: vscode.Uri,
  label: string | undefined,
  change: (store: Store) => Store,
): Promise<ChangedFile> {
  await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(file, '..'));
  const name = vscode.workspace.asRelativePath(file);
  return changeVirtualStore(beside(file), file.path, label, change, {
    busy: vscode.l10n.t('The annotation file {0} is being written by somebody else all the time.', name),
    readOnly: (why) => vscode.l10n.t('The annotation file {0} is for reading only. {1}', name, why),
  });
}

/** The files of the file system that a file is in, by their paths. */
function beside(file: vscode.Uri): FilePort {
  const { fs } = vscode.workspace;
  const at = (path: string) => file.with({ path });
  return {
    read: (path) => readText(at(path)),
    write: async (path, text) => fs.writeFile(at(path), new TextEncoder().encode(text)),
    rename: async (from, to, overwrite) => fs.rename(at(from), at(to), { overwrite }),
    async remove(path) {
      try {
        await fs.delete(at(path));
      } catch {
        // Somebody else was faster, or it was moved.
      }
    },
    async changedAt(path) {
      try {
        return (await fs.stat(at(path))).mtime;
      } catch {
        return undefined;
      }
    },
  };
}

export async function readText(uri: vscode.Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
    throw error;
  }
}
