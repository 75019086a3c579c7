import * as vscode from 'vscode';
import { notesIn } from '../annotations/counts.ts';
import type { Features } from '../core.ts';
import { ageOf, dayOf } from './ages.ts';
import { joined, mailCount, patchCount, trailersSpoken, trailersText } from './row-words.ts';
import { isSearch, type ShownMailbox, type ThreadsNode } from './shown-mailbox.ts';
import { itemOfLinked, itemOfMissing, itemOfVersion, missingText } from './version-items.ts';

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

/** What a row of the view says. Words of a mail are labels, never markup; each row says in words what its icon and figures show. */
export function threadItem(rooms: Features, node: ThreadsNode, shown: ShownMailbox): vscode.TreeItem {
  const item = itemOf(rooms, node, shown);
  // The editor keeps by its id which row is unfolded.
  if (isSearch(shown.origin)) item.id = `${shown.origin.query}: ${item.id}`;
  return item;
}

function itemOf(rooms: Features, node: ThreadsNode, shown: ShownMailbox): vscode.TreeItem {
  switch (node.kind) {
    case 'thread':
      return itemOfThread(rooms, node, shown);
    case 'series':
      return itemOfSeries(node, shown);
    case 'message':
      return itemOfMessage(rooms, node, shown);
    case 'range':
      return itemOfRange(node, shown);
    case 'missing':
      return itemOfMissing(node);
    case 'version':
      return itemOfVersion(rooms, node, shown);
    case 'linked':
      return itemOfLinked(rooms, node, shown);
  }
}

function itemOfThread(
  { threadLabel, hasRowsUnder, isPosting }: Features,
  node: Extract<ThreadsNode, { kind: 'thread' }>,
  { threads, filtered, marks, now, facts }: ShownMailbox,
): vscode.TreeItem {
  const said = threadLabel(threads, node.thread, marks, filtered);
  const title = said.title || vscode.l10n.t('(no subject)');
  const item = new vscode.TreeItem(labelOf(title, filtered?.text));
  item.id = `thread ${threads.roots[node.thread] ?? 0}`;
  const hasVersions = !filtered && facts !== undefined && facts.versions(node.thread).length > 0;
  item.collapsibleState = hasVersions || hasRowsUnder(threads, node, filtered) ? Collapsed : None;
  const counts = [
    ...(said.fresh > 0 ? [vscode.l10n.t('{0} new', said.fresh)] : []),
    ...(said.version === undefined ? [] : [`v${said.version}`]),
    ...(said.patches === undefined ? [] : [patchCount(said.patches)]),
    mailCount(said.mails, said.found),
    ...noteCount(threads, threads.members[node.thread] ?? []),
    said.author || vscode.l10n.t('(no sender)'),
    ageOf(said.last, now),
  ];
  item.description = joined(counts);
  item.tooltip = [said.subject, `${said.author} \u00b7 ${dayOf(said.last)}`, unreadText(said.unread, said.mails)].join(
    '\n',
  );
  item.iconPath = dot(said.unread > 0, said.fresh > 0);
  const state = said.unread > 0 ? 'thread unread' : 'thread read';
  item.contextValue = facts && isPosting(threads, node.thread) ? `${state} series` : state;
  item.accessibilityInformation = { label: joined([title, ...counts, unreadText(said.unread, said.mails)]) };
  item.command = {
    command: 'patchgloss.threads.open',
    title: vscode.l10n.t('Read the thread'),
    arguments: [node],
  };
  return item;
}

function itemOfSeries(
  { version, parts, missing, thread, round }: Extract<ThreadsNode, { kind: 'series' }>,
  { threads, origin, now }: ShownMailbox,
): vscode.TreeItem {
  const item = new vscode.TreeItem(`v${version}`, Collapsed);
  item.id = `series ${threads.roots[thread] ?? 0} ${round}`;
  // What a search did not find may be there.
  const lacks = missing.parts.length > 0 && !isSearch(origin) ? [missingText(missing)] : [];
  const facts = [mailCount(parts.length, undefined), ...lacks, ageOf(threads.time(parts[0] ?? 0), now)];
  item.description = joined(facts);
  item.iconPath = new vscode.ThemeIcon('git-pull-request');
  item.contextValue = 'series';
  item.accessibilityInformation = { label: joined([vscode.l10n.t('version {0}', version), ...facts]) };
  return item;
}

