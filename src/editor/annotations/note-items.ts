import * as vscode from 'vscode';
import { KINDS } from '#annotations';
import type { NoteRow } from '#features';
import type { NoteNode } from './note-nodes.ts';
import { kindIcons, kindLabel, statusLabel } from './words.ts';

const { Expanded, None } = vscode.TreeItemCollapsibleState;

/** What a row of the view says. Words of a mail and of notes are labels, never markup; each row says in words what its icon shows. */
export function noteItem(node: NoteNode): vscode.TreeItem {
  switch (node.kind) {
    case 'unplaced':
      return unplacedItem(node.notes.length);
    case 'group':
      return groupItem(node);
    case 'note':
      return rowItem(node, node.row);
    case 'stray':
      return strayItem(node);
    case 'candidate':
      return candidateItem(node);
  }
}

function unplacedItem(count: number): vscode.TreeItem {
  const label = vscode.l10n.t('Unplaced ({0})', count);
  const item = new vscode.TreeItem(label, Expanded);
  item.id = 'unplaced';
  item.iconPath = new vscode.ThemeIcon('warning');
  item.tooltip = vscode.l10n.t(
    'Notes about a mail that is open, whose place in it is not there or not certain. They are kept.',
  );
  item.accessibilityInformation = { label: `${label}. ${item.tooltip}` };
  return item;
}

function groupItem({ by, group }: Extract<NoteNode, { kind: 'group' }>): vscode.TreeItem {
  const { key, notes } = group;
  const kind = by === 'kind' ? KINDS.find((one) => one === key) : undefined;
  const label = kind ? kindLabel(kind) : by === 'tag' ? tagLabel(key) : group.label || vscode.l10n.t('(no subject)');
  const item = new vscode.TreeItem(label, Expanded);
  item.id = `group ${by} ${key}`;
  const open = notes.filter(({ status }) => status === 'open').length;
  item.description = countText(notes.length, open);
  item.iconPath = new vscode.ThemeIcon(kind ? kindIcons[kind] : by === 'tag' ? 'tag' : 'mail');
  item.contextValue = 'group';
  item.accessibilityInformation = { label: `${label}, ${item.description}` };
  return item;
}

function tagLabel(tag: string): string {
  return tag === '' ? vscode.l10n.t('without a tag') : `#${tag}`;
}

function countText(all: number, open: number): string {
  return open === all ? vscode.l10n.t('notes: {0}', all) : vscode.l10n.t('notes: {0}, resolved: {1}', all, all - open);
}

function rowItem(node: Extract<NoteNode, { kind: 'note' }>, row: NoteRow): vscode.TreeItem {
  const item = itemOf(row, None);
  item.id = `note ${node.under} ${row.id}`;
  item.contextValue = `note ${row.status}`;
  item.command = { command: 'patchgloss.note.open', title: vscode.l10n.t('Show'), arguments: [node] };
  return item;
}

function strayItem(node: Extract<NoteNode, { kind: 'stray' }>): vscode.TreeItem {
  const { row, note } = node;
  const isAmbiguous = note.candidates.length > 0;
  const item = itemOf(row, isAmbiguous ? Expanded : None);
  item.id = `stray ${row.id}`;
  item.contextValue = isAmbiguous ? 'stray ambiguous' : 'stray lost';
  const state = isAmbiguous ? vscode.l10n.t('ambiguous, places: {0}', note.candidates.length) : vscode.l10n.t('lost');
  item.description = `${state} \u00b7 ${note.reason}`;
  item.iconPath = new vscode.ThemeIcon(isAmbiguous ? 'references' : 'circle-slash');
  const advice = isAmbiguous
    ? vscode.l10n.t('Choose one of the places below.')
    : vscode.l10n.t('Put the caret where it belongs and choose Place Here.');
  const name = note.document.path.split('/').at(-1) ?? '';
  item.tooltip = [row.text, quoted(row), note.reason, name, advice].filter((one) => one !== '').join('\n\n');
  item.accessibilityInformation = { label: `${row.title}. ${item.description} ${advice}` };
  return item;
}

function itemOf(row: NoteRow, state: vscode.TreeItemCollapsibleState): vscode.TreeItem {
  const title = row.title || vscode.l10n.t('(no text)');
  const item = new vscode.TreeItem(title, state);
  const facts = [
    ...(row.status === 'resolved' ? [statusLabel(row.status)] : []),
    ...(row.replies > 0 ? [vscode.l10n.t('answers: {0}', row.replies)] : []),
    ...row.tags.map((tag) => `#${tag}`),
    ...(row.quote === undefined ? [] : [row.quote.slice(0, 100)]),
  ];
  item.description = facts.join(' \u00b7 ');
  item.iconPath = new vscode.ThemeIcon(row.status === 'resolved' ? 'pass' : kindIcons[row.kind]);
  item.tooltip = [row.text, quoted(row), row.subject ?? ''].filter((one) => one !== '').join('\n\n');
  const spoken = [title, kindLabel(row.kind), statusLabel(row.status), ...facts].join(', ');
  item.accessibilityInformation = { label: row.subject === undefined ? spoken : `${spoken}. ${row.subject}` };
  return item;
}

function quoted({ quote = '' }: NoteRow): string {
  return quote === '' ? '' : `"${quote.slice(0, 200)}"`;
}

function candidateItem({ id, document, range }: Extract<NoteNode, { kind: 'candidate' }>): vscode.TreeItem {
  const open = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === document.toString());
  const line = vscode.l10n.t('line {0}', range.start.line + 1);
  const text = open && range.start.line < open.lineCount ? open.lineAt(range.start.line).text.trim() : '';
  const item = new vscode.TreeItem(line, None);
  item.id = `candidate ${id} ${document.toString()} ${range.start.line} ${range.start.character}`;
  item.description = text;
  item.iconPath = new vscode.ThemeIcon('location');
  item.contextValue = 'candidate';
  item.tooltip = text;
  item.accessibilityInformation = { label: vscode.l10n.t('Perhaps {0}: {1}', line, text) };
  const options: vscode.TextDocumentShowOptions = { selection: range, preview: true };
  item.command = { command: 'vscode.open', title: vscode.l10n.t('Show'), arguments: [document, options] };
  return item;
}
