import * as vscode from 'vscode';
import { features } from '../core.ts';
import { readingOf } from '../documents.ts';
import { messageAddress } from '../reading-address.ts';
import { readPlace } from '../show-place.ts';
import { bytesAddress } from './bytes-page.ts';

/** What can be done about a complaint. */
type Fix = 'read' | 'restore' | 'encoding' | 'bytes';

const encoded = /^(?:charset|encoded-word|transfer-encoding|uuencoded|html-as-text|text-behind)/;
const lines = /^(?:flattened-|carriage-returns|archive-page-loss|quote-(?:depth|end))/;
const bytes = /^(?:charset|invalid|encoded-word|transfer-encoding|control-character|hidden-)/;

function fixesOf(rule: string): Fix[] {
  return [
    ...(encoded.test(rule) ? ['read' as const] : []),
    ...(lines.test(rule) ? ['restore' as const] : []),
    ...(/^(?:charset|invalid)/.test(rule) ? ['encoding' as const] : []),
    ...(bytes.test(rule) ? ['bytes' as const] : []),
  ];
}

/** What would help with what is said in Problems. Nothing of a mail is changed by it. */
export function provideFixes(
  document: vscode.TextDocument,
  _range: vscode.Range,
  { diagnostics }: vscode.CodeActionContext,
): vscode.CodeAction[] {
  return diagnostics.flatMap((diagnostic) => {
    if (diagnostic.source !== 'Patchgloss' || typeof diagnostic.code !== 'string') return [];
    const offset = document.offsetAt(diagnostic.range.start);
    return fixesOf(diagnostic.code).map((fix) => {
      const action = new vscode.CodeAction(titleOf(fix), vscode.CodeActionKind.QuickFix);
      action.diagnostics = [diagnostic];
      const uri = document.uri.toString();
      action.command = { command: 'patchgloss.fix', title: action.title, arguments: [{ fix, uri, offset }] };
      return action;
    });
  });
}

function titleOf(fix: Fix): string {
  if (fix === 'read') return vscode.l10n.t('Read the message decoded');
  if (fix === 'restore') return vscode.l10n.t('Read the message with its lines restored');
  return fix === 'encoding' ? vscode.l10n.t('Read the file as...') : vscode.l10n.t('Show the bytes');
}

/** Does what a quick fix names. The argument is read as if anybody had written it. */
export async function fix(argument: unknown): Promise<void> {
  const place = readPlace(argument);
  const document = place && vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === place.uri);
  const reading = document && (await readingOf(document));
  if (!place || !reading) return;
  const wanted: unknown = typeof argument === 'object' && argument !== null ? Reflect.get(argument, 'fix') : undefined;
  if (wanted === 'encoding') {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.editor.changeEncoding');
    return;
  }
  const { messageAt, readingView } = await features();
  const message = messageAt(reading, place.offset) ?? 0;
  const title = readingView(reading, message)?.title;
  if (wanted === 'bytes') await open(bytesAddress(document, place.offset));
  else if ((wanted === 'read' || wanted === 'restore') && title !== undefined)
    await open(messageAddress(document.uri, message, title));
}

async function open(uri: vscode.Uri): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true });
}
