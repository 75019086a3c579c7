import * as vscode from 'vscode';
import type { AlteredQuote, Argument } from '#features';
import { rangeOf } from '../ranges.ts';
import { locationOf } from './argument-of-document.ts';
import { followCompanions } from './companions.ts';
import { followViews, type InView, messagesIn, threadsOf } from './in-view.ts';

/** Words are shown up to so many characters. */
const mostShown = 120;

/** Quotes whose words are not those that were said, as information with the way to what was said. Of the messages that have been in view. */
export function showAlteredQuotes(): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('patchgloss.quotes');
  const known = new Map<string, { version: number; found: Map<number, vscode.Diagnostic[]> }>();
  const settings = new vscode.EventEmitter<void>();
  const run = async (view: InView) => {
    const { document } = view;
    const key = document.uri.toString();
    if (!vscode.workspace.getConfiguration('patchgloss', document).get<boolean>('complaints', true)) {
      known.delete(key);
      collection.delete(document.uri);
      return;
    }
    const old = known.get(key);
    const entry = old?.version === document.version ? old : { version: document.version, found: new Map() };
    known.set(key, entry);
    await lookAt(view, entry.found);
    if (view.holds()) collection.set(document.uri, [...entry.found.values()].flat());
  };
  return vscode.Disposable.from(
    collection,
    settings,
    followViews(run, settings.event),
    // What nobody was known to have said may be said in the mail that was opened now.
    followCompanions(() => {
      known.clear();
      settings.fire();
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('patchgloss.complaints')) settings.fire();
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      known.delete(uri.toString());
      collection.delete(uri);
    }),
  );
}

async function lookAt(view: InView, found: Map<number, vscode.Diagnostic[]>): Promise<void> {
  const { document, reading, rooms, stretches, token } = view;
  const messages = stretches.flatMap(({ start, end }) => messagesIn(reading, start, end));
  const open = messages.filter((message) => !found.has(message));
  const threads = await threadsOf(document, reading, open, token);
  for (const message of open) {
    if (!view.holds()) return;
    const argument = threads(message);
    if (!argument) continue;
    found.set(
      message,
      rooms.alteredQuotes(argument, message).map((one) => diagnostic(document, argument, one)),
    );
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
  }
}

function diagnostic(
  document: vscode.TextDocument,
  argument: Argument,
  { place, was, now, origin }: AlteredQuote,
): vscode.Diagnostic {
  const message = vscode.l10n.t('Quoted differently: said "{0}", quoted "{1}".', short(was), short(now));
  const made = new vscode.Diagnostic(rangeOf(document, place), message, vscode.DiagnosticSeverity.Information);
  made.source = 'Patchgloss';
  made.code = 'altered-quote';
  const said =
    origin.by === undefined ? vscode.l10n.t('Said here') : vscode.l10n.t('Said here by {0}', short(origin.by));
  const location = locationOf(argument, origin.place);
  if (location) made.relatedInformation = [new vscode.DiagnosticRelatedInformation(location, said)];
  return made;
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= mostShown ? line : `${line.slice(0, mostShown)}\u2026`;
}
