import * as vscode from 'vscode';
import type { Features } from '../core.ts';
import { ageOf, dayOf } from './ages.ts';
import { joined, mailCount, patchCount } from './row-words.ts';
import type { ShownMailbox, ThreadsNode } from './shown-mailbox.ts';
import { fileName } from './view-words.ts';

type NodeOf<Kind extends ThreadsNode['kind']> = Extract<ThreadsNode, { kind: Kind }>;

/** `v1 → elsewhere`: another version of what the thread above posts, in a thread of its own. */
export function itemOfVersion(rooms: Features, node: NodeOf<'version'>, shown: ShownMailbox): vscode.TreeItem {
  const item = leadingTo(rooms, node.other, shown);
  item.id = `version ${node.thread} ${node.other}`;
  item.contextValue = 'version';
  item.command = commandFor(node);
  return item;
}

/** The same where a reader said that it is one. */
export function itemOfLinked(rooms: Features, node: NodeOf<'linked'>, shown: ShownMailbox): vscode.TreeItem {
  const source = vscode.Uri.parse(node.source);
  const here = 'uri' in shown.origin && shown.origin.uri.toString() === source.toString();
  const message = here ? shown.threads.messageOf(node.messageId) : -1;
  const item =
    message === -1
      ? new vscode.TreeItem(vscode.l10n.t('Other version'))
      : leadingTo(rooms, shown.threads.threadOf[message] ?? 0, shown);
  const linked = vscode.l10n.t('linked by hand');
  item.description = joined([
    ...(message === -1 ? ['\u2192', fileName(source)] : [String(item.description ?? '')]),
    linked,
  ]);
  item.tooltip ??= `<${node.messageId}>`;
  item.iconPath = new vscode.ThemeIcon('link');
  item.accessibilityInformation = { label: joined([String(labelOf(item)), String(item.description)]) };
  item.id = `linked ${node.thread} ${node.messageId}`;
  item.contextValue = 'linked';
  item.command = commandFor(node);
  return item;
}

/** `2 missing: 3/8, 5/8` */
export function itemOfMissing({ thread, missing }: NodeOf<'missing'>): vscode.TreeItem {
  const label = missingText(missing);
  const item = new vscode.TreeItem(label);
  item.accessibilityInformation = { label };
  item.id = `missing ${thread}`;
  item.iconPath = new vscode.ThemeIcon('question');
  item.tooltip = vscode.l10n.t('Fetch the thread to see whether the archive has them.');
  return item;
}

/** Numbers that are named; more are told as so many. */
const MOST_NAMED = 12;

export function missingText({ parts, total }: NodeOf<'missing'>['missing']): string {
  const named = parts.slice(0, MOST_NAMED).map((part) => `${part}/${total}`);
  const rest = parts.length > MOST_NAMED ? ['\u2026'] : [];
  return vscode.l10n.t('{0} missing: {1}', parts.length, [...named, ...rest].join(', '));
}

function leadingTo({ threadLabel }: Features, thread: number, { threads, marks, now }: ShownMailbox): vscode.TreeItem {
  const said = threadLabel(threads, thread, marks, undefined);
  const version = said.version ?? 1;
  const item = new vscode.TreeItem(`v${version}`);
  const sent = threads.time(threads.roots[thread] ?? 0);
  const counts = [...(said.patches === undefined ? [] : [patchCount(said.patches)]), mailCount(said.mails, undefined)];
  item.description = ['\u2192', joined([...counts, ageOf(sent, now)])].join(' ');
  item.tooltip = [said.subject, `${said.author} \u00b7 ${dayOf(sent)}`].join('\n');
  item.iconPath = new vscode.ThemeIcon('versions');
  const spoken = vscode.l10n.t('version {0}, in another thread', version);
  item.accessibilityInformation = { label: joined([spoken, ...counts, dayOf(sent)]) };
  return item;
}

function labelOf({ label = '' }: vscode.TreeItem): string {
  return typeof label === 'string' ? label : label.label;
}

function commandFor(node: ThreadsNode): vscode.Command {
  return { command: 'patchgloss.threads.open', title: vscode.l10n.t('Go to the version'), arguments: [node] };
}
