import * as vscode from 'vscode';
import type { DocumentLink } from '#features';
import { messagesBeside, type OpenMessage } from './argument/open-mails.ts';
import { type Features, features } from './core.ts';
import { ask } from './documents.ts';
import { rangeOf } from './ranges.ts';

export const linkProvider: vscode.DocumentLinkProvider = {
  async provideDocumentLinks(document, token) {
    const found = await ask(document, token, ({ links }, reading) => links(reading));
    if (!found) return undefined;
    const { version } = document;
    const isElsewhere = found.some(({ messageId }) => messageId !== undefined);
    const beside = isElsewhere ? await messagesBeside(document, token) : new Map<string, OpenMessage>();
    const rooms = await features();
    if (token.isCancellationRequested || document.isClosed || document.version !== version) return undefined;
    return found.flatMap((link) => {
      const told = toldOf(document, link, beside.get(link.messageId ?? ''), rooms);
      if (!told) return [];
      const made = new vscode.DocumentLink(rangeOf(document, link.place), told.target);
      made.tooltip = told.tooltip;
      return [made];
    });
  },
};

/** Where a link leads: to a mail that is open, whatever stands there; an id by itself offers to fetch its mail; an address leads where it says. */
function toldOf(
  document: vscode.TextDocument,
  { target, tooltip, messageId, bare }: DocumentLink,
  here: OpenMessage | undefined,
  { mailTarget }: Features,
): { target: vscode.Uri; tooltip: string } | undefined {
  const mail = here && mailTarget(here.reading, here.message);
  if (here && mail) return { target: placeIn(here.document, mail.start), tooltip: mail.tooltip };
  if (bare && messageId !== undefined) return { target: offerOf(messageId), tooltip: offerText() };
  const led = targetOf(document, target);
  return led && { target: led, tooltip };
}

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
  if (inside) return placeIn(document, Number(inside[1]));
  if (!/^https?:\/\//i.test(target)) return undefined;
  try {
    return vscode.Uri.parse(target, true);
  } catch {
    return undefined;
  }
}

function placeIn(document: vscode.TextDocument, offset: number): vscode.Uri {
  const { line, character } = document.positionAt(offset);
  return document.uri.with({ fragment: `L${line + 1},${character + 1}` });
}
