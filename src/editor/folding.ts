import * as vscode from 'vscode';
import type { Fold } from '#features';
import { ask } from './documents.ts';
import { rangeOf } from './ranges.ts';

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
    return ask(document, token, (features, reading) =>
      features.folds(reading).flatMap((fold) => {
        const { start, end } = rangeOf(document, fold.place);
        // A place that ends at the start of a line does not hold that line.
        const lastLine = end.character === 0 ? end.line - 1 : end.line;
        return lastLine > start.line ? [new vscode.FoldingRange(start.line, lastLine, kinds[fold.kind])] : [];
      }),
    );
  },
};
