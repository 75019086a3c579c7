import * as vscode from 'vscode';
import type { MailboxThreads, Reading } from '#features';
import { features } from '../core.ts';
import { isOurs, readingOf } from '../documents.ts';
import { isReadingView, messageAddress } from '../reading-address.ts';
import { mailboxesOpen } from '../threads/open-mailbox.ts';

const most = 200;
/** UTF-16 units of a document whose headers are looked through. */
const longest = 4 * 1024 * 1024;
/** Bytes, and messages, between two turns of the host. */
const slice = 2 ** 19;

const listed = new WeakMap<Reading, MailboxThreads>();

/** Messages by words of their subject and author: of mails that are open, and of mailboxes that the Threads view has read. */
export async function provideSubjects(
  query: string,
  token: vscode.CancellationToken,
): Promise<vscode.SymbolInformation[]> {
  const found: vscode.SymbolInformation[] = [];
  for (const { threads, locationOf } of await sources(token)) {
    if (token.isCancellationRequested || found.length >= most) break;
    found.push(...(await matches(threads, query, locationOf, most - found.length, token)));
  }
  return found;
}

interface Source {
  threads: MailboxThreads;
  locationOf(message: number): vscode.Location;
}

async function sources(token: vscode.CancellationToken): Promise<Source[]> {
  const found: Source[] = [];
  const seen = new Set<string>();
  for (const document of vscode.workspace.textDocuments) {
    if (token.isCancellationRequested) return [];
    if (document.isClosed || isReadingView(document.uri) || !(await isOurs(document))) continue;
    const source = await sourceOf(document, token);
    if (source) found.push(source);
    seen.add(document.uri.toString());
  }
  for (const mailbox of await mailboxesOpen()) {
    const { uri, threads } = mailbox;
    if (seen.has(uri.toString())) continue;
    const locationOf = (message: number) =>
      new vscode.Location(messageAddress(uri, message, threads.head(message).clean), new vscode.Position(0, 0));
    found.push({ threads, locationOf });
  }
  return found;
}

async function sourceOf(document: vscode.TextDocument, token: vscode.CancellationToken): Promise<Source | undefined> {
  const text = document.getText();
  const reading = text.length <= longest ? await readingOf(document) : undefined;
  if (!reading) return undefined;
  const threads = listed.get(reading) ?? (await headersOf(text, token));
  // Bytes may be cut otherwise than the text was.
  if (!threads || threads.count !== reading.messages) return undefined;
  listed.set(reading, threads);
  const locationOf = (message: number) =>
    new vscode.Location(document.uri, document.positionAt(reading.mailbox.spans[message]?.start ?? 0));
  return { threads, locationOf };
}

async function headersOf(text: string, token: vscode.CancellationToken): Promise<MailboxThreads | undefined> {
  const [{ threadsInSlices }, { unitsOfBytes }] = await Promise.all([features(), import('#cut')]);
  const steps = threadsInSlices(unitsOfBytes(new TextEncoder().encode(text)), slice);
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    if (token.isCancellationRequested) return undefined;
  }
}

async function matches(
  threads: MailboxThreads,
  query: string,
  locationOf: Source['locationOf'],
  left: number,
  token: vscode.CancellationToken,
): Promise<vscode.SymbolInformation[]> {
  const { ThreadFilter } = await features();
  const steps = new ThreadFilter(threads).search(query);
  let step = steps.next();
  for (; !step.done; step = steps.next()) {
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    if (token.isCancellationRequested) return [];
  }
  const { found } = step.value;
  const symbols: vscode.SymbolInformation[] = [];
  for (let message = 0; message < threads.count && symbols.length < left; message++) {
    if (found[message] !== 1) continue;
    const { subject, author } = threads.headOnce(message);
    const name = subject || vscode.l10n.t('(no subject)');
    symbols.push(new vscode.SymbolInformation(name, vscode.SymbolKind.Package, author, locationOf(message)));
  }
  return symbols;
}
