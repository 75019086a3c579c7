import * as vscode from 'vscode';
import { ask } from '../documents.ts';
import { rangeOf } from '../ranges.ts';

/** What Expand Selection grows to: word, line, paragraph, quote by quote, message. */
export async function provideSelectionRanges(
  document: vscode.TextDocument,
  positions: readonly vscode.Position[],
  token: vscode.CancellationToken,
): Promise<vscode.SelectionRange[] | undefined> {
  return ask(document, token, ({ levelsAt }, reading) =>
    positions.map((position) => {
      let around: vscode.SelectionRange | undefined;
      for (const level of levelsAt(reading, document.offsetAt(position)).reverse())
        around = new vscode.SelectionRange(rangeOf(document, level), around);
      return around ?? new vscode.SelectionRange(new vscode.Range(position, position));
    }),
  );
}
