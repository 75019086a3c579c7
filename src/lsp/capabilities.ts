import { type InitializeParams, type InitializeResult, TextDocumentSyncKind } from 'vscode-languageserver/node';
import manifest from '../../package.json' with { type: 'json' };
import type { Encoding } from './encoding.ts';
import { legend } from './tokens.ts';

/** What this server answers. It runs no command and changes no text. */
export function capabilities({ name: positionEncoding }: Encoding): InitializeResult {
  return {
    serverInfo: { name: manifest.name, version: manifest.version },
    capabilities: {
      positionEncoding,
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      hoverProvider: true,
      documentSymbolProvider: { label: 'Patchgloss' },
      foldingRangeProvider: true,
      definitionProvider: true,
      referencesProvider: true,
      documentHighlightProvider: true,
      selectionRangeProvider: true,
      documentLinkProvider: {},
      semanticTokensProvider: { legend, full: true, range: true },
      workspaceSymbolProvider: true,
    },
  };
}

/** What an editor can show, as far as it matters to us. */
export interface Client {
  /** Whether hovers may be Markdown. */
  markdown: boolean;
  /** Whether the symbols of a document may be a tree. */
  tree: boolean;
}

export function clientOf({ capabilities: { textDocument } }: InitializeParams): Client {
  return {
    markdown: textDocument?.hover?.contentFormat?.includes('markdown') ?? false,
    tree: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport ?? false,
  };
}
