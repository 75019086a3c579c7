import * as vscode from 'vscode';
import type { DocumentLink } from '#features';
import { ask } from './documents.ts';
import { rangeOf } from './ranges.ts';

export const linkProvider: vscode.DocumentLinkProvider = {
  provideDocumentLinks(document, token) {
    return ask(document, token, (features, reading) =>
      features.links(reading).flatMap((link) => {
        const target = targetOf(document, link.target);
        if (target === undefined) return [];
        const made = new vscode.DocumentLink(rangeOf(document, link.place), target);
        made.tooltip = link.tooltip;
        return [made];
      }),
    );
  },
};

/** A web address, or a place in the same document; nothing else is followed, whatever a mail says. */
function targetOf(document: vscode.TextDocument, target: DocumentLink['target']): vscode.Uri | undefined {
  const inside = /^patchgloss:#?(\d{1,12})/.exec(target);
  if (inside) {
    const { line, character } = document.positionAt(Number(inside[1]));
    return document.uri.with({ fragment: `L${line + 1},${character + 1}` });
  }
  if (!/^https?:\/\//i.test(target)) return undefined;
  try {
    return vscode.Uri.parse(target, true);
  } catch {
    return undefined;
  }
}
