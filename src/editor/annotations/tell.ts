import * as vscode from 'vscode';
import type { Store } from '#annotations';

/** What was told already in this session, so that it is told once. */
const told = new Set<string>();

/** Says once a file that it, or some of its notes, could not be read. */
export function tellDamage(file: vscode.Uri, { keepAside, newer, damaged }: Store): void {
  const name = vscode.workspace.asRelativePath(file);
  if (keepAside !== undefined && once(`${file.toString()} ${keepAside}`)) {
    const words = newer
      ? vscode.l10n.t('The annotation file {0} is for reading only. {1}', name, keepAside)
      : vscode.l10n.t('The annotation file {0} cannot be read; the others are. {1}', name, keepAside);
    void warn(file, words);
  }
  const [first] = damaged;
  if (first !== undefined && once(`${file.toString()} ${first.reason}`)) {
    const words = vscode.l10n.t(
      '{0} entries of {1} are no notes and are kept as they are. {2}',
      damaged.length,
      name,
      first.reason,
    );
    void warn(file, words);
  }
}

/** Says that a damaged file was put aside when a note was written. */
export function tellKept(file: vscode.Uri, keptAs: string, damage: string): void {
  const name = vscode.workspace.asRelativePath(file);
  const aside = keptAs.split(/[/\\]/).at(-1) ?? keptAs;
  void warn(
    vscode.Uri.joinPath(file, '..', aside),
    vscode.l10n.t('{0} could not be read and was kept as {1}; a new file was begun. {2}', name, aside, damage),
  );
}

/** Says where another window, or an edit of the file, had changed the same notes. */
export function tellConflicts(conflicts: readonly { message: string }[]): void {
  for (const message of new Set(conflicts.map((one) => one.message)))
    void vscode.window.showInformationMessage(vscode.l10n.t('A note was changed in two places. {0}', message));
}

async function warn(file: vscode.Uri, words: string): Promise<void> {
  const open = vscode.l10n.t('Open File');
  if ((await vscode.window.showWarningMessage(words, open)) === open) {
    await vscode.commands.executeCommand('vscode.open', file);
  }
}

/** Says once a document that notes about it have no place in it. */
export function tellUnplaced(document: vscode.TextDocument, count: number): void {
  if (count === 0 || !once(`unplaced ${document.uri.toString()}`)) return;
  const show = vscode.l10n.t('Show');
  const message = vscode.l10n.t('Notes about this mail that have no place in it: {0}. They are kept.', count);
  void vscode.window.showWarningMessage(message, show).then((answer) => {
    if (answer === show) void vscode.commands.executeCommand('patchgloss.showUnplacedNotes');
  });
}

function once(key: string): boolean {
  if (told.has(key)) return false;
  told.add(key);
  return true;
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
