import * as vscode from 'vscode';
import { folderAt } from '../packs/folders.ts';
import { sourceUri } from '../reading-address.ts';

const useStorageKey = 'patchgloss.notesInStorage';

/** Where notes are kept, and where they are looked for. */
export interface NoteFolders {
  /** Folders to read; where two have a note of the same id, the first counts. They need not exist. */
  readable(): vscode.Uri[];
  /** The folder to write notes of a document to; asks once when no folder is open. Absent: the reader would rather not. */
  writable(document: vscode.TextDocument | undefined): Promise<vscode.Uri | undefined>;
}

export function noteFolders(context: vscode.ExtensionContext): NoteFolders {
  const storage = vscode.Uri.joinPath(context.globalStorageUri, 'annotations');
  return {
    readable() {
      const workspace = vscode.workspace.workspaceFolders ?? [];
      const named = workspace.length > 0 ? workspace.flatMap(namedFolder) : namedFolder(undefined);
      const all = [...named, ...workspace.map(ownFolder), storage];
      return [...new Map(all.map((uri) => [uri.toString(), uri])).values()];
    },
    async writable(document) {
      const own = document && vscode.workspace.getWorkspaceFolder(sourceUri(document.uri));
      const folder = own ?? vscode.workspace.workspaceFolders?.[0];
      const [named] = namedFolder(folder);
      if (named) return named;
      if (folder) return ownFolder(folder);
      return (await mayUseStorage(context)) ? storage : undefined;
    },
  };
}

function ownFolder(folder: vscode.WorkspaceFolder): vscode.Uri {
  return vscode.Uri.joinPath(folder.uri, '.patchgloss', 'annotations');
}

/**
 * The folder of the setting. A workspace that is not trusted may not name one: a path can lead to another computer, which would be told who
 * reads, and notes would be written there.
 */
function namedFolder(folder: vscode.WorkspaceFolder | undefined): vscode.Uri[] {
  const settings = vscode.workspace.getConfiguration('patchgloss', folder);
  const value = vscode.workspace.isTrusted
    ? settings.get<unknown>('annotations.folder')
    : settings.inspect<unknown>('annotations.folder')?.globalValue;
  const named = typeof value === 'string' ? folderAt(value.trim(), folder?.uri) : undefined;
  return named ? [named] : [];
}

async function mayUseStorage(context: vscode.ExtensionContext): Promise<boolean> {
  if (context.globalState.get(useStorageKey) === true) return true;
  const keep = vscode.l10n.t("Keep in the Editor's Storage");
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      "No folder is open, so there is no place beside the mail for notes. They can be kept in the editor's own storage on this computer.",
    ),
    keep,
  );
  if (answer !== keep) return false;
  await context.globalState.update(useStorageKey, true);
  return true;
}
