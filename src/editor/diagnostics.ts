import * as vscode from 'vscode';
import type { HiddenSign } from '#features';
import { ask, isOurs } from './documents.ts';
import { rangeOf } from './ranges.ts';

/** After an edit, how long a document must rest (ms) before what is said about it is said anew. */
const rest = 600;
/** UTF-16 units. Complaints read every message; a document longer than this is left in peace. */
const longest = 4 * 1024 * 1024;

/** What could not be read as it stands, in the Problems view; as information, for it is the mail's fault and not the reader's. */
export function showComplaints(): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('patchgloss');
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  const later = (document: vscode.TextDocument, wait: number) => {
    const key = document.uri.toString();
    clearTimeout(timers.get(key));
    timers.set(
      key,
      setTimeout(() => {
        timers.delete(key);
        void complain(collection, document);
      }, wait),
    );
  };
  const drop = (document: vscode.TextDocument) => {
    const key = document.uri.toString();
    clearTimeout(timers.get(key));
    timers.delete(key);
    collection.delete(document.uri);
  };
  const all = () => {
    for (const document of vscode.workspace.textDocuments) later(document, 0);
  };
  all();
  return vscode.Disposable.from(
    collection,
    vscode.workspace.onDidOpenTextDocument((document) => later(document, 0)),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) later(document, rest);
    }),
    vscode.workspace.onDidCloseTextDocument(drop),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('patchgloss.complaints')) all();
    }),
    new vscode.Disposable(() => {
      for (const timer of timers.values()) clearTimeout(timer);
    }),
  );
}

async function complain(collection: vscode.DiagnosticCollection, document: vscode.TextDocument): Promise<void> {
  const wanted = vscode.workspace.getConfiguration('patchgloss', document).get<boolean>('complaints', true);
  if (!wanted || document.isClosed || !(await isOurs(document)) || document.getText().length > longest) {
    collection.delete(document.uri);
    return;
  }
  const found = await ask(document, undefined, ({ complaints, hiddenSigns }, reading) => [
    ...complaints(reading).map(({ place, message, ruleId }) =>
      diagnostic(rangeOf(document, place), message, vscode.DiagnosticSeverity.Information, ruleId),
    ),
    ...reading.mailbox.spans.flatMap((_, message) =>
      hiddenSigns(reading, message).map((sign) =>
        diagnostic(
          rangeOf(document, sign.place),
          hiddenText(sign),
          sign.turns ? vscode.DiagnosticSeverity.Warning : vscode.DiagnosticSeverity.Information,
          'hidden-character',
        ),
      ),
    ),
  ]);
  if (found !== undefined) collection.set(document.uri, found);
}

function diagnostic(
  range: vscode.Range,
  message: string,
  severity: vscode.DiagnosticSeverity,
  code: string,
): vscode.Diagnostic {
  const made = new vscode.Diagnostic(range, message, severity);
  made.source = 'Patchgloss';
  made.code = code;
  return made;
}

function hiddenText({ code, turns, where }: HiddenSign): string {
  const { l10n } = vscode;
  if (turns)
    return where === 'diff'
      ? l10n.t('{0} changes the order in which this code is shown: it may not be what it looks like.', code)
      : l10n.t('{0} changes the order in which this name is shown: it may not be what it looks like.', code);
  return where === 'diff'
    ? l10n.t('{0} stands here in the code, and does not show.', code)
    : l10n.t('{0} stands here in the name, and does not show.', code);
}
