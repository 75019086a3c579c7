import * as vscode from 'vscode';
import { commandLink } from '../command-link.ts';
import { ask } from '../documents.ts';
import { rangeOf } from '../ranges.ts';
import { kinship, messagesBeside } from './open-mails.ts';

const fetchCommand = 'patchgloss.fetchThread';

/** Of a mail that is named and is in no document that is open: an offer to fetch its thread. The click is the consent; whom to ask the reader's settings say, not the mail. */
export async function provideMessageHover(
  document: vscode.TextDocument,
  position: vscode.Position,
  token: vscode.CancellationToken,
): Promise<vscode.Hover | undefined> {
  const offset = document.offsetAt(position);
  const named = await ask(document, token, ({ messageIdAt }, reading) => {
    const found = messageIdAt(reading, offset);
    return found && { ...found, reading };
  });
  if (!named || !isPlainId(named.messageId)) return undefined;
  const own = await kinship(named.reading, token);
  if (!own || own.ids.has(named.messageId)) return undefined;
  const beside = await messagesBeside(document, token);
  if (token.isCancellationRequested || beside.has(named.messageId)) return undefined;
  return new vscode.Hover(offer(named.messageId), rangeOf(document, named.place));
}

/** The command reads it again, and more strictly. */
function isPlainId(messageId: string): boolean {
  return messageId.length < 1000 && /^[^<>\s@]+@[^<>\s@]+$/.test(messageId);
}

/** Our own words; the id stands in the argument alone. */
function offer(messageId: string): vscode.MarkdownString {
  const words = `${vscode.l10n.t('This message is not here.')} [${vscode.l10n.t('Fetch Thread')}](${commandLink(fetchCommand, `<${messageId}>`)})`;
  const made = new vscode.MarkdownString(words);
  made.isTrusted = { enabledCommands: [fetchCommand] };
  made.supportHtml = false;
  return made;
}
