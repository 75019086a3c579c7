import * as vscode from 'vscode';
import { sharingFeatures } from '../core.ts';
import { readingOf } from '../documents.ts';
import { rangeOf } from '../ranges.ts';
import { isDraft } from './draft-document.ts';

/** How long (ms) a draft must rest before its lines are looked at. */
const rest = 300;

/** Long lines of one's own and addresses that are none, in the drafts that are open. */
export function checkDrafts(): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('patchgloss.reply');
  const timers = new Map<vscode.TextDocument, ReturnType<typeof setTimeout>>();
  const later = (document: vscode.TextDocument, wait: number): void => {
    clearTimeout(timers.get(document));
    timers.set(
      document,
      setTimeout(() => {
        timers.delete(document);
        void check(collection, document);
      }, wait),
    );
  };
  for (const document of vscode.workspace.textDocuments) later(document, 0);
  return vscode.Disposable.from(
    collection,
    vscode.workspace.onDidOpenTextDocument((document) => later(document, 0)),
    vscode.workspace.onDidChangeTextDocument(({ document }) => later(document, rest)),
    vscode.workspace.onDidCloseTextDocument((document) => {
      clearTimeout(timers.get(document));
      timers.delete(document);
      collection.delete(document.uri);
    }),
    new vscode.Disposable(() => {
      for (const timer of timers.values()) clearTimeout(timer);
    }),
  );
}

async function check(collection: vscode.DiagnosticCollection, document: vscode.TextDocument): Promise<void> {
  if (!isDraft(document)) return collection.delete(document.uri);
  const { version } = document;
  const { draftProblems } = await sharingFeatures();
  const reading = await readingOf(document);
  if (!reading || document.isClosed || document.version !== version) return;
  const found = draftProblems(reading).map(({ place, message, ruleId }) => {
    const made = new vscode.Diagnostic(rangeOf(document, place), message, vscode.DiagnosticSeverity.Warning);
    made.source = 'Patchgloss';
    made.code = ruleId;
    return made;
  });
  collection.set(document.uri, found);
}
