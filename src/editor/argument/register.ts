import * as vscode from 'vscode';
import { selector } from '../documents.ts';
import { argumentSurfaces } from '../on-demand.ts';
import { legendTypes } from './legend.ts';

/** Everything about who said what registered, nothing of it evaluated. `refresh` fires when other notes count. */
export function argument(
  context: vscode.ExtensionContext,
  mail: Promise<void>,
  refresh: vscode.Event<unknown>,
): vscode.Disposable {
  void mail.then(argumentSurfaces).then(({ showAlteredQuotes, showDiffLines }) => {
    context.subscriptions.push(showAlteredQuotes(), showDiffLines(refresh));
  });
  return vscode.Disposable.from(...providers(), ...commands());
}

function providers(): vscode.Disposable[] {
  const { languages } = vscode;
  return [
    languages.registerDefinitionProvider(selector, {
      provideDefinition: async (...asked) => (await argumentSurfaces()).provideOrigins(...asked),
    }),
    languages.registerReferenceProvider(selector, {
      provideReferences: async (document, position, _context, token) =>
        (await argumentSurfaces()).provideQuotes(document, position, token),
    }),
    languages.registerHoverProvider(selector, {
      provideHover: async (...asked) => (await argumentSurfaces()).provideQuoteHover(...asked),
    }),
    languages.registerDocumentRangeSemanticTokensProvider(
      selector,
      {
        provideDocumentRangeSemanticTokens: async (...asked) => (await argumentSurfaces()).provideDiffColours(...asked),
      },
      new vscode.SemanticTokensLegend([...legendTypes]),
    ),
  ];
}

function commands(): vscode.Disposable[] {
  const command = (name: string, run: (argument: unknown) => unknown) =>
    vscode.commands.registerCommand(`patchgloss.${name}`, run);
  return [command('showCut', async (asked) => (await argumentSurfaces()).showCut(asked))];
}
