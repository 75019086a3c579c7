import * as vscode from 'vscode';
import { type PanelState, stateOf } from '#webview';
import { simulators } from './core.ts';

const path = '/simulate';

/** The link that opens a shared text in this editor, whichever it is: `vscode://patchgloss.patchgloss/simulate?tdmr-pamt?step=3`. */
export function linkTo(share: string): string {
  return `${vscode.env.uriScheme}://patchgloss.patchgloss${path}?${share}`;
}

/** The state that such a link asks for. It may come from anywhere: all of it is checked, and what is wrong is said. */
export async function stateOfLink(uri: vscode.Uri): Promise<PanelState | undefined> {
  const { parseShare } = await simulators();
  const parsed = uri.path === path ? parseShare(uri.query) : undefined;
  const state = parsed?.ok ? stateOf(parsed.shared) : undefined;
  if (state === undefined) {
    const reason = parsed && !parsed.ok ? parsed.message : uri.path;
    void vscode.window.showWarningMessage(vscode.l10n.t('This link leads to no simulator: {0}', reason.slice(0, 300)));
  }
  return state;
}
