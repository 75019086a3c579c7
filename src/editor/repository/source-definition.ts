import type * as vscode from 'vscode';
import { ask } from '../documents.ts';
import { rangeOf } from '../ranges.ts';
import { sourcePlaces } from './source-places.ts';

/** Of a file, a function or an option that the text names: where it is in the folders that are open. Nothing where it is not. */
export async function provideSourceDefinition(
  document: vscode.TextDocument,
  position: vscode.Position,
  token: vscode.CancellationToken,
): Promise<vscode.DefinitionLink[] | undefined> {
  const named = await ask(document, token, ({ sourceNameAt }, reading) =>
    sourceNameAt(reading, document.offsetAt(position)),
  );
  if (!named) return undefined;
  const originSelectionRange = rangeOf(document, named.place);
  const found = await sourcePlaces(named, token);
  return token.isCancellationRequested ? undefined : found.map((link) => ({ ...link, originSelectionRange }));
}
