import * as vscode from 'vscode';
import type { TermMention, ThreadTerms } from '#features';
import { ask, ownScheme } from '../documents.ts';
import { lastMail } from './last-mail.ts';
import { rangeOfMention, whoSays } from './mention-items.ts';
import { termsOfThread } from './thread-of-document.ts';

interface Wanted {
  document: vscode.TextDocument;
  terms: ThreadTerms;
  title: string;
  mentions: readonly TermMention[];
}

/** All mentions of a term as a list; the mail follows the row that is marked, and goes back when the list is left. */
export async function findAllMentions(argument: unknown): Promise<void> {
  const mail = lastMail().current();
  const terms = mail && (await threadOf(mail.document, mail.offset));
  if (!mail || !terms) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Open a mail first: an mbox, an .eml or a saved archive page.'),
    );
    return;
  }
  const id = idIn(argument) ?? idOfPage() ?? (await idAtCaret()) ?? (await pickTerm(terms));
  if (id === undefined) return;
  const term = terms.explained.find(({ concept }) => concept === id);
  const candidate = [...terms.written, ...terms.unexplained].find(({ text }) => text === id);
  const mentions = term?.mentions ?? candidate?.mentions ?? [];
  if (mentions.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('This thread does not mention the term.'));
    return;
  }
  browse({ document: mail.document, terms, title: term?.title ?? id, mentions });
}

function threadOf(document: vscode.TextDocument, offset: number): Thenable<ThreadTerms | undefined> {
  const location = vscode.ProgressLocation.Window;
  return vscode.window.withProgress({ location, title: vscode.l10n.t('Reading the thread') }, async () => {
    const source = new vscode.CancellationTokenSource();
    return termsOfThread(document, offset, source.token);
  });
}

/** A row of the view, or an id. */
function idIn(argument: unknown): string | undefined {
  if (typeof argument === 'string') return argument;
  if (typeof argument !== 'object' || argument === null) return undefined;
  if ('id' in argument && typeof argument.id === 'string') return argument.id;
  if (!('candidate' in argument) || typeof argument.candidate !== 'object' || argument.candidate === null)
    return undefined;
  return 'text' in argument.candidate && typeof argument.candidate.text === 'string'
    ? argument.candidate.text
    : undefined;
}

/** The note whose page is in front, as a text or as a preview: of a preview an extension knows no more than its title. */
function idOfPage(): string | undefined {
  const document = vscode.window.activeTextEditor?.document;
  const path =
    document === undefined ? vscode.window.tabGroups.activeTabGroup.activeTab?.label : pagePath(document.uri);
  return /(?:^|[\s/])([a-z0-9.-]{1,80})\.md$/.exec(path ?? '')?.[1];
}

function pagePath({ scheme, authority, path }: vscode.Uri): string | undefined {
  return scheme === ownScheme && authority === 'concept' ? path : undefined;
}

async function idAtCaret(): Promise<string | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return undefined;
  const offset = editor.document.offsetAt(editor.selection.active);
  return (await ask(editor.document, undefined, ({ termAt }, reading) => termAt(reading, offset)))?.concepts[0];
}

async function pickTerm({ explained, written, unexplained }: ThreadTerms): Promise<string | undefined> {
  const items = [
    ...explained.map((term) => ({
      label: term.title,
      description: `${term.mentions.length} \u00b7 ${term.field}`,
      detail: term.expansion ?? '',
      id: term.concept,
    })),
    ...written.map(({ text, expansion, mentions }) => ({
      label: text,
      description: String(mentions.length),
      detail: expansion,
      id: text,
    })),
    ...unexplained.map(({ text, mentions }) => ({
      label: text,
      description: `${mentions.length} \u00b7 ${vscode.l10n.t('not explained')}`,
      detail: '',
      id: text,
    })),
  ];
  const options = {
    placeHolder: vscode.l10n.t('A term of this thread'),
    matchOnDescription: true,
    matchOnDetail: true,
  };
  return (await vscode.window.showQuickPick(items, options))?.id;
}

interface MentionItem extends vscode.QuickPickItem {
  mention: TermMention;
}

function browse({ document, terms, title, mentions }: Wanted): void {
  const subjects = new Map(terms.messages.map(({ index, subject }) => [index, subject]));
  const pick = vscode.window.createQuickPick<MentionItem>();
  pick.title = vscode.l10n.t('{0}: {1} mentions', title, mentions.length);
  pick.placeholder = vscode.l10n.t('Up and Down show them in the mail');
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.items = mentions.map((mention) => ({
    label: vscode.l10n.t('line {0}', mention.line + 1),
    description: [whoSays(mention), subjects.get(mention.message) ?? ''].filter((part) => part !== '').join(' \u00b7 '),
    detail: mention.said,
    mention,
  }));
  const shownIn = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  const back = shownIn?.selection;
  const column = shownIn?.viewColumn;
  const show = (range: vscode.Range, preserveFocus: boolean) =>
    vscode.window.showTextDocument(document, {
      selection: range,
      preserveFocus,
      preview: true,
      ...(column === undefined ? {} : { viewColumn: column }),
    });
  let accepted = false;
  pick.onDidChangeActive(([item]) => {
    if (item) void show(rangeOfMention(document, item.mention), true);
  });
  pick.onDidAccept(() => {
    const [item] = pick.selectedItems;
    accepted = true;
    pick.hide();
    if (item) void show(rangeOfMention(document, item.mention), false);
  });
  pick.onDidHide(() => {
    pick.dispose();
    if (!accepted && back) void show(back, false);
  });
  pick.show();
}
