import * as vscode from 'vscode';
import { isId, type Origin, readOrigin } from '#webview';
import { features } from './core.ts';
import { ownScheme } from './documents.ts';
import { named } from './panel.ts';
import { scenarioPage } from './scenario-page.ts';
import { backlinks, threadPage } from './terms/pages.ts';

const authority = 'concept';

/** The Markdown of a note, or of a scenario that a note leads to. Links lead to pages of the same kind. */
export async function conceptPageText(uri: vscode.Uri): Promise<string> {
  const listed = await threadPage(uri);
  if (listed !== undefined) return listed;
  const [first = '', simulator = '', scenario = ''] = uri.path.slice(1).replace(/\.md$/, '').split('/');
  if (first === 'run') {
    return (await scenarioPage(simulator, scenario)) ?? vscode.l10n.t('There is no scenario of this name.');
  }
  const page = isId(first) ? (await features()).conceptPage(first) : undefined;
  if (page === undefined) return vscode.l10n.t('There is no note of this name.');
  const [title = '', ...rest] = withPageLinks(page).split('\n\n');
  const used = await backlinks(first);
  const parts = [title, ...(await placeInMail(uri.query)), ...rest];
  return used === '' ? parts.join('\n\n') : `${parts.join('\n\n').trimEnd()}\n\n${used}\n`;
}

/** Where in a mail the note was opened from, in words: the preview follows no link to a file outside its own scheme. */
async function placeInMail(query: string): Promise<string[]> {
  const origin = query === '' ? undefined : readOrigin(parsed(query));
  if (!origin) return [];
  try {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(origin.uri, true));
    const line = document.positionAt(origin.start).line + 1;
    return [plain(vscode.l10n.t('Opened from {0}, line {1}.', origin.label, line))];
  } catch {
    // The mail is not there any more; the note is.
    return [];
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A text of strangers: nothing in it is markup. */
function plain(text: string): string {
  return text.replace(/[^\p{L}\p{N}\s]/gu, '\\$&').replace(/\s+/g, ' ');
}

/** `concept:pamt` and `simulator:tdmr-pamt/one-chunk?nodes=2` as pages beside this one. */
function withPageLinks(page: string): string {
  return page
    .replace(/\]\(concept:([a-z0-9.-]+)\)/g, ']($1.md)')
    .replace(/\]\(simulator:([a-z0-9.-]+\/[a-z0-9.-]+)(?:\?[^\s()]*)?\)/g, '](run/$1.md)');
}

/** Opens a note in the Markdown preview; without an id it asks which. The argument may come from a link: it is checked. */
export async function openConceptNote(argument: unknown): Promise<void> {
  const { id, origin } = argument === undefined ? { id: await pickConcept() } : readArgument(argument);
  if (id === undefined && argument === undefined) return;
  if (!isId(id) || (await features()).conceptPage(id) === undefined) {
    void vscode.window.showWarningMessage(vscode.l10n.t('There is no note of this name.'));
    return;
  }
  const query = origin ? JSON.stringify(await named(origin)) : '';
  const uri = vscode.Uri.from({ scheme: ownScheme, authority, path: `/${id}.md`, query });
  try {
    await vscode.commands.executeCommand('markdown.showPreviewToSide', uri);
  } catch {
    // The built-in Markdown extension may be switched off; the text is readable as it is.
    await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside, preview: true });
  }
}

/** An id alone, or with the place in a mail that it was asked from. */
function readArgument(argument: unknown): { id?: unknown; origin?: Origin | undefined } {
  if (typeof argument !== 'object' || argument === null || !('id' in argument)) return { id: argument };
  return { id: argument.id, origin: 'origin' in argument ? readOrigin(argument.origin) : undefined };
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
