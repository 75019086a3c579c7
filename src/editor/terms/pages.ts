import * as vscode from 'vscode';
import type { ThreadTerms } from '#features';
import { features } from '../core.ts';
import { ownScheme } from '../documents.ts';
import { readingViewChanges } from '../reading-address.ts';
import { lastMail } from './last-mail.ts';
import { knownThreads, termsOfThread, threadsChanged } from './thread-of-document.ts';

/** How long (ms) a page waits for the terms of the mail; when they come later it is renewed. */
const patience = 400;
const listFolder = 'thread';

/** The sections of a note's page that say where the threads which were read in this window use it. */
export async function backlinks(concept: string): Promise<string> {
  await within(patience, ofLastMail());
  const { backlinksPage } = await features();
  const text = backlinksPage(concept, sections());
  return text === '' ? '' : `${text}\n\n*${vscode.l10n.t('Patchgloss: Find All Mentions leads to these lines.')}*`;
}

function sections(): { heading: string; terms: ThreadTerms; uri: vscode.Uri }[] {
  const last = lastMail().current()?.document.uri.toString();
  return knownThreads().map(({ uri, terms }) => {
    const heading = uri.toString() === last ? vscode.l10n.t('In this thread') : vscode.l10n.t('In another thread');
    return { heading, terms, uri };
  });
}

async function ofLastMail(): Promise<ThreadTerms | undefined> {
  const mail = lastMail().current();
  if (!mail) return undefined;
  const source = new vscode.CancellationTokenSource();
  return termsOfThread(mail.document, mail.offset, source.token);
}

function within<Value>(milliseconds: number, value: Promise<Value>): Promise<Value | undefined> {
  const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), milliseconds));
  return Promise.race([value, late]);
}

/** In the text of a page the numbers of lines lead into the mail; the preview follows no link out of its own scheme. */
export function provideDocumentLinks(document: vscode.TextDocument): Promise<vscode.DocumentLink[]> {
  return linksIn(document);
}

async function linksIn(document: vscode.TextDocument): Promise<vscode.DocumentLink[]> {
  const { backlinksPage, linesOf } = await features();
  const id = document.uri.path.slice(1).replace(/\.md$/, '');
  const links: vscode.DocumentLink[] = [];
  let at = 0;
  for (const section of sections()) {
    const text = backlinksPage(id, [section]);
    const begin = text === '' ? -1 : document.getText().indexOf(text, at);
    if (begin === -1) continue;
    at = begin + text.length;
    const first = document.positionAt(begin).line;
    for (const [index, row] of text.split('\n').entries()) {
      for (const { line, start, end } of linesOf(row)) {
        const range = new vscode.Range(first + index, start, first + index, end);
        links.push(new vscode.DocumentLink(range, section.uri.with({ fragment: `L${line}` })));
      }
    }
  }
  return links;
}

/** Pages of notes are renewed when another thread was read. */
export function followThreads(): vscode.Disposable {
  return threadsChanged.event(() => {
    for (const { uri } of vscode.workspace.textDocuments) {
      if (uri.scheme === ownScheme && uri.authority === 'concept') readingViewChanges.fire(uri);
    }
  });
}

/** Opens the terms of the thread as a page to read from top to bottom. */
export async function explainThread(): Promise<void> {
  const mail = lastMail().current();
  if (!mail) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Open a mail first: an mbox, an .eml or a saved archive page.'),
    );
    return;
  }
  const query = JSON.stringify([mail.document.uri.toString(), mail.offset]);
  const path = `/${listFolder}/terms-of-this-thread.md`;
  const uri = vscode.Uri.from({ scheme: ownScheme, authority: 'concept', path, query });
  try {
    await vscode.commands.executeCommand('markdown.showPreviewToSide', uri);
  } catch {
    // The built-in Markdown extension may be switched off; the text is readable as it is.
    await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside, preview: true });
  }
}

/** The Markdown of such a page; absent for any other address. */
export async function threadPage({ path, query }: vscode.Uri): Promise<string | undefined> {
  if (!path.startsWith(`/${listFolder}/`)) return undefined;
  const gone = vscode.l10n.t('The mail this was opened from is not there any more.');
  try {
    const asked: unknown = JSON.parse(query);
    if (!Array.isArray(asked) || typeof asked[0] !== 'string' || typeof asked[1] !== 'number') return gone;
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(asked[0], true));
    const source = new vscode.CancellationTokenSource();
    const terms = await termsOfThread(document, asked[1], source.token);
    if (!terms) return gone;
    const page = (await features()).readingList(terms);
    return page.replace(/\]\(concept:([a-z0-9.-]+)\)/g, '](../$1.md)');
  } catch {
    return gone;
  }
}
