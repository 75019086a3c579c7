import * as vscode from 'vscode';

/** Fires when other notes count: what was made from the notes before, a hover or an underline, is to be made anew. */
export const glossaryChanges = new vscode.EventEmitter<void>();
