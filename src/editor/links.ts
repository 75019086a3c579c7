import * as vscode from 'vscode';
import type { DocumentLink } from '#features';
import { ask } from './documents.ts';
import { rangeOf } from './ranges.ts';

export const linkProvider: vscode.DocumentLinkProvider = {
  provideDocumentLinks(document, token) {
    return ask(document, token, (features, reading) =>
      features.links(reading).flatMap((link) => {
        const target = link.messageId === undefined ? targetOf(document, link.target) : offerOf(link.messageId);
        if (target === undefined) return [];
        const made = new vscode.DocumentLink(rangeOf(document, link.place), target);
        made.tooltip = link.messageId === undefined ? link.tooltip : offerText();
        return [made];
      }),
    );
  },
};

/** A mail that is not here: the command reads the id as strictly as if a stranger had written it, and asks before it fetches anything. */
function offerOf(messageId: string): vscode.Uri {
  const query = JSON.stringify([messageId]);
  return vscode.Uri.from({ scheme: 'command', path: 'patchgloss.openMessage', query });
}

function offerText(): string {
  return vscode.l10n.t('This message is not here: fetch its thread, or open it in the browser');
}

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
