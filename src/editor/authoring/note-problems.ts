import * as vscode from 'vscode';
import type { NoteProblem } from '#features/authoring';
import { authoringFeatures } from '../core.ts';
import { glossaryChanges } from '../packs/changed.ts';
import { rangeOf } from '../ranges.ts';
import { forgetPackFolders, isNote } from './note-documents.ts';
import { pageOfNote } from './note-pages.ts';
import { forgetOwnNotes, type KnownHere, knownTo } from './own-notes.ts';

/** After a key, how long a note must rest (ms) before what is said about it is said anew. */
const rest = 400;

/** What is wrong with the notes that are open, in the Problems view and in their text. */
export function showNoteProblems(): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('patchgloss-notes');
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const later = (document: vscode.TextDocument, wait: number) => {
    if (document.languageId !== 'markdown') return;
    const key = document.uri.toString();
    clearTimeout(timers.get(key));
    const timer = setTimeout(() => {
      timers.delete(key);
      void say(collection, document);
    }, wait);
    timers.set(key, timer);
  };
  const all = () => {
    forgetOwnNotes();
    for (const document of vscode.workspace.textDocuments) later(document, 0);
  };
  all();
  return vscode.Disposable.from(
    collection,
    vscode.workspace.onDidOpenTextDocument((document) => later(document, 0)),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) later(document, rest);
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      clearTimeout(timers.get(uri.toString()));
      timers.delete(uri.toString());
      collection.delete(uri);
    }),
    vscode.window.onDidChangeActiveTextEditor((editor) => {
      forgetOwnNotes();
      if (editor) later(editor.document, 0);
    }),
    ...otherNotes(all),
    new vscode.Disposable(() => {
      for (const timer of timers.values()) clearTimeout(timer);
    }),
  );
}

/** What another note says may concern this one: a spelling, a name. And a folder may become a pack, or be one no longer. */
function otherNotes(all: () => void): vscode.Disposable[] {
  const { workspace } = vscode;
  const packs = workspace.createFileSystemWatcher('**/pack.yaml', false, true);
  const again = () => {
    forgetPackFolders();
    all();
  };
  return [
    workspace.onDidSaveTextDocument(({ languageId }) => {
      if (languageId === 'markdown') all();
    }),
    workspace.onDidChangeWorkspaceFolders(all),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('patchgloss.notes')) all();
    }),
    // Notes came or went, or a pack was switched.
    glossaryChanges.event(all),
    packs,
    packs.onDidCreate(again),
    packs.onDidDelete(again),
  ];
}

/** The problems of a document as it stands now; none when it is no note, absent when its text changed while we looked. */
export async function problemsOf(
  document: vscode.TextDocument,
): Promise<{ problems: readonly NoteProblem[]; known?: KnownHere } | undefined> {
  const { version } = document;
  if (!(await isNote(document))) return { problems: [] };
  const { noteProblems } = await authoringFeatures();
  const known = await knownTo(document);
  if (document.isClosed || document.version !== version) return undefined;
  const problems = noteProblems({ text: document.getText(), path: document.uri.path }, known);
  // A text that has no file yet has no name of its own either.
  return { problems: document.isUntitled ? problems.filter(({ code }) => code !== 'id') : problems, known };
}

async function say(collection: vscode.DiagnosticCollection, document: vscode.TextDocument): Promise<void> {
  const found = await problemsOf(document);
  if (found === undefined) return;
  const { problems, known } = found;
  collection.set(
    document.uri,
    problems.map((problem) => diagnosticOf(document, problem, known)),
  );
}

function diagnosticOf(document: vscode.TextDocument, problem: NoteProblem, known: KnownHere | undefined) {
  const severity = problem.mistake ? vscode.DiagnosticSeverity.Warning : vscode.DiagnosticSeverity.Information;
  const made = new vscode.Diagnostic(rangeOf(document, problem.place), problem.message, severity);
  made.source = 'Patchgloss';
  made.code = problem.code;
  made.relatedInformation = problem.others.map((id) => {
    const page = new vscode.Location(pageOfNote(id, known), new vscode.Position(0, 0));
    return new vscode.DiagnosticRelatedInformation(page, vscode.l10n.t('The note "{0}"', id));
  });
  return made;
}
