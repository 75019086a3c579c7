import * as vscode from 'vscode';
import type { Argument, ComparedVersions, PostedVersion } from '#features';
import { features } from '../core.ts';
import { isOurs, readingOf } from '../documents.ts';
import { lastMail } from '../terms/last-mail.ts';
import { argumentAt, documentsOf } from './argument-of-document.ts';
import { openMails } from './open-mails.ts';
import { inTurns } from './turns.ts';
import { isVersion } from './version-address.ts';

/** The postings in mails that are open, with those linked to the mail that was asked about. Keys of messages name a document by its place among these. */
export interface PostedMails {
  documents: readonly vscode.TextDocument[];
  posted: readonly PostedVersion[];
  /** The message that was asked about, and its thread. */
  key: string;
  argument: Argument;
}

/** The mail that a command is about: the active one, else the one that was looked at last. */
export async function mailAtHand(): Promise<{ document: vscode.TextDocument; offset: number } | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (editor && !isVersion(editor.document.uri) && (await isOurs(editor.document)))
    return { document: editor.document, offset: editor.document.offsetAt(editor.selection.active) };
  return lastMail().current();
}

export async function postedMails(
  { document, offset }: { document: vscode.TextDocument; offset: number },
  token: vscode.CancellationToken,
): Promise<PostedMails | undefined> {
  const argument = await argumentAt(document, offset, token);
  const reading = await readingOf(document);
  const { messageAt, postedVersions } = await features();
  const message = reading && messageAt(reading, offset);
  if (!argument || message === undefined) return undefined;
  // The first ones as the argument names them.
  const documents = [...new Set([...documentsOf(argument), ...(await openMails())])];
  const posted: PostedVersion[] = [];
  for (const [file, one] of documents.entries()) {
    const theirs = await readingOf(one);
    posted.push(...((theirs && (await inTurns(postedVersions(theirs, file), token))) ?? []));
  }
  return token.isCancellationRequested ? undefined : { documents, posted, key: `0:${message}`, argument };
}

/** The posting that was asked about compared with each other version of it. */
export async function versionsOf(
  { posted, key, argument }: PostedMails,
  token: vscode.CancellationToken,
): Promise<ComparedVersions[] | undefined> {
  const { comparedVersions } = await features();
  const own = new Set(argument.keys);
  const elsewhere = new Set(argument.allKeys.filter((one) => !own.has(one)));
  return inTurns(comparedVersions(posted, key, argument.keys, elsewhere), token);
}
