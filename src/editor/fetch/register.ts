import * as vscode from 'vscode';
import { fetching } from '../on-demand.ts';

/** The commands about mail of servers registered, nothing of it evaluated: nothing is asked for before a reader runs one. */
export function fetchCommands(context: vscode.ExtensionContext): vscode.Disposable {
  const command = (name: string, run: (argument: unknown) => unknown) =>
    vscode.commands.registerCommand(`patchgloss.${name}`, run);
  return vscode.Disposable.from(
    command('fetchThread', async (asked) => (await fetching()).fetchThread(context, asked)),
    command('openMessage', async (asked) => (await fetching()).openMessage(context, asked)),
    command('cancelFetch', async () => (await fetching()).cancelFetch()),
    command('refreshThread', async () => (await fetching()).refreshThread(context)),
    command('copyB4Command', async () => (await fetching()).copyB4Command()),
    command('copyGitAmCommand', async () => (await fetching()).copyGitAmCommand(context)),
    command('showStoredData', async () => (await fetching()).showStoredData(context)),
  );
}
