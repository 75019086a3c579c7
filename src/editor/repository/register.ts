import * as vscode from 'vscode';
import { repositoryCommands } from '../on-demand.ts';

/** What asks a repository, registered and not evaluated. */
export function repository(): vscode.Disposable {
  return vscode.commands.registerCommand('patchgloss.checkApplies', async () =>
    (await repositoryCommands()).checkApplies(),
  );
}
