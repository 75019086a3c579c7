import * as vscode from 'vscode';
import { isSearch, type Search, type ShownMailbox } from './shown-mailbox.ts';

/** What stands beside the title of the view: the mailbox, or who was searched. */
export function nameOf({ origin }: ShownMailbox): string {
  return isSearch(origin) ? origin.where : fileName(origin.uri);
}

/** What stands above the rows: how much there is, and what was asked for. `unread` counts messages. */
export function countsOf(shown: ShownMailbox, unread: number): string {
  const { origin, filtered, threads } = shown;
  if (filtered) return filteredText(filtered.text, filtered.messages, filtered.threads.length);
  if (isSearch(origin)) return searchText(origin);
  const [mails, left] = [threads.count.toLocaleString(), unread.toLocaleString()];
  return threads.members.length === 1
    ? vscode.l10n.t('1 thread, {0} messages, {1} not read', mails, left)
    : vscode.l10n.t('{0} threads, {1} messages, {2} not read', threads.members.length.toLocaleString(), mails, left);
}

function filteredText(text: string, messages: number, threads: number): string {
  return vscode.l10n.t('"{0}": {1} messages in {2} threads', text, messages.toLocaleString(), threads.toLocaleString());
}

function searchText(search: Search): string {
  const { query, more } = search;
  const { threads, messages } = search.found;
  if (threads.count === 0) return vscode.l10n.t('"{0}": nothing was found. Clear the search to go back.', query);
  const counts = filteredText(query, threads.count, threads.members.length);
  if (more) return vscode.l10n.t('{0}. There may be more: narrow the query, or download all.', counts);
  return messages.every(({ file }) => file !== undefined)
    ? counts
    : vscode.l10n.t('{0}. A click on one fetches its thread.', counts);
}

export function saidOf(error: unknown): string {
  if (error instanceof vscode.CancellationError)
    return vscode.l10n.t('Reading was cancelled. Open the mailbox again to go on.');
  return error instanceof Error ? error.message : String(error);
}

export function fileName(uri: vscode.Uri): string {
  return uri.path.split('/').at(-1) ?? uri.path;
}
