import * as vscode from 'vscode';
import { annotations } from './annotations/register.ts';
import { argument } from './argument/register.ts';
import { isVersion } from './argument/version-address.ts';
import { authoring } from './authoring/register.ts';
import { forget, isOurs, ownScheme, selector } from './documents.ts';
import { fetchCommands } from './fetch/register.ts';
import { firstMail } from './first-mail.ts';
import type { NotesAt } from './hover.ts';
import { navigation } from './navigation/register.ts';
import { argumentSurfaces, attachments, notePages, panels, places, readingViews, surfaces } from './on-demand.ts';
import { ownFiles } from './own-files.ts';
import { glossaryChanges } from './packs/changed.ts';
import { panelType } from './panel-type.ts';
import { isReadingView, readingViewChanges } from './reading-address.ts';
import { sharing } from './reply/register.ts';
import { repository } from './repository/register.ts';
import { terms } from './terms/register.ts';
import { threads } from './threads/register.ts';
import { languageModelTools } from './tools/register.ts';

/**
 * Registers everything and reads nothing: no file, no note, no mail. The rooms behind are evaluated when the editor first
 * asks one of the providers about a document.
 */
export function start(context: vscode.ExtensionContext): void {
  const mail = firstMail(context);
  const extension = context.extensionUri;
  void mail.then(surfaces).then(({ showComplaints, readShownThreads }) => {
    context.subscriptions.push(showComplaints(), readShownThreads(glossaryChanges.event));
  });
  context.subscriptions.push(
    ...providers(annotations(context, mail).at),
    threads(context),
    terms(context, mail, glossaryChanges.event),
    vscode.workspace.registerFileSystemProvider(ownScheme, ownFiles(ownDocuments(context)), {
      isCaseSensitive: true,
      isReadonly: true,
    }),
    vscode.window.registerWebviewPanelSerializer(panelType, {
      deserializeWebviewPanel: async (panel, kept: unknown) => (await panels()).restorePanel(extension, panel, kept),
    }),
    vscode.window.registerUriHandler({
      handleUri: async (uri) => (await panels()).openLink(extension, uri),
    }),
    glossaryChanges,
    glossaryChanges.event(showPagesAnew),
    vscode.workspace.onDidCloseTextDocument(forget),
    authoring(),
    argument(context, mail, glossaryChanges.event),
    navigation(context, mail),
    sharing(context),
    fetchCommands(context),
    repository(),
    languageModelTools(),
    showContext(),
    ...commands(extension),
  );
}

function providers(notesAt: NotesAt): vscode.Disposable[] {
  const { languages } = vscode;
  return [
    languages.registerHoverProvider(selector, {
      provideHover: async (...place) => (await surfaces()).provideHover(notesAt, ...place),
    }),
    languages.registerDocumentSymbolProvider(
      selector,
      {
        provideDocumentSymbols: async (...asked) => (await surfaces()).outlineProvider.provideDocumentSymbols(...asked),
      },
      { label: 'Patchgloss' },
    ),
    languages.registerFoldingRangeProvider(selector, {
      provideFoldingRanges: async (...asked) => (await surfaces()).foldingProvider.provideFoldingRanges(...asked),
    }),
    languages.registerDocumentLinkProvider(selector, {
      provideDocumentLinks: async (...asked) => (await surfaces()).linkProvider.provideDocumentLinks(...asked),
    }),
  ];
}

function commands(extension: vscode.Uri): vscode.Disposable[] {
  const command = (name: string, run: (argument: unknown) => unknown) =>
    vscode.commands.registerCommand(`patchgloss.${name}`, run);
  return [
    command('openSimulator', async (state) => (await panels()).openSimulator(extension, state)),
    command('openConceptNote', async (id) => (await notePages()).openConceptNote(id)),
    command('openReadingView', async () => (await readingViews()).openReadingView()),
    command('saveAttachment', async (asked) => (await attachments()).saveAttachment(asked)),
    command('showPlace', async (place) => (await places()).showPlace(place)),
    command('goToSourceLine', async () => (await readingViews()).goToSourceLine()),
  ];
}

/** Our read-only documents: reading views and the pages of notes. */
function ownDocuments(context: vscode.ExtensionContext): vscode.TextDocumentContentProvider {
  let following = false;
  return {
    onDidChange: readingViewChanges.event,
    async provideTextDocumentContent(uri) {
      if (isVersion(uri)) return (await argumentSurfaces()).versionText(uri);
      if (!isReadingView(uri)) return (await notePages()).conceptPageText(uri);
      const { followSources, readingViewText } = await readingViews();
      if (!following) context.subscriptions.push(followSources(context));
      following = true;
      return readingViewText(uri);
    },
  };
}

/** The pages of notes that are open, after a note was edited. */
function showPagesAnew(): void {
  for (const { uri } of vscode.workspace.textDocuments) {
    if (uri.scheme === ownScheme && !isReadingView(uri)) readingViewChanges.fire(uri);
  }
}

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
