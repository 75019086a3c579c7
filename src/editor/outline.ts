import * as vscode from 'vscode';
import type { OutlineItem } from '#features';
import { ask } from './documents.ts';
import { rangeOf } from './ranges.ts';

const kinds: Readonly<Record<OutlineItem['kind'], vscode.SymbolKind>> = {
  message: vscode.SymbolKind.Package,
  quote: vscode.SymbolKind.String,
  file: vscode.SymbolKind.File,
  hunk: vscode.SymbolKind.Function,
  heading: vscode.SymbolKind.Key,
  part: vscode.SymbolKind.Object,
  trailers: vscode.SymbolKind.Property,
};

/** Messages, and in them quotes, headings, files and hunks: the outline, the breadcrumbs and "go to symbol". */
export const outlineProvider: vscode.DocumentSymbolProvider = {
  provideDocumentSymbols(document, token) {
    return ask(document, token, (features, reading) =>
      features.outline(reading).map((item) => symbolOf(document, item)),
    );
  },
};

/** Calls itself as deep as the outline goes, which features keep to the depth of quotes. */
function symbolOf(document: vscode.TextDocument, item: OutlineItem): vscode.DocumentSymbol {
  const range = rangeOf(document, item.place);
  const nameplate = rangeOf(document, item.nameplate);
  // The editor refuses a symbol without a name, and one whose nameplate lies outside of it.
  const symbol = new vscode.DocumentSymbol(
    item.name.trim() || vscode.l10n.t('(no subject)'),
    item.detail,
    kinds[item.kind],
    range,
    range.intersection(nameplate) ?? range,
  );
  symbol.children = item.children.map((child) => symbolOf(document, child));
  return symbol;
}
