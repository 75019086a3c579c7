import * as vscode from 'vscode';
import type { Kinship, Reading } from '#features';
import { features } from '../core.ts';
import { isOurs, readingOf, selector } from '../documents.ts';
import { isReadingView, isThreadView, sourceUri } from '../reading-address.ts';
import { linkedVersions, onDidChangeLinkedVersions } from './linked-versions.ts';
import { threadDocumentOf } from './thread-of-view.ts';
import { inTurns } from './turns.ts';
import { isVersion } from './version-address.ts';

/** UTF-16 units. A longer mailbox is read for itself alone, and for no other mail. */
const longest = 4 * 1024 * 1024;
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
  const own = lengthOf(document) > longest ? undefined : await kinship(reading, token);
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
  const all = new Set([...(thread ? [thread] : []), ...linked, ...vscode.workspace.textDocuments.filter(isWhole)]);
  const found: vscode.TextDocument[] = [];
  for (const one of all) {
    const isOther = one === thread || linked.has(one) || !saysTheSame(one.uri, document.uri);
    if (one !== document && !one.isClosed && isOther && lengthOf(one) <= longest && (await isOurs(one)))
      found.push(one);
  }
  const name = ({ uri }: vscode.TextDocument) => uri.toString();
  return found.sort((one, other) => (name(one) < name(other) ? -1 : 1));
}

/** The view of one message says nothing that its mailbox does not. */
function isWhole({ uri }: vscode.TextDocument): boolean {
  return !isVersion(uri) && (!isReadingView(uri) || isThreadView(uri));
}

/** A reading view and its source. */
function saysTheSame(one: vscode.Uri, other: vscode.Uri): boolean {
  return (isReadingView(one) || isReadingView(other)) && sourceUri(one).toString() === sourceUri(other).toString();
}

function lengthOf(document: vscode.TextDocument): number {
  return document.offsetAt(new vscode.Position(document.lineCount, 0));
}

const knownKinships = new WeakMap<Reading, Kinship>();

async function kinship(reading: Reading, token: vscode.CancellationToken): Promise<Kinship | undefined> {
  const known = knownKinships.get(reading);
  if (known) return known;
  const { kinshipOf } = await features();
  const found = await inTurns(kinshipOf(reading), token);
  if (found) knownKinships.set(reading, found);
  return found;
}

/** The documents that were linked to the messages of a mail by hand; one that is not there any more is passed over. */
async function linkedDocuments(document: vscode.TextDocument, { ids }: Kinship): Promise<Set<vscode.TextDocument>> {
  const uris = new Set(linkedVersions(ids.keys()).map(({ uri }) => uri));
  uris.delete(document.uri.toString());
  const found = new Set<vscode.TextDocument>();
  for (const uri of uris) {
    try {
      found.add(await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true)));
    } catch {
      // It was moved or deleted; the link holds for when it is there again.
    }
  }
  return found;
}
