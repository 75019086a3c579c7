import * as vscode from 'vscode';
import { features } from '../core.ts';
import { tellNoId } from '../navigation/elsewhere.ts';
import { mailHere } from '../navigation/mail-here.ts';
import { placeOf } from '../ranges.ts';

/** The address of the message at the caret in the archive of kernel lists. */
export async function copyLoreLink(): Promise<void> {
  const here = await mailHere();
  if (!here) return;
  const { archiveAddress, messageAt } = await features();
  const address = archiveAddress(here.reading, messageAt(here.reading, here.offset) ?? 0);
  if (address === undefined) return tellNoId();
  await copy(address, vscode.l10n.t('Copied: {0}', address));
}

/** The selection, or the whole message, as Markdown with who said it. */
export async function copyMarkdownQuote(): Promise<void> {
  await copyQuote('markdownQuote', vscode.l10n.t('The quote was copied as Markdown.'));
}

/** The same as an answer quotes it. */
export async function copyPlainReply(): Promise<void> {
  await copyQuote('plainReply', vscode.l10n.t('The quote was copied as an answer begins with it.'));
}

async function copyQuote(form: 'markdownQuote' | 'plainReply', told: string): Promise<void> {
  const here = await mailHere();
  if (!here) return;
  const rooms = await features();
  const selection = placeOf(here.document, here.editor.selection);
  const text = rooms[form](here.reading, selection);
  if (text === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is nothing to quote at the caret.'));
    return;
  }
  await copy(text, told);
}

async function copy(text: string, told: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(told, 4000);
}
