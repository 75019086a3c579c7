import * as vscode from 'vscode';
import type { OutlineItem, OutlineThread } from '#features';
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

/** Threads, and in them messages, quotes, headings, files and hunks: the outline, the breadcrumbs and "go to symbol". */
export const outlineProvider: vscode.DocumentSymbolProvider = {
  provideDocumentSymbols(document, token) {
    return ask(document, token, ({ outline, outlineThreads }, reading) =>
      inThreads(
        outline(reading).map((item) => symbolOf(document, item)),
        outlineThreads(reading),
      ),
    );
  },
};

/** The symbols of messages, those of a thread below one of its own. Every message has a symbol. */
function inThreads(messages: readonly vscode.DocumentSymbol[], threads: readonly OutlineThread[]) {
  const symbols: vscode.DocumentSymbol[] = [];
  let next = 0;
  for (const { first, last, title } of threads) {
    symbols.push(...messages.slice(next, first));
    next = last + 1;
    const children = messages.slice(first, next);
    const [top, bottom] = [children[0], children.at(-1)];
    if (!top || !bottom) continue;
    const name = title.trim() || vscode.l10n.t('(no subject)');
    const detail = vscode.l10n.t('{0} messages', children.length);
    const range = top.range.union(bottom.range);
    const thread = new vscode.DocumentSymbol(name, detail, vscode.SymbolKind.Namespace, range, top.selectionRange);
    thread.children = children;
    symbols.push(thread);
  }
  return [...symbols, ...messages.slice(next)];
}

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
