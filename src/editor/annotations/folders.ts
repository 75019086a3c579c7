import * as vscode from 'vscode';
import { sourceUri } from './reading-address.ts';

const useStorageKey = 'patchgloss.notesInStorage';

/** Where the notes of a document are kept, and where they are looked for. */
export interface NoteFolders {
  /** Folders to read, the one to write first. They need not exist. */
  readable(document: vscode.TextDocument): vscode.Uri[];
  /** The folder to write; asks once when no folder is open. Absent: the reader would rather not. */
  writable(document: vscode.TextDocument): Promise<vscode.Uri | undefined>;
}

export function noteFolders(context: vscode.ExtensionContext): NoteFolders {
  const storage = vscode.Uri.joinPath(context.globalStorageUri, 'annotations');
  return {
    readable(document) {
      const folder = inWorkspace(document);
      return folder ? [folder, storage] : [storage];
    },
    async writable(document) {
      const folder = inWorkspace(document);
      if (folder) return folder;
      if (context.globalState.get(useStorageKey) === true) return storage;
      const keep = vscode.l10n.t("Keep in the Editor's Storage");
      const answer = await vscode.window.showInformationMessage(
        vscode.l10n.t(
          "No folder is open, so there is no place beside the mail for notes. They can be kept in the editor's own storage on this computer.",
        ),
        keep,
      );
      if (answer !== keep) return undefined;
      await context.globalState.update(useStorageKey, true);
      return storage;
    },
  };
}

/** `.patchgloss/annotations` in the folder the mail is in, or in the first folder of the workspace. */
function inWorkspace(document: vscode.TextDocument): vscode.Uri | undefined {
  const folder = vscode.workspace.getWorkspaceFolder(sourceUri(document.uri)) ?? vscode.workspace.workspaceFolders?.[0];
  return folder && vscode.Uri.joinPath(folder.uri, '.patchgloss', 'annotations');
}
