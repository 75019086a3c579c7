import * as vscode from 'vscode';
import type { NotesAt } from './hover.ts';
import { noteCommandNames } from './note-commands.ts';
import type { MarginNotes } from './notes.ts';
import { marginNotes } from './on-demand.ts';

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
    ...noteCommandNames.map((name) =>
      vscode.commands.registerCommand(`patchgloss.${name}`, async (argument: unknown) =>
        (await open()).run(name, argument),
      ),
    ),
  );
  return { at: (document, position) => notes?.at(document, position) ?? [] };
}
