import * as vscode from 'vscode';
import type { Kinship, Reading } from '#features';
import { features } from '../core.ts';
import { isOurs, readingOf, selector } from '../documents.ts';
import { isReadingView, sourceUri } from '../reading-address.ts';
import { isReadInPieces, openMailbox } from '../threads/open-mailbox.ts';
import { linkedVersions, onDidChangeLinkedVersions } from './linked-versions.ts';
import { isShort, kinship, longest, openMails } from './open-mails.ts';
import { threadDocumentOf, threadViewAddress } from './thread-of-view.ts';
import { isVersion } from './version-address.ts';

const mostCompanions = 16;

/** Other mails that belong to a mail: of the same thread, of another version of its series, or linked by hand. In the order of their addresses. */
export interface Companions {
  documents: readonly vscode.TextDocument[];
  readings: readonly Reading[];
  /** Of the mail itself, then of each companion. */
  kinships: readonly Kinship[];
}

/** The companions of a mail among the mails that are open, and those that were linked to it. Absent when nobody waits any more. */
export async function companionsOf(
  document: vscode.TextDocument,
  reading: Reading,
  token: vscode.CancellationToken,
): Promise<Companions | undefined> {
  const own = isShort(document) ? await kinship(reading, token) : undefined;
  if (token.isCancellationRequested) return undefined;
  if (!own) return { documents: [], readings: [], kinships: [] };
  const linked = await linkedDocuments(document, own);
  const { areKin } = await features();
  const found: { document: vscode.TextDocument; reading: Reading; kin: Kinship }[] = [];
  for (const other of await candidates(document, linked)) {
    const theirs = await readingOf(other);
    const kin = theirs && (await kinship(theirs, token));
    if (token.isCancellationRequested) return undefined;
    if (theirs && kin && (linked.has(other) || areKin(own, kin))) found.push({ document: other, reading: theirs, kin });
    if (found.length === mostCompanions) break;
  }
  return {
    documents: found.map((one) => one.document),
    readings: found.map((one) => one.reading),
    kinships: [own, ...found.map(({ kin }) => kin)],
  };
}

/** Fires when other mails may belong to the mails that are shown. */
export function followCompanions(tell: () => void): vscode.Disposable {
  const look = (document: vscode.TextDocument) => {
    if (vscode.languages.match(selector, document) > 0 && !isVersion(document.uri)) tell();
  };
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(look),
    vscode.workspace.onDidCloseTextDocument(look),
    onDidChangeLinkedVersions(tell),
  );
}

async function candidates(
  document: vscode.TextDocument,
  linked: ReadonlySet<vscode.TextDocument>,
): Promise<vscode.TextDocument[]> {
  const thread = await threadDocumentOf(document.uri);
  const others = (await openMails()).filter(({ uri }) => !isViewOf(uri, document.uri) && !isViewOf(document.uri, uri));
  const found: vscode.TextDocument[] = [];
  for (const one of new Set([...(thread ? [thread] : []), ...linked, ...others]))
    if (one !== document && !one.isClosed && isShort(one) && (await isOurs(one))) found.push(one);
  const name = ({ uri }: vscode.TextDocument) => uri.toString();
  return found.sort((one, other) => (name(one) < name(other) ? -1 : 1));
}

/** A reading view says what its source says. */
function isViewOf(view: vscode.Uri, source: vscode.Uri): boolean {
  return isReadingView(view) && sourceUri(view).toString() === source.toString();
}

/** The documents that were linked to the messages of a mail by hand; one that is not there any more is passed over. */
async function linkedDocuments(document: vscode.TextDocument, { ids }: Kinship): Promise<Set<vscode.TextDocument>> {
  const found = new Set<vscode.TextDocument>();
  for (const { messageId, uri } of linkedVersions(ids.keys())) {
    if (uri === document.uri.toString()) continue;
    try {
      const linked = await linkedDocument(vscode.Uri.parse(uri, true), messageId, isReadingView(document.uri));
      if (linked) found.add(linked);
    } catch {
      // It was moved or deleted; the link holds for when it is there again.
    }
  }
  return found;
}

/** Of a mailbox that is large or no document, and beside a reading view, the view of the thread. */
async function linkedDocument(
  uri: vscode.Uri,
  messageId: string,
  asView: boolean,
): Promise<vscode.TextDocument | undefined> {
  // One that was closed would be opened empty.
  if (uri.scheme === 'untitled') return vscode.workspace.textDocuments.find((one) => one.uri.toString() === `${uri}`);
  if (!asView && !(await isReadInPieces(uri, longest))) return vscode.workspace.openTextDocument(uri);
  const { threads } = await openMailbox(uri);
  const address = threadViewAddress(uri, threads, threads.messageOf(messageId));
  return address && vscode.workspace.openTextDocument(address);
}
