import type * as vscode from 'vscode';
import { ask } from '../documents.ts';
import { rangeOf } from '../ranges.ts';
import { argumentAt, locationOf, tracedArgumentAt } from './argument-of-document.ts';

/** Of a quoted line where it was said; all places where it may have been said when nothing decides. Terms and footnotes lead elsewhere. */
export async function provideOrigins(
  document: vscode.TextDocument,
  position: vscode.Position,
  token: vscode.CancellationToken,
): Promise<vscode.DefinitionLink[] | undefined> {
  if (!(await isPlain(document, position, token))) return undefined;
  const offset = document.offsetAt(position);
  if (!(await ask(document, token, ({ isQuoted }, reading) => isQuoted(reading, offset)))) return undefined;
  const argument = await argumentAt(document, offset, token);
  const found = argument && (await ask(document, token, ({ quotedLineAt }) => quotedLineAt(argument, offset)));
  return found?.origins.flatMap(({ place }) => {
    const target = argument && locationOf(argument, place);
    const originSelectionRange = rangeOf(document, found.place);
    return target ? [{ originSelectionRange, targetUri: target.uri, targetRange: target.range }] : [];
  });
}

/** The line where it was said, and all that quote it. */
export async function provideQuotes(
  document: vscode.TextDocument,
  position: vscode.Position,
  token: vscode.CancellationToken,
): Promise<vscode.Location[] | undefined> {
  if (!(await isPlain(document, position, token))) return undefined;
  const offset = document.offsetAt(position);
  const argument = await tracedArgumentAt(document, offset, token);
  const found = argument && (await ask(document, token, ({ quotesOf }) => quotesOf(argument, offset)));
  return found?.flatMap(({ place }) => (argument && locationOf(argument, place)) ?? []);
}

/** Whether the words at a place have nothing of their own to say: a term has its note, a footnote mark its footnote. */
export async function isPlain(
  document: vscode.TextDocument,
  position: vscode.Position,
  token: vscode.CancellationToken,
): Promise<boolean> {
  const offset = document.offsetAt(position);
  const taken = await ask(
    document,
    token,
    ({ termAt, footnoteDefinition }, reading) =>
      termAt(reading, offset) !== undefined || footnoteDefinition(reading, offset) !== undefined,
  );
  return taken === false;
}
