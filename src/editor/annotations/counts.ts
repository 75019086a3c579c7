import * as vscode from 'vscode';
import { annotations, features } from '../core.ts';
import type { KeptNote } from './library.ts';

/** By the number that a message keeps in every mailbox. */
let byMessage: ReadonlyMap<number, number> = new Map();
const changes = new vscode.EventEmitter<void>();

/** Other mails have notes than before. */
export const onDidChangeNoteCounts = changes.event;

/** How many notes are on these messages; none are known before notes were read. `identityOf` as in `MailboxThreads.identity`. */
export function notesIn(messages: Iterable<number>, identityOf: (message: number) => number): number {
  if (byMessage.size === 0) return 0;
  let count = 0;
  for (const message of messages) count += byMessage.get(identityOf(message)) ?? 0;
  return count;
}

/** Counts anew. */
export async function countNotes(notes: Iterable<KeptNote>): Promise<void> {
  const [{ referenceOf }, { identityOfId }] = await Promise.all([annotations(), features()]);
  const counts = new Map<number, number>();
  for (const { annotation } of notes) {
    const { messageId } = referenceOf(annotation);
    if (messageId === undefined) continue;
    const message = identityOfId(messageId);
    counts.set(message, (counts.get(message) ?? 0) + 1);
  }
  byMessage = counts;
  changes.fire();
}
