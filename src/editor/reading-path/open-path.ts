import * as vscode from 'vscode';
import type { ReadingPath } from '#features/sharing';
import { sharingFeatures } from '../core.ts';

/** Bytes. */
const largest = 2 ** 22;

/** The path of a file that a menu names, of the text in the editor, or of one that the reader chooses. What is wrong with it is said. */
export async function openPath(asked: unknown): Promise<{ path: ReadingPath; file: vscode.Uri } | undefined> {
  const { isPath, readPath } = await sharingFeatures();
  const shown = vscode.window.activeTextEditor?.document;
  const inEditor = shown && isPath(shown.getText()) ? shown.uri : undefined;
  const file = asked instanceof vscode.Uri ? asked : (inEditor ?? (await choose()));
  if (!file) return undefined;
  const text = await textOf(file);
  if (text === undefined) return undefined;
  const { path, problems } = readPath(text);
  const [first] = problems;
  if (first) {
    const where = `${vscode.workspace.asRelativePath(file)}:${first.line}`;
    const more = problems.length > 1 ? ` ${vscode.l10n.t('({0} more)', problems.length - 1)}` : '';
    void vscode.window.showWarningMessage(`${where}: ${first.message}${more}`);
  }
  return path.stops.length === 0 ? undefined : { path, file };
}

async function choose(): Promise<vscode.Uri | undefined> {
  const picked = await vscode.window.showOpenDialog({
    filters: { [vscode.l10n.t('Reading Path')]: ['md'] },
    title: vscode.l10n.t('Walk Reading Path'),
  });
  return picked?.[0];
}

/** As it stands in the editor, else as it stands in the file. */
async function textOf(file: vscode.Uri): Promise<string | undefined> {
  const open = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === file.toString());
  if (open) return open.getText();
  try {
    const { size } = await vscode.workspace.fs.stat(file);
    if (size <= largest) return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    void vscode.window.showErrorMessage(vscode.l10n.t('A reading path has at most {0} MB of text.', largest / 2 ** 20));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(vscode.l10n.t('The reading path cannot be read: {0}', reason));
  }
  return undefined;
}
