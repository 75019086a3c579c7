import * as vscode from 'vscode';
import { isFound, type Query, type Searchable } from '#archive/search';
import type { FoundMail, MailboxThreads, Reading, SearchableMessage } from '#features';
import { type Features, features } from '../core.ts';
import { isOurs, readingOf } from '../documents.ts';
import { chosenFolder } from '../fetch/settings.ts';
import { sourceUri } from '../reading-address.ts';
import { isReadInPieces, openMailbox } from '../threads/open-mailbox.ts';

/** So many files are looked through. */
const MOST_FILES = 500;
/** Larger files are looked at message by message, as their reading views are, and so are folders and compressed files; in bytes. */
const MOST_OPENED = 8 * 2 ** 20;
/** How long the editor waits for us at most, in milliseconds. */
const SLICE = 20;

/** Searches mail that is open, that lies in the workspace, and that was fetched; and the mailbox of the Threads view. */
export async function searchHere(query: Query, pinned: vscode.Uri | undefined): Promise<FoundMail[]> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Searching mail'),
    cancellable: true,
  };
  return vscode.window.withProgress(options, async (progress, token) => {
    const rooms = await features();
    const found: FoundMail[] = [];
    for (const uri of await mailFiles(pinned)) {
      if (token.isCancellationRequested) break;
      progress.report({ message: uri.path.slice(uri.path.lastIndexOf('/') + 1) });
      for await (const mail of foundIn(uri, query, rooms, token)) found.push(mail);
    }
    return found;
  });
}

/** Open documents first; each file once. What a reading view shows is found in its source. */
async function mailFiles(pinned: vscode.Uri | undefined): Promise<vscode.Uri[]> {
  const uris = new Map<string, vscode.Uri>();
  const add = (uri: vscode.Uri) => uris.set(uri.toString(), uri);
  for (const document of vscode.workspace.textDocuments) if (await isOurs(document)) add(sourceUri(document.uri));
  if (pinned) add(pinned);
  const names = '**/*.{mbox,mbx,eml}';
  const folder = chosenFolder();
  const patterns = [names, ...(folder ? [new vscode.RelativePattern(folder, names)] : [])];
  for (const pattern of patterns)
    for (const uri of await vscode.workspace.findFiles(pattern, undefined, MOST_FILES)) add(uri);
  return [...uris.values()].slice(0, MOST_FILES);
}

/** What is found in a file. One that cannot be read has nothing. */
async function* foundIn(
  uri: vscode.Uri,
  query: Query,
  rooms: Features,
  token: vscode.CancellationToken,
): AsyncGenerator<FoundMail> {
  const messages = await messagesOf(uri, query, rooms, token);
  let begun = Date.now();
  for (let index = 0; messages && index < messages.count && !token.isCancellationRequested; index++) {
    const page = await messages.page(index);
    const message = page && rooms.searchablePage(page);
    if (message && isFound(query, message)) yield foundMail(uri, index, message);
    if (Date.now() - begun < SLICE) continue;
    await new Promise<void>((resolve) => setTimeout(resolve));
    begun = Date.now();
  }
}

function foundMail(uri: vscode.Uri, index: number, message: SearchableMessage): FoundMail {
  const { id, subject, author, references, date } = message;
  const place = { file: uri.toString(), index };
  return { messageId: id, subject, author, references, ...place, ...(date === undefined ? {} : { date }) };
}

/** The messages of a source, by the numbers that their reading views have. */
interface Messages {
  count: number;
  /** Absent where the header tells that it is not searched for. */
  page(index: number): Promise<ReturnType<Reading['page']>>;
}

async function messagesOf(
  uri: vscode.Uri,
  query: Query,
  rooms: Features,
  token: vscode.CancellationToken,
): Promise<Messages | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  try {
    if (await isReadInPieces(uri, MOST_OPENED)) return await largeMessages(uri, query, token);
    const reading = open
      ? await readingOf(open)
      : rooms.readText(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
    return reading && { count: reading.messages, page: async (index) => reading.page(index) };
  } catch {
    return undefined;
  }
}

/** Of a large mailbox the header is looked at first, which takes a tenth of the time. */
async function largeMessages(uri: vscode.Uri, query: Query, token: vscode.CancellationToken): Promise<Messages> {
  const mailbox = await openMailbox(uri, { token });
  const ofHeader = query.terms.filter(({ field }) => field === 'subject' || field === 'author' || field === 'id');
  return {
    count: mailbox.threads.count,
    async page(index) {
      if (ofHeader.length > 0 && !isFound({ ...query, terms: ofHeader }, headerOf(mailbox.threads, index)))
        return undefined;
      return (await mailbox.mail(index)).pages[0];
    },
  };
}

function headerOf({ source }: MailboxThreads, index: number): Searchable {
  const header = source.header(index, ['subject', 'from', 'message-id']);
  const field = (name: string): string => header.get(name) ?? '';
  return {
    id: field('message-id').replace(/^\s*<|>\s*$/g, ''),
    subject: field('subject'),
    author: field('from'),
    lists: '',
    files: () => [],
    text: () => '',
  };
}
