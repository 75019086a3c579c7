import * as vscode from 'vscode';
import { ownScheme, selector } from '../documents.ts';
import { termSurfaces } from '../on-demand.ts';
import type { Node } from './concept-nodes.ts';
import type { ConceptsView } from './concepts-view.ts';

/** Everything about terms registered, nothing of it evaluated. `refresh` fires when other notes count. */
export function terms(
  context: vscode.ExtensionContext,
  mail: Promise<void>,
  refresh: vscode.Event<unknown>,
): vscode.Disposable {
  void mail.then(termSurfaces).then(({ showTerms, followThreads }) => {
    context.subscriptions.push(showTerms(refresh), followThreads());
  });
  return vscode.Disposable.from(...providers(refresh), ...commands(context), conceptsView(context, mail, refresh));
}

function providers(refresh: vscode.Event<unknown>): vscode.Disposable[] {
  const { languages } = vscode;
  const hintsChange = new vscode.EventEmitter<void>();
  return [
    languages.registerDefinitionProvider(selector, {
      provideDefinition: async (...asked) => (await termSurfaces()).provideDefinition(...asked),
    }),
    languages.registerReferenceProvider(selector, {
      provideReferences: async (document, position, _context, token) =>
        (await termSurfaces()).provideReferences(document, position, token),
    }),
    languages.registerDocumentHighlightProvider(selector, {
      provideDocumentHighlights: async (...asked) => (await termSurfaces()).provideDocumentHighlights(...asked),
    }),
    languages.registerInlayHintsProvider(selector, {
      onDidChangeInlayHints: hintsChange.event,
      provideInlayHints: async (...asked) => (await termSurfaces()).provideInlayHints(...asked),
    }),
    languages.registerDocumentLinkProvider(
      { scheme: ownScheme, language: 'markdown' },
      { provideDocumentLinks: async (document) => (await termSurfaces()).provideDocumentLinks(document) },
    ),
    hintsChange,
    refresh(() => hintsChange.fire()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('patchgloss.inlayExpansions')) hintsChange.fire();
    }),
  ];
}

function commands(context: vscode.ExtensionContext): vscode.Disposable[] {
  const command = (name: string, run: (argument: unknown) => unknown) =>
    vscode.commands.registerCommand(`patchgloss.${name}`, run);
  return [
    command('showHover', async () => (await termSurfaces()).showHover()),
    command('toggleHovers', async () => (await termSurfaces()).toggleHovers()),
    command('findAllMentions', async (asked) => (await termSurfaces()).findAllMentions(asked)),
    command('explainThread', async () => (await termSurfaces()).explainThread()),
    command('openSampleThread', async () => {
      const sample = vscode.Uri.joinPath(context.extensionUri, 'media/samples/tdx-pamt-thread.mbox');
      await vscode.commands.executeCommand('vscode.open', sample);
    }),
  ];
}

/** The view is there from the start, so that it can say what to open; what it shows is worked out when there is a mail. */
function conceptsView(
  context: vscode.ExtensionContext,
  mail: Promise<void>,
  refresh: vscode.Event<unknown>,
): vscode.Disposable {
  const changes = new vscode.EventEmitter<void>();
  let concepts: ConceptsView | undefined;
  const view = vscode.window.createTreeView<Node>('patchgloss.concepts', {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changes.event,
      getChildren: (node) => concepts?.getChildren(node) ?? [],
      getTreeItem: (node) => concepts?.getTreeItem(node) ?? new vscode.TreeItem(''),
    },
  });
  void mail.then(termSurfaces).then((surfaces) => {
    concepts = new surfaces.ConceptsView(view, context.workspaceState, refresh);
    context.subscriptions.push(
      concepts,
      concepts.onDidChangeTreeData(() => changes.fire()),
    );
    changes.fire();
  });
  const group = (name: string, byField: boolean) =>
    vscode.commands.registerCommand(`patchgloss.concepts.${name}`, () => concepts?.group(byField));
  const writeNote = vscode.commands.registerCommand('patchgloss.concepts.writeNote', (node: Node | undefined) =>
    concepts?.writeNote(node),
  );
  return vscode.Disposable.from(changes, view, writeNote, group('groupByField', true), group('showFlat', false));
}
