import * as vscode from 'vscode';
import { selector } from '../documents.ts';
import { argumentSurfaces } from '../on-demand.ts';

/** Everything about who said what registered, nothing of it evaluated. */
export function argument(): vscode.Disposable {
  return vscode.Disposable.from(...providers());
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
  ];
}
