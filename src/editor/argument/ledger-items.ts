import * as vscode from 'vscode';
import type { RemarkStatus, Review, ReviewPatch, ReviewRemark, SourcePlace } from '#features';

/** What the view shows. Each row but that of a patch leads to one place. */
export type LedgerNode =
  | { kind: 'patch'; patch: ReviewPatch }
  | { kind: 'remark'; id: string; remark: ReviewRemark }
  | { kind: 'detail'; id: string; label: string; description: string; icon: string; place: SourcePlace };

/** The address of the document that a place stands in; absent when it is closed. */
type AddressOf = (place: SourcePlace) => string | undefined;

export function roots({ patches }: Review): LedgerNode[] {
  return patches.map((patch) => ({ kind: 'patch', patch }));
}

export function childrenOf(node: LedgerNode): LedgerNode[] {
  if (node.kind === 'patch') return patchChildren(node.patch);
  return node.kind === 'remark' ? remarkChildren(node.id, node.remark) : [];
}

function patchChildren({ key, remarks, given }: ReviewPatch): LedgerNode[] {
  return [
    ...remarks.map((remark, at): LedgerNode => ({ kind: 'remark', id: `${key} ${at}`, remark })),
    ...given.map(({ text, place }, at) => detail(`${key} given ${at}`, text, '', 'verified', place)),
  ];
}

function remarkChildren(id: string, { about, answers, next }: ReviewRemark): LedgerNode[] {
  const where = vscode.l10n.t('what it is about');
  return [
    detail(`${id} about`, aboutText(about), where, 'symbol-file', about.place),
    ...answers.map(({ by, text, verdict, place }, at) => {
      const said =
        verdict === undefined
          ? vscode.l10n.t('answer')
          : verdict === 'accepted'
            ? vscode.l10n.t('answer: accepted')
            : vscode.l10n.t('answer: refused');
      return detail(`${id} answer ${at}`, saidBy(by, text), said, 'reply', place);
    }),
    ...(next?.evidence
      ? [detail(`${id} next`, vscode.l10n.t('What v{0} says', next.version), '', 'diff', next.evidence)]
      : []),
  ];
}

function detail(id: string, label: string, description: string, icon: string, place: SourcePlace): LedgerNode {
  return { kind: 'detail', id, label, description, icon, place };
}

/** Rows of the view. Words of a mail are labels, never markup; each row says in words what its icon shows. */
export function treeItem(node: LedgerNode, addressOf: AddressOf): vscode.TreeItem {
  if (node.kind === 'patch') return patchItem(node.patch, addressOf);
  if (node.kind === 'remark') return remarkItem(node.id, node.remark, addressOf);
  const item = new vscode.TreeItem(node.label);
  item.id = node.id;
  item.description = node.description;
  item.tooltip = node.label;
  item.iconPath = new vscode.ThemeIcon(node.icon);
  item.accessibilityInformation = { label: [node.description, node.label].filter((part) => part !== '').join(': ') };
  reveal(item, addressOf, node.place);
  return item;
}

function patchItem(patch: ReviewPatch, addressOf: AddressOf): vscode.TreeItem {
  const { key, subject, version, remarks, given, unreviewed, place } = patch;
  const isEmpty = remarks.length + given.length === 0;
  const item = new vscode.TreeItem(
    shortSubject(subject) || vscode.l10n.t('(no subject)'),
    isEmpty ? vscode.TreeItemCollapsibleState.None : vscode.TreeItemCollapsibleState.Expanded,
  );
  item.id = `patch ${key}`;
  const open = remarks.filter(({ status }) => status === 'open').length;
  const parts = [
    `v${version}`,
    ...(remarks.length > 0 ? [remarksText(remarks.length)] : []),
    ...(open > 0 ? [vscode.l10n.t('{0} open', open)] : []),
    ...(unreviewed ? [vscode.l10n.t('no review')] : []),
  ];
  item.description = parts.join(' \u00b7 ');
  item.tooltip = `${subject}\n${item.description}`;
  item.iconPath = new vscode.ThemeIcon('git-commit');
  item.accessibilityInformation = { label: `${subject}. ${parts.join(', ')}` };
  reveal(item, addressOf, place);
  return item;
}

