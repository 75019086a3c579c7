import * as vscode from 'vscode';
import type { TermMention, ThreadTerm, Unexplained, WrittenOut } from '#features';
import type { Node, Shown } from './concept-nodes.ts';
import { rangeOfMention, whoSays } from './mention-items.ts';

const { Collapsed, None } = vscode.TreeItemCollapsibleState;

/** What a row of the view says. Words of a mail are labels, never markup; each row says in words what its icon and figures show. */
export function treeItem(node: Node, shown: Shown | undefined, byField: boolean): vscode.TreeItem {
  switch (node.kind) {
    case 'field':
      return fieldItem(node.field, node.terms);
    case 'term':
      return termItem(node.term, byField);
    case 'written':
      return writtenItem(node.candidates.length);
    case 'unexplained':
      return unexplainedItem(node.candidates.length);
    case 'candidate':
      return candidateItem(node.candidate);
    case 'message':
      return messageItem(node, shown);
    case 'mention':
      return mentionItem(node.of, node.mention, shown);
  }
}

function fieldItem(field: string, terms: readonly ThreadTerm[]): vscode.TreeItem {
  const item = new vscode.TreeItem(field, vscode.TreeItemCollapsibleState.Expanded);
  item.id = `field ${field}`;
  item.description = String(terms.length);
  item.iconPath = new vscode.ThemeIcon('library');
  item.accessibilityInformation = { label: vscode.l10n.t('{0}, terms: {1}', field, terms.length) };
  return item;
}

function termItem(term: ThreadTerm, byField: boolean): vscode.TreeItem {
  const { concept, title, expansion, field, summary, mentions, messages, speakers, weight } = term;
  const item = new vscode.TreeItem(title, Collapsed);
  const quotesOnly = weight < 1;
  item.id = `term ${concept}`;
  const detail = byField ? expansion : field;
  item.description = detail === undefined ? String(mentions.length) : `${mentions.length} \u00b7 ${detail}`;
  item.iconPath = new vscode.ThemeIcon(quotesOnly ? 'quote' : 'book');
  const often = quotesOnly
    ? vscode.l10n.t('Mentions: {0}, only in quotes', mentions.length)
    : vscode.l10n.t('Mentions: {0}; messages: {1}; people: {2}', mentions.length, messages, speakers);
  const name = expansion === undefined ? title : `${title}, ${expansion}`;
  item.tooltip = `${name} \u00b7 ${field}\n${often}\n\n${summary}`;
  item.contextValue = 'term';
  item.accessibilityInformation = { label: `${name}. ${field}. ${often}` };
  return item;
}

function writtenItem(count: number): vscode.TreeItem {
  const label = vscode.l10n.t('Written out in the thread ({0})', count);
  const item = new vscode.TreeItem(label, Collapsed);
  item.id = 'written';
  item.iconPath = new vscode.ThemeIcon('comment');
  item.tooltip = vscode.l10n.t('Abbreviations that no note explains, and that a mail of this thread writes out.');
  item.accessibilityInformation = { label: `${label}. ${item.tooltip}` };
  return item;
}

function unexplainedItem(count: number): vscode.TreeItem {
  const label = vscode.l10n.t('Not explained ({0})', count);
  const item = new vscode.TreeItem(label, Collapsed);
  item.id = 'unexplained';
  item.iconPath = new vscode.ThemeIcon('question');
  item.tooltip = vscode.l10n.t(
    'Abbreviations and names of functions that are used at least twice and that no note explains.',
  );
  item.accessibilityInformation = { label: `${label}. ${item.tooltip}` };
  return item;
}

function candidateItem(candidate: Unexplained | WrittenOut): vscode.TreeItem {
  const { text, kind, mentions } = candidate;
  const expansion = 'expansion' in candidate ? candidate.expansion : undefined;
  const item = new vscode.TreeItem(text, Collapsed);
  item.id = `candidate ${text}`;
  item.description = expansion === undefined ? String(mentions.length) : `${mentions.length} \u00b7 ${expansion}`;
  item.iconPath = new vscode.ThemeIcon(kind === 'acronym' ? 'symbol-text' : 'symbol-method');
  item.contextValue = 'candidate';
  item.tooltip = vscode.l10n.t('Mentions: {0}; no note explains it', mentions.length);
  const name = expansion === undefined ? text : `${text}, ${expansion}`;
  item.accessibilityInformation = { label: `${name}. ${item.tooltip}` };
  return item;
}

function messageItem(node: Extract<Node, { kind: 'message' }>, shown: Shown | undefined): vscode.TreeItem {
  const { of, message, mentions } = node;
  const author = message.author || vscode.l10n.t('(no sender)');
  const [first] = mentions;
  const one = mentions.length === 1 && first ? first : undefined;
  const item = new vscode.TreeItem(author, one ? None : Collapsed);
  item.id = `message ${of} ${message.index}`;
  const where = one ? lineText(one) : vscode.l10n.t('{0} times', mentions.length);
  const quoted = mentions.every(({ own }) => !own) ? `, ${vscode.l10n.t('quoted')}` : '';
  item.description = `${where}${quoted} \u00b7 ${message.subject}`;
  item.iconPath = new vscode.ThemeIcon('mail');
  item.tooltip = `${message.subject}\n${author}`;
  item.accessibilityInformation = { label: `${author}, ${where}${quoted}. ${message.subject}` };
  if (first && shown) item.command = reveal(shown.document, first);
  return item;
}

function mentionItem(of: string, mention: TermMention, shown: Shown | undefined): vscode.TreeItem {
  const label = mention.said;
  const item = new vscode.TreeItem(label, None);
  item.id = `mention ${of} ${mention.spans[0]?.start ?? 0}`;
  const who = whoSays(mention);
  item.description = who === '' ? lineText(mention) : `${lineText(mention)} \u00b7 ${who}`;
  item.tooltip = label;
  item.accessibilityInformation = { label: `${item.description}: ${label}` };
  if (shown) item.command = reveal(shown.document, mention);
  return item;
}

function lineText({ line }: TermMention): string {
  return vscode.l10n.t('line {0}', line + 1);
}

function reveal(document: vscode.TextDocument, mention: TermMention): vscode.Command {
  const options: vscode.TextDocumentShowOptions = { selection: rangeOfMention(document, mention), preview: true };
  return { command: 'vscode.open', title: vscode.l10n.t('Show'), arguments: [document.uri, options] };
}
