import * as vscode from 'vscode';
import type { FromPanel, PanelState, SavedFormat } from '#webview';

const kinds: Readonly<Record<SavedFormat, { ending: string; label: string }>> = {
  svg: { ending: 'svg', label: 'SVG' },
  png: { ending: 'png', label: 'PNG' },
  markdown: { ending: 'md', label: 'Markdown' },
};

/** Asks where to, and writes what the panel made. The name is made of our own ids. */
export async function save(state: PanelState, { format, text }: Extract<FromPanel, { type: 'save' }>): Promise<void> {
  const { ending, label } = kinds[format];
  const step = (state.step ?? -1) + 1;
  const name = [state.simulator, state.scenario ?? state.goal, `step-${step}`].filter(Boolean).join('-');
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(startFolder(), `${name}.${ending}`),
    filters: { [label]: [ending] },
  });
  if (!target) return;
  try {
    const bytes = format === 'png' ? fromBase64(text) : new TextEncoder().encode(text);
    await vscode.workspace.fs.writeFile(target, bytes);
    vscode.window.setStatusBarMessage(vscode.l10n.t('Saved {0}', vscode.workspace.asRelativePath(target)), 4000);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(vscode.l10n.t('The file could not be written: {0}', reason));
  }
}

/** The first folder of the workspace, else where the active document stands. */
function startFolder(): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (folder) return folder;
  const document = vscode.window.activeTextEditor?.document.uri;
  return document?.scheme === 'file' ? vscode.Uri.joinPath(document, '..') : vscode.Uri.file('/');
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
