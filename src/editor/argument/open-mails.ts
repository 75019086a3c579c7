import * as vscode from 'vscode';
import type { Kinship, Reading } from '#features';
import { features } from '../core.ts';
import { isOurs, readingOf } from '../documents.ts';
import { isReadingView, isThreadView } from '../reading-address.ts';
import { inTurns } from './turns.ts';
import { isVersion } from './version-address.ts';

/** UTF-16 units. A longer mailbox is read for itself alone, and for no other mail. */
export const longest = 4 * 1024 * 1024;

/** Whether a document is short enough to be read for another one. */
export function isShort(document: vscode.TextDocument): boolean {
  return document.offsetAt(new vscode.Position(document.lineCount, 0)) <= longest;
}

/** All mails that are open, without the views of one message, which say nothing that their mailboxes do not. */
export async function openMails(): Promise<vscode.TextDocument[]> {
  const found: vscode.TextDocument[] = [];
  for (const document of vscode.workspace.textDocuments) {
    const { uri } = document;
    const isWhole = !isVersion(uri) && (!isReadingView(uri) || isThreadView(uri));
    if (isWhole && (await isOurs(document)) && !document.isClosed) found.push(document);
  }
  return found;
}

const known = new WeakMap<Reading, Kinship>();

/** What a source may have in common with others, worked out in turns; absent when nobody waits any more. */
export async function kinship(reading: Reading, token: vscode.CancellationToken): Promise<Kinship | undefined> {
  const kept = known.get(reading);
  if (kept) return kept;
  const { kinshipOf } = await features();
  const found = await inTurns(kinshipOf(reading), token);
  if (found) known.set(reading, found);
  return found;
}

/** A message in a mail that is open. */
export interface OpenMessage {
  document: vscode.TextDocument;
  reading: Reading;
  /** Its index there, from 0. */
  message: number;
}

/** The messages of the mails that are open beside a document, by their Message-IDs; of two with one id the first. */
export async function messagesBeside(
  document: vscode.TextDocument,
  token: vscode.CancellationToken,
): Promise<ReadonlyMap<string, OpenMessage>> {
  const found = new Map<string, OpenMessage>();
  for (const other of await openMails()) {
    const reading = other === document || !isShort(other) ? undefined : await readingOf(other);
    const kin = reading && (await kinship(reading, token));
    if (!reading || !kin) continue;
    for (const [id, message] of kin.ids) if (!found.has(id)) found.set(id, { document: other, reading, message });
  }
  return found;
}
