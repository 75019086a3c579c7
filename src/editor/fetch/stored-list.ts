import * as vscode from 'vscode';
import { dayOf } from '../threads/ages.ts';
import { indexFolder } from './kept-indexes.ts';
import { chosenFolder, storageLimit } from './settings.ts';
import { sizeOf, totalOf } from './sizes.ts';
import { deleteStored, forgetDownloads, type StoredData, storedData } from './stored-data.ts';

/** A row: what happens when it is chosen, and what its button deletes. */
type Row = vscode.QuickPickItem & { chosen?: () => Thenable<unknown>; file?: vscode.Uri };

/** Lists fetched threads and kept indexes with where they lie and how large they are: to open, to delete one by one or all at once. */
export async function showStoredData(context: vscode.ExtensionContext): Promise<void> {
  const list = vscode.window.createQuickPick<Row>();
  const fill = async () => {
    const data = await storedData(context);
    list.title = vscode.l10n.t('What Patchgloss has stored: {0}', sizeOf(totalOf([...data.threads, ...data.indexes])));
    list.items = rowsOf(context, data);
  };
  list.placeholder = vscode.l10n.t('Choose one to open it');
  list.matchOnDescription = true;
  list.onDidTriggerItemButton(async ({ item: { file } }) => {
    if (file) await deleteStored(context, [file]);
    await fill();
  });
  list.onDidAccept(() => {
    const [row] = list.selectedItems;
    list.hide();
    void row?.chosen?.();
  });
  list.onDidHide(() => list.dispose());
  await fill();
  list.show();
}

function rowsOf(context: vscode.ExtensionContext, data: StoredData): Row[] {
  const folder = chosenFolder();
  const { threads, indexes, memory } = data;
  const remembered: Row[] = [
    separator(vscode.l10n.t('What is remembered of {0} fetched threads: {1}', memory.threads, sizeOf(memory.size))),
    folderRow(context.globalStorageUri),
    { label: vscode.l10n.t('$(trash) Forget Downloads'), chosen: () => forgetDownloads(context) },
  ];
  return [
    separator(vscode.l10n.t('Fetched threads: {0}, {1}', threads.length, sizeOf(totalOf(threads)))),
    ...threads.map(({ file, size }) =>
      fileRow(file, fileName(file), sizeOf(size), () => vscode.window.showTextDocument(file)),
    ),
    ...(folder ? [folderRow(folder)] : []),
    ...deleteRow(
      context,
      vscode.l10n.t('Delete All Fetched Threads'),
      vscode.l10n.t('Margin notes on them are kept. Threads can be fetched again.'),
      threads,
    ),
    separator(
      vscode.l10n.t('Kept indexes: {0}, {1} of {2}', indexes.length, sizeOf(totalOf(indexes)), sizeOf(storageLimit())),
    ),
    ...indexes.map(({ file, mailbox, size, used }) =>
      fileRow(
        file,
        mailbox ? fileName(mailbox) : vscode.l10n.t('a mailbox'),
        vscode.l10n.t('{0}, used {1}', sizeOf(size), dayOf(used)),
        async () => mailbox && vscode.commands.executeCommand('patchgloss.openMailbox', mailbox),
      ),
    ),
    ...(indexes.length > 0 ? [folderRow(indexFolder(context.globalStorageUri))] : []),
    ...deleteRow(
      context,
      vscode.l10n.t('Delete All Indexes'),
      vscode.l10n.t('Mailboxes are read again when they are opened.'),
      indexes,
    ),
    ...(memory.size > 0 ? remembered : []),
  ];
}

function separator(label: string): Row {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function fileRow(file: vscode.Uri, name: string, description: string, chosen: () => Thenable<unknown>): Row {
  const remove = { iconPath: new vscode.ThemeIcon('trash'), tooltip: vscode.l10n.t('Delete') };
  return { label: withoutIcons(name), description, file, buttons: [remove], chosen };
}

function folderRow(folder: vscode.Uri): Row {
  const description = folder.scheme === 'file' ? folder.fsPath : folder.toString(true);
  return { label: vscode.l10n.t('$(folder-opened) Open Folder'), description, chosen: () => showFolder(folder) };
}

/** Nothing, where there is nothing to delete. */
function deleteRow(
  context: vscode.ExtensionContext,
  label: string,
  detail: string,
  files: readonly { file: vscode.Uri; size: number }[],
): Row[] {
  const chosen = async () => {
    const remove = vscode.l10n.t('Delete');
    const question = vscode.l10n.t('Delete {0} files, {1}?', files.length, sizeOf(totalOf(files)));
    const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, remove);
    if (answer === remove)
      await deleteStored(
        context,
        files.map(({ file }) => file),
      );
  };
  return files.length === 0 ? [] : [{ label: `$(trash) ${label}...`, chosen }];
}

/** In the file manager; where there is none for this folder, in a window of its own. */
async function showFolder(folder: vscode.Uri): Promise<void> {
  try {
    await vscode.commands.executeCommand('revealFileInOS', folder);
  } catch {
    await vscode.commands.executeCommand('vscode.openFolder', folder, { forceNewWindow: true });
  }
}

/** The name of a fetched thread is of strangers, and `$(name)` would be an icon. */
function withoutIcons(text: string): string {
  return text.replaceAll('$(', '$\u200b(');
}

function fileName(file: vscode.Uri): string {
  return file.path.slice(file.path.lastIndexOf('/') + 1);
}
