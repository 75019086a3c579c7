import * as vscode from 'vscode';
import { isId } from '#webview';
import { features } from './core.ts';
import { ownScheme } from './documents.ts';
import { scenarioPage } from './scenario-page.ts';

const authority = 'concept';

/** The Markdown of a note, or of a scenario that a note leads to. Links lead to pages of the same kind. */
export async function conceptPageText(uri: vscode.Uri): Promise<string> {
  const [first = '', simulator = '', scenario = ''] = uri.path.slice(1).replace(/\.md$/, '').split('/');
  if (first === 'run') {
    return (await scenarioPage(simulator, scenario)) ?? vscode.l10n.t('There is no scenario of this name.');
  }
  const page = isId(first) ? (await features()).conceptPage(first) : undefined;
  return page === undefined ? vscode.l10n.t('There is no note of this name.') : withPageLinks(page);
}

/** `concept:pamt` and `simulator:tdmr-pamt/one-chunk?nodes=2` as pages beside this one. */
function withPageLinks(page: string): string {
  return page
    .replace(/\]\(concept:([a-z0-9.-]+)\)/g, ']($1.md)')
    .replace(/\]\(simulator:([a-z0-9.-]+\/[a-z0-9.-]+)(?:\?[^\s()]*)?\)/g, '](run/$1.md)');
}

/** Opens a note in the Markdown preview; without an id it asks which. The argument may come from a link: it is checked. */
export async function openConceptNote(argument: unknown): Promise<void> {
  const id = argument === undefined ? await pickConcept() : argument;
  if (id === undefined) return;
  if (!isId(id) || (await features()).conceptPage(id) === undefined) {
    void vscode.window.showWarningMessage(vscode.l10n.t('There is no note of this name.'));
    return;
  }
  const uri = vscode.Uri.from({ scheme: ownScheme, authority, path: `/${id}.md` });
  try {
    await vscode.commands.executeCommand('markdown.showPreviewToSide', uri);
  } catch {
    // The built-in Markdown extension may be switched off; the text is readable as it is.
    await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside, preview: true });
  }
}

async function pickConcept(): Promise<string | undefined> {
  const { ourGlossary } = await features();
  const items = ourGlossary().concepts.map((concept) => ({
    label: concept.title,
    description: concept.field,
    detail: concept.expansion ?? concept.summary,
    id: concept.id,
  }));
  items.sort((one, other) => one.label.localeCompare(other.label));
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: vscode.l10n.t('A term to read about'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.id;
}
