import type * as vscode from 'vscode';
import type { Annotation } from '#annotations';
import { noteFolders } from './folders.ts';
import { NoteLibrary } from './library.ts';

/** All notes that the reader has kept, as their files have them now; for who asks once. */
export async function keptNotes(context: vscode.ExtensionContext): Promise<Annotation[]> {
  const library = new NoteLibrary(noteFolders(context));
  try {
    await library.look();
    return [...library.notes.values()].map(({ annotation }) => annotation);
  } finally {
    library.dispose();
  }
}
