import * as vscode from 'vscode';
import { ask } from '../documents.ts';
import { placeOf } from '../ranges.ts';

const setting = 'patchgloss.inlayExpansions';

/** What an acronym stands for, behind its first mention in a message. */
export async function provideInlayHints(
  document: vscode.TextDocument,
  range: vscode.Range,
  token: vscode.CancellationToken,
): Promise<vscode.InlayHint[] | undefined> {
  if (!vscode.workspace.getConfiguration(undefined, document).get<boolean>(setting)) return undefined;
  return ask(document, token, ({ firstMentions, ourGlossary }, reading) => {
    const { start, end } = placeOf(document, range);
    return firstMentions(reading, start, end).flatMap(({ spans, concept, expansion }) => {
      const last = spans.at(-1);
      if (!last || expansion === undefined) return [];
      const hint = new vscode.InlayHint(document.positionAt(last.end), `: ${expansion}`);
      const summary = ourGlossary().byId.get(concept)?.summary;
      if (summary !== undefined) hint.tooltip = summary;
      return [hint];
    });
  });
}
