import * as vscode from 'vscode';
import { conceptPageText, isConceptPage, openConceptNote } from './concept-page.ts';
import { showComplaints } from './diagnostics.ts';
import { forget, isOurs, ownScheme, selector } from './documents.ts';
import { foldingProvider } from './folding.ts';
import { hoverProvider } from './hover.ts';
import { linkProvider } from './links.ts';
import { marginNotes } from './notes.ts';
import { outlineProvider } from './outline.ts';
import { openSimulator, panelSerializer, panelType } from './panel.ts';
import {
  followSources,
  goToSourceLine,
  isReadingView,
  onReadingViewChange,
  openReadingView,
  readingViewText,
  sourceLineProvider,
} from './reading-view.ts';

/**
 * Registers everything and reads nothing: no file, no note, no mail. The rooms behind are evaluated when the editor first
 * asks one of the providers about a document.
 */
export function start(context: vscode.ExtensionContext): void {
  const notes = marginNotes(context);
  context.subscriptions.push(
    notes,
    vscode.languages.registerHoverProvider(selector, hoverProvider(notes.at)),
    vscode.languages.registerDocumentSymbolProvider(selector, outlineProvider, { label: 'Patchgloss' }),
    vscode.languages.registerFoldingRangeProvider(selector, foldingProvider),
    vscode.languages.registerDocumentLinkProvider(selector, linkProvider),
    vscode.languages.registerDefinitionProvider({ scheme: ownScheme, language: 'eml' }, sourceLineProvider),
    vscode.workspace.registerTextDocumentContentProvider(ownScheme, ownDocuments),
    vscode.window.registerWebviewPanelSerializer(panelType, panelSerializer(context.extensionUri)),
    vscode.workspace.onDidCloseTextDocument(forget),
    followSources(),
    showComplaints(),
    showContext(),
    ...commands(context.extensionUri),
  );
}

function commands(extension: vscode.Uri): vscode.Disposable[] {
  return [
    vscode.commands.registerCommand('patchgloss.openSimulator', (state: unknown) => openSimulator(extension, state)),
    vscode.commands.registerCommand('patchgloss.openConceptNote', (id: unknown) => openConceptNote(id)),
    vscode.commands.registerCommand('patchgloss.openReadingView', openReadingView),
    vscode.commands.registerCommand('patchgloss.goToSourceLine', goToSourceLine),
  ];
}

/** Our read-only documents: reading views and the pages of notes. */
const ownDocuments: vscode.TextDocumentContentProvider = {
  onDidChange: onReadingViewChange,
  provideTextDocumentContent(uri) {
    if (isReadingView(uri)) return readingViewText(uri);
    return isConceptPage(uri) ? conceptPageText(uri) : undefined;
  },
};

/** Tells the editor whether the active text is mail, for the commands that need one. */
function showContext(): vscode.Disposable {
  const tell = async (editor: vscode.TextEditor | undefined) => {
    const inMail = editor !== undefined && (await isOurs(editor.document));
    if (editor !== vscode.window.activeTextEditor) return;
    await vscode.commands.executeCommand('setContext', 'patchgloss.inMail', inMail);
    const inView = inMail && isReadingView(editor.document.uri);
    await vscode.commands.executeCommand('setContext', 'patchgloss.inReadingView', inView);
  };
  void tell(vscode.window.activeTextEditor);
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(tell),
    // A document that gets its language later, or an untitled one into which a mail is pasted.
    vscode.workspace.onDidOpenTextDocument(() => tell(vscode.window.activeTextEditor)),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      const editor = vscode.window.activeTextEditor;
      if (editor?.document === document) void tell(editor);
    }),
  );
}
