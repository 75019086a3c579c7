import * as vscode from 'vscode';
import { selector } from '../documents.ts';
import { argumentSurfaces } from '../on-demand.ts';
import type { LedgerNode } from './ledger-items.ts';
import type { LedgerView } from './ledger-view.ts';
import { legendTypes } from './legend.ts';
import { keepLinkedVersions } from './linked-versions.ts';

/** Everything about who said what registered, nothing of it evaluated. `refresh` fires when other notes count. */
export function argument(
  context: vscode.ExtensionContext,
  mail: Promise<void>,
  refresh: vscode.Event<unknown>,
): vscode.Disposable {
  keepLinkedVersions(context.workspaceState);
  void mail.then(argumentSurfaces).then(({ showAlteredQuotes, showDiffLines }) => {
    context.subscriptions.push(showAlteredQuotes(), showDiffLines(refresh));
  });
  return vscode.Disposable.from(...providers(), ...commands(), ledgerView(context, mail));
}

function providers(): vscode.Disposable[] {
  const { languages } = vscode;
  return [
    languages.registerDefinitionProvider(selector, {
      provideDefinition: async (...asked) => (await argumentSurfaces()).provideOrigins(...asked),
    }),
    languages.registerReferenceProvider(selector, {
      provideReferences: async (document, position, _context, token) =>
        (await argumentSurfaces()).provideQuotes(document, position, token),
    }),
    languages.registerHoverProvider(selector, {
      provideHover: async (...asked) => (await argumentSurfaces()).provideQuoteHover(...asked),
    }),
    languages.registerHoverProvider(selector, {
      provideHover: async (...asked) => (await argumentSurfaces()).provideMessageHover(...asked),
    }),
    languages.registerDocumentRangeSemanticTokensProvider(
      selector,
      {
        provideDocumentRangeSemanticTokens: async (...asked) => (await argumentSurfaces()).provideDiffColours(...asked),
      },
      new vscode.SemanticTokensLegend([...legendTypes]),
    ),
  ];
}

function commands(): vscode.Disposable[] {
  const command = (name: string, run: (argument: unknown) => unknown) =>
    vscode.commands.registerCommand(`patchgloss.${name}`, run);
  return [
    command('showCut', async (asked) => (await argumentSurfaces()).showCut(asked)),
    command('compareVersions', async () => (await argumentSurfaces()).compareVersions()),
    command('linkVersion', async () => (await argumentSurfaces()).linkVersion()),
    command('copyLedger', async () => (await argumentSurfaces()).copyLedger()),
  ];
}

/** The view is there from the start, so that it can say what to open; what it shows is worked out when there is a mail. */
function ledgerView(context: vscode.ExtensionContext, mail: Promise<void>): vscode.Disposable {
  const changes = new vscode.EventEmitter<void>();
  let ledger: LedgerView | undefined;
  const view = vscode.window.createTreeView<LedgerNode>('patchgloss.ledger', {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changes.event,
      getChildren: (node) => ledger?.getChildren(node) ?? [],
      getTreeItem: (node) => ledger?.getTreeItem(node) ?? new vscode.TreeItem(''),
    },
  });
  void mail.then(argumentSurfaces).then((surfaces) => {
    ledger = new surfaces.LedgerView(view);
    context.subscriptions.push(
      ledger,
      ledger.onDidChangeTreeData(() => changes.fire()),
    );
    changes.fire();
  });
  return vscode.Disposable.from(changes, view);
}
