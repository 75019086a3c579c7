import * as vscode from 'vscode';
import type { KeptNote } from './library.ts';

let byMessage: ReadonlyMap<string, number> = new Map();
const changes = new vscode.EventEmitter<void>();

/** Other mails have notes than before. */
export const onDidChangeNoteCounts = changes.event;

/** How many notes are on these messages; none are known before the first mail was opened. */
export function notesIn(messageIds: Iterable<string>): number {
  let count = 0;
  for (const id of messageIds) count += byMessage.get(id) ?? 0;
  return count;
}

/** Counts anew. `messageIdOf` gives the message that a note is on. */
export function countNotes(
  notes: Iterable<KeptNote>,
  messageIdOf: (annotation: KeptNote['annotation']) => string | undefined,
): void {
  const counts = new Map<string, number>();
  for (const { annotation } of notes) {
    const id = messageIdOf(annotation);
    if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  byMessage = counts;
  changes.fire();
}
