import * as vscode from 'vscode';
import type { Fold } from '#features';
import { ask } from './documents.ts';

/** Quotes and signatures fold with "Fold All Block Comments", the rest with "Fold All Regions". */
const kinds: Readonly<Record<Fold['kind'], vscode.FoldingRangeKind>> = {
  message: vscode.FoldingRangeKind.Region,
  header: vscode.FoldingRangeKind.Region,
  quote: vscode.FoldingRangeKind.Comment,
  signature: vscode.FoldingRangeKind.Comment,
  diff: vscode.FoldingRangeKind.Region,
  trailers: vscode.FoldingRangeKind.Region,
  section: vscode.FoldingRangeKind.Region,
  furniture: vscode.FoldingRangeKind.Comment,
};

export const foldingProvider: vscode.FoldingRangeProvider = {
  provideFoldingRanges(document, _context, token) {
    return ask(document, token, ({ foldLines, folds }, reading) =>
      foldLines(folds(reading), (offset) => document.positionAt(offset)).map(
        ({ first, last, kind }) => new vscode.FoldingRange(first, last, kinds[kind]),
      ),
    );
  },
};
