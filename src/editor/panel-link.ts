import * as vscode from 'vscode';
import type { Shared } from '#simulators';
import { type PanelState, readState } from '#webview';
import { simulators } from './core.ts';

const path = '/simulate';

/** The link that opens a shared text in this editor, whichever it is: `vscode://patchgloss.patchgloss/simulate?tdmr-pamt?step=3`. */
export function linkTo(share: string): string {
  return `${vscode.env.uriScheme}://patchgloss.patchgloss${path}?${share}`;
}

/** What a panel shows of a shared text; absent when it cannot be shown. */
export function stateOf(shared: Shared): PanelState | undefined {
  const { simulator, scenario, goal, parameters, against, step } = shared;
  return readState({ simulator, scenario, goal, values: goal === undefined ? parameters : {}, against, step });
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
