import * as vscode from 'vscode';

type HoverMode = 'on' | 'withModifier' | 'off';

const setting = 'patchgloss.hovers';
/** After the command, how long (ms) a question of the editor is taken for its own. */
const patience = 2000;

let asked: { uri: string; position: vscode.Position; until: number } | undefined;
/** What the switch goes back to when it is turned on again. */
let before: HoverMode = 'on';

export function hoverMode(scope: vscode.ConfigurationScope | undefined): HoverMode {
  const value = vscode.workspace.getConfiguration(undefined, scope ?? null).get<string>(setting);
  return value === 'off' || value === 'withModifier' ? value : 'on';
}

/** Whether a hover may explain something here. An extension is not told which keys are held, so with a modifier means: asked for by key or command. */
export function mayExplain(document: vscode.TextDocument, position: vscode.Position): boolean {
  const mode = hoverMode(document);
  if (mode !== 'withModifier') return mode === 'on';
  return (
    asked !== undefined &&
    asked.uri === document.uri.toString() &&
    asked.position.isEqual(position) &&
    Date.now() < asked.until
  );
}

/** The hover at the caret, also where hovers wait to be asked for. */
export async function showHover(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return;
  asked = {
    uri: editor.document.uri.toString(),
    position: editor.selection.active,
    until: Date.now() + patience,
  };
  await vscode.commands.executeCommand('editor.action.showHover');
}

/** Off, or back to what it was. Where a workspace or a folder has a value of its own, that one is changed. */
export async function toggleHovers(): Promise<void> {
  const scope = vscode.window.activeTextEditor?.document;
  const mode = hoverMode(scope);
  if (mode !== 'off') before = mode;
  const next: HoverMode = mode === 'off' ? before : 'off';
  const settings = vscode.workspace.getConfiguration(undefined, scope ?? null);
  const set = settings.inspect<string>(setting);
  const target =
    set?.workspaceFolderValue !== undefined
      ? vscode.ConfigurationTarget.WorkspaceFolder
      : set?.workspaceValue !== undefined
        ? vscode.ConfigurationTarget.Workspace
        : vscode.ConfigurationTarget.Global;
  await settings.update(setting, next, target);
  const said =
    next === 'off' ? vscode.l10n.t('Hovers and decorations are off.') : vscode.l10n.t('Hovers and decorations are on.');
  vscode.window.setStatusBarMessage(said, 4000);
}
