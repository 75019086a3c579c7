import * as vscode from 'vscode';
import { navigationRoom } from '../on-demand.ts';
import { bytesScheme, navigationCommands } from './command-names.ts';

/** Everything about getting about registered, nothing of it evaluated: what the editor may ask of a mail waits for the first one. */
export function navigation(context: vscode.ExtensionContext, mail: Promise<void>): vscode.Disposable {
  void mail.then(navigationRoom).then(({ surfaces }) => context.subscriptions.push(surfaces()));
  const commands = navigationCommands.map((name) =>
    vscode.commands.registerCommand(`patchgloss.${name}`, async (asked: unknown) =>
      (await navigationRoom()).run(name, asked),
    ),
  );
  return vscode.Disposable.from(
    ...commands,
    vscode.commands.registerCommand('patchgloss.fix', async (asked: unknown) => (await navigationRoom()).fix(asked)),
    vscode.workspace.registerTextDocumentContentProvider(bytesScheme, {
      provideTextDocumentContent: async (uri) => (await navigationRoom()).bytesText(uri),
    }),
  );
}
