import * as vscode from 'vscode';
import type { TermMention } from '#features';
import { rangeOf } from '../ranges.ts';

/** Where the first piece of a mention stands. */
export function rangeOfMention(document: vscode.TextDocument, { spans: [first] }: TermMention): vscode.Range {
  return rangeOf(document, first ?? { start: 0, end: 0 });
}

/** Who says it; of quoted words that they are quoted. */
export function whoSays({ speaker, own }: TermMention): string {
  if (own) return speaker ?? '';
  return speaker === undefined ? vscode.l10n.t('quoted') : vscode.l10n.t('{0}, quoted', speaker);
}
