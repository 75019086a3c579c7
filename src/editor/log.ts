import * as vscode from 'vscode';

let channel: vscode.LogOutputChannel | undefined;

/** The channel that says what was done where nothing is shown of it: requests, what they gave, what was saved. Made with its first line. */
export function log(): vscode.LogOutputChannel {
  channel ??= vscode.window.createOutputChannel('Patchgloss', { log: true });
  return channel;
}
