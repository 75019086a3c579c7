import * as vscode from 'vscode';
import { isSearch, type ShownMailbox } from './shown-mailbox.ts';

/** Where a message of the view lies: in a mailbox, by its number there; at a server; or only its id is known, by which servers are asked. */
export type MailPlace = { mailbox: vscode.Uri; message: number } | { url: string };

/** Absent where nobody says. */
export function placeOf({ origin }: Pick<ShownMailbox, 'origin'>, message: number): MailPlace | undefined {
  if (!isSearch(origin)) return { mailbox: origin.uri, message };
  const { file, index = 0, url, messageId = '' } = origin.found.messages[message] ?? {};
  if (file !== undefined) return { mailbox: vscode.Uri.parse(file, true), message: index };
  if (url !== undefined) return { url };
  return messageId === '' ? undefined : { url: `<${messageId}>` };
}

export function isAtHand(shown: Pick<ShownMailbox, 'origin'>, message: number): boolean {
  const place = placeOf(shown, message);
  return place !== undefined && 'mailbox' in place;
}
