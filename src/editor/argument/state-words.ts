import * as vscode from 'vscode';
import type { ComparedVersions } from '#features';

/** What became of a patch. */
export function stateWord(state: ComparedVersions['patches'][number]['state']): string {
  switch (state) {
    case 'unchanged':
      return vscode.l10n.t('unchanged');
    case 'context':
      return vscode.l10n.t('context only');
    case 'changed':
      return vscode.l10n.t('changed');
    case 'new':
      return vscode.l10n.t('new');
    case 'dropped':
      return vscode.l10n.t('dropped');
    case 'unknown':
      return vscode.l10n.t('cannot tell');
  }
}
