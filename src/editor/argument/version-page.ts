import * as vscode from 'vscode';
import { features } from '../core.ts';
import { readingOf } from '../documents.ts';
import { isApplied, versionOf } from './version-address.ts';
import { appliedText } from './versions-at-base.ts';

/** A text to compare; our own words when it is not there. Only a document that is open already is looked into. */
export async function versionText(uri: vscode.Uri): Promise<string> {
  if (isApplied(uri)) return appliedText(uri) ?? vscode.l10n.t('Compare the versions again to see this file.');
  const asked = versionOf(uri);
  const name = asked?.source.toString();
  const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === name);
  const reading = document && (await readingOf(document));
  const { patchText } = await features();
  const text = asked && reading && patchText(reading, asked.message);
  return text ?? vscode.l10n.t('Open the mail that this patch is in, then compare the versions again.');
}
