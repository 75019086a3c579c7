import * as vscode from 'vscode';
import type { NotesAt } from './hover.ts';
import type { MarginNotes } from './notes.ts';
import { marginNotes } from './on-demand.ts';

/** The commands of the margin, without the extension's prefix. */
const commands = [
  'addMarginNote',
  'showUnplacedNotes',
  'note.save',
  'note.edit',
  'note.cancelEdit',
  'note.saveEdit',
  'note.delete',
] as const;

export type NoteCommand = (typeof commands)[number];

/** The margin: its notes are read when the first mail is there, or when a command asks for them. */
export function margin(context: vscode.ExtensionContext, mail: Promise<void>): { at: NotesAt } {
  let notes: MarginNotes | undefined;
  let opening: Promise<MarginNotes> | undefined;
  const open = () => {
    opening ??= marginNotes().then(({ openMarginNotes }) => {
      notes = openMarginNotes(context);
      context.subscriptions.push(notes);
      return notes;
    });
    return opening;
  };
  void mail.then(open);
  context.subscriptions.push(
    ...commands.map((name) =>
      vscode.commands.registerCommand(`patchgloss.${name}`, async (argument: unknown) =>
        (await open()).run(name, argument),
      ),
    ),
  );
  return { at: (document, position) => notes?.at(document, position) ?? [] };
}
