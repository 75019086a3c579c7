import * as vscode from 'vscode';
import { features } from '../core.ts';
import { readingOf } from '../documents.ts';
import { versionOf } from './version-address.ts';

/** The text of a patch to compare; our own words when it is not there. Only a document that is open already is looked into. */
export async function versionText(uri: vscode.Uri): Promise<string> {
  const asked = versionOf(uri);
  const name = asked?.source.toString();
  const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === name);
  const reading = document && (await readingOf(document));
  const { patchText } = await features();
  const text = asked && reading && patchText(reading, asked.message);
  return text ?? vscode.l10n.t('Open the mail that this patch is in, then compare the versions again.');
}
