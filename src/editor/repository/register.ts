import * as vscode from 'vscode';
import { selector } from '../documents.ts';
import { commitHovers, repositoryCommands, sourceDefinitions, sourceLinks } from '../on-demand.ts';

/** What asks a repository, registered and not evaluated. */
export function repository(): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('patchgloss.checkApplies', async () => (await repositoryCommands()).checkApplies()),
    vscode.languages.registerHoverProvider(selector, {
      provideHover: async (...place) => (await commitHovers()).provideCommitHover(...place),
    }),
    vscode.languages.registerDefinitionProvider(selector, {
      provideDefinition: async (...place) => (await sourceDefinitions()).provideSourceDefinition(...place),
    }),
    vscode.languages.registerDocumentLinkProvider(selector, {
      provideDocumentLinks: async (...asked) => (await sourceLinks()).provideSourceLinks(...asked),
      resolveDocumentLink: async (...asked) => (await sourceLinks()).resolveSourceLink(...asked),
    }),
  );
}