/** `[PATCH v2 3/7] tea: Warm the pot` as `3  tea: Warm the pot`; the whole of it is in the tooltip. */
function shortSubject(subject: string): string {
  const [head = '', brackets = ''] = /^\s*\[([^\]]{0,200})\]\s*/.exec(subject) ?? [];
  const part = /(?:^|\s)0*(\d{1,4})\/\d{1,4}$/.exec(brackets)?.[1];
  return `${part === undefined ? '' : `${part}  `}${subject.slice(head.length)}`;
}

function remarkItem(id: string, remark: ReviewRemark, addressOf: AddressOf): vscode.TreeItem {
  const { by, text, status, about, place } = remark;
  const item = new vscode.TreeItem(saidBy(by, text), vscode.TreeItemCollapsibleState.Collapsed);
  const { icon, word } = looks(status, remark.next?.version);
  item.id = id;
  item.description = `${word} \u00b7 ${aboutText(about)}`;
  item.tooltip = `${text}\n${item.description}`;
  item.iconPath = new vscode.ThemeIcon(icon);
  item.accessibilityInformation = { label: `${word}. ${saidBy(by, text)}. ${aboutText(about)}` };
  reveal(item, addressOf, place);
  return item;
}

function looks(status: RemarkStatus, version: number | undefined): { icon: string; word: string } {
  switch (status) {
    case 'changed':
      return {
        icon: 'pass',
        word: version === undefined ? vscode.l10n.t('changed') : vscode.l10n.t('changed in v{0}', version),
      };
    case 'open':
      return { icon: 'question', word: vscode.l10n.t('open') };
    case 'answered':
      return { icon: 'comment-discussion', word: vscode.l10n.t('answered') };
    case 'silent':
      return { icon: 'circle-large-outline', word: vscode.l10n.t('no answer') };
    case 'unclear':
      return { icon: 'circle-slash', word: vscode.l10n.t('cannot tell') };
    case 'approves':
      return { icon: 'thumbsup', word: vscode.l10n.t('asks for nothing') };
  }
}

function saidBy(by: string | undefined, text: string): string {
  return `${by ?? vscode.l10n.t('(no sender)')}: ${text}`;
}

/** `tea.c:42 make_tea()` */
function aboutText({ path, section, line, whole }: ReviewRemark['about']): string {
  if (whole) return vscode.l10n.t('the patch as a whole');
  if (path === undefined) return vscode.l10n.t('its message');
  const file = path.slice(path.lastIndexOf('/') + 1);
  const [, name] = /([A-Za-z_]\w{0,120})\s?\(/.exec(section ?? '') ?? [];
  return `${file}${line === undefined ? '' : `:${line}`}${name === undefined ? '' : ` ${name}()`}`;
}

function remarksText(count: number): string {
  return count === 1 ? vscode.l10n.t('1 remark') : vscode.l10n.t('{0} remarks', count);
}

/** What stands above the rows: `14 remarks, 3 open, 5 patches without review`. */
export function summary({ patches }: Review): string {
  const remarks = patches.flatMap((patch) => patch.remarks);
  const open = remarks.filter(({ status }) => status === 'open').length;
  const alone = patches.filter(({ unreviewed }) => unreviewed).length;
  return [
    remarksText(remarks.length),
    vscode.l10n.t('{0} open', open),
    alone === 1 ? vscode.l10n.t('1 patch without review') : vscode.l10n.t('{0} patches without review', alone),
  ].join(', ');
}

function reveal(item: vscode.TreeItem, addressOf: AddressOf, place: SourcePlace): void {
  const uri = addressOf(place);
  if (uri !== undefined)
    item.command = { command: 'patchgloss.showPlace', title: '', arguments: [{ uri, offset: place.start }] };
}
