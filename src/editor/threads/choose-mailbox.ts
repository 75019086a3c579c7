import * as vscode from 'vscode';
import { readsFolders } from '#editor/mailbox-files';

/** Asks for a mailbox. Most systems let one choose files or folders, never both at once, so that is asked first. */
export async function chooseMailbox(): Promise<vscode.Uri | undefined> {
  const kind = readsFolders ? await chooseKind() : 'file';
  if (!kind) return undefined;
  const filters = { [vscode.l10n.t('Mailboxes')]: ['mbox', 'mbx', 'eml', 'gz'], [vscode.l10n.t('All files')]: ['*'] };
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Open Mailbox'),
      openLabel: vscode.l10n.t('Open Mailbox'),
      ...(kind === 'file' ? { filters } : { canSelectFiles: false, canSelectFolders: true }),
    })) ?? [];
  return uri;
}

async function chooseKind(): Promise<'file' | 'folder' | undefined> {
  const file = { label: vscode.l10n.t('File'), description: vscode.l10n.t('a mailbox, also a compressed one') };
  const folder = {
    label: vscode.l10n.t('Folder'),
    description: vscode.l10n.t('a maildir, a public-inbox, a folder of mails'),
  };
  const chosen = await vscode.window.showQuickPick([file, folder], { title: vscode.l10n.t('Open Mailbox') });
  return chosen === undefined ? undefined : chosen === file ? 'file' : 'folder';
}