function itemOfMessage(
  { messageLabel, hasRowsUnder }: Features,
  node: Extract<ThreadsNode, { kind: 'message' }>,
  { threads, filtered, marks, now, facts: more }: ShownMailbox,
): vscode.TreeItem {
  const said = messageLabel(threads, node.message, marks, node.inSeries);
  const author = said.author || vscode.l10n.t('(no sender)');
  const isBare = said.part === undefined && said.title === '';
  const isFirst = threads.roots[node.thread] === node.message && !node.inSeries;
  const title = said.part === undefined ? said.title : `${said.part}  ${said.title}`;
  const item = new vscode.TreeItem(labelOf(isBare ? author : title, filtered?.text));
  item.id = `message ${node.message}`;
  item.collapsibleState = hasRowsUnder(threads, node, filtered) ? (isFirst ? Expanded : Collapsed) : None;
  const age = ageOf(said.time, now);
  const fresh = said.isNew ? [vscode.l10n.t('new')] : [];
  const trailers = more?.trailers(node.thread, node.message);
  const notes = noteCount(threads, [node.message]);
  const facts = [...fresh, ...(trailers ? [trailersText(trailers)] : []), ...(isBare ? [] : [author]), age, ...notes];
  item.description = joined(facts);
  const given = trailers ? trailersSpoken(trailers) : '';
  item.tooltip = [said.subject, `${author} \u00b7 ${dayOf(said.time)}`, given].filter((line) => line !== '').join('\n');
  item.iconPath = dot(!said.isRead, said.isNew);
  item.contextValue = said.isRead ? 'message read' : 'message unread';
  const state = said.isRead ? vscode.l10n.t('read') : vscode.l10n.t('not read');
  const spoken = said.part === undefined ? said.title : vscode.l10n.t('patch {0}: {1}', said.part, said.title);
  item.accessibilityInformation = {
    label: joined([
      isBare ? vscode.l10n.t('mail by {0}', author) : spoken,
      ...fresh,
      given,
      ...(isBare ? [] : [author]),
      age,
      ...notes,
      state,
    ]),
  };
  item.command = {
    command: 'patchgloss.threads.open',
    title: vscode.l10n.t('Read the message'),
    arguments: [node],
  };
  return item;
}

function itemOfRange(
  { nodes, first }: Extract<ThreadsNode, { kind: 'range' }>,
  { threads }: ShownMailbox,
): vscode.TreeItem {
  const times = [nodes[0], nodes.at(-1)].map((node) => {
    if (node?.kind === 'thread') return threads.last[node.thread] ?? 0;
    return node?.kind === 'message' ? threads.time(node.message) : 0;
  });
  const days = [...new Set(times.map(dayOf))].filter((day) => day !== '');
  const label = vscode.l10n.t('{0} to {1}', first + 1, first + nodes.length);
  const item = new vscode.TreeItem(label, Collapsed);
  const [node] = nodes;
  const inside = node?.kind === 'message' ? `${threads.roots[node.thread] ?? 0} ` : '';
  item.id = `range ${inside}${first}`;
  item.description = days.join(' \u2013 ');
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.accessibilityInformation = { label: joined([label, item.description]) };
  return item;
}

/** How many of the reader's notes are on these messages. */
function noteCount(threads: ShownMailbox['threads'], messages: Iterable<number>): string[] {
  const count = notesIn(messages, (message) => threads.identity(message));
  return count === 0 ? [] : [vscode.l10n.t('notes: {0}', count)];
}

/** New is said by the colour and in words. */
function dot(isUnread: boolean, isNew: boolean): vscode.ThemeIcon {
  if (!isUnread) return new vscode.ThemeIcon('blank');
  return new vscode.ThemeIcon('circle-filled', new vscode.ThemeColor(isNew ? 'charts.green' : 'charts.blue'));
}

/** The label, with the words of a filter marked in it. */
function labelOf(label: string, filter = ''): vscode.TreeItemLabel {
  const small = label.toLowerCase();
  // A letter may be longer in small letters: places would not fit.
  if (small.length !== label.length) return { label };
  const highlights = filter
    .toLowerCase()
    .split(/\s+/)
    .flatMap((word): [number, number][] => {
      const at = word === '' ? -1 : small.indexOf(word);
      return at === -1 ? [] : [[at, at + word.length]];
    });
  return { label, highlights };
}

function unreadText(unread: number, mails: number): string {
  if (unread === 0) return vscode.l10n.t('read');
  return unread === mails ? vscode.l10n.t('not read') : vscode.l10n.t('{0} not read', unread);
}
