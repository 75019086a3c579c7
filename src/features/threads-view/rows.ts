import { inReadingOrder } from '#archive';
import { type Round, roundsOf, seriesOf } from '#reading';
import type { Filtered } from './filter.ts';
import type { MailboxThreads } from './mailbox.ts';

/** A row of the tree by what it stands for. Numbers are those of the mailbox; nothing is decoded to make one. */
export type ThreadsNode =
  | { kind: 'thread'; thread: number }
  | { kind: 'series'; thread: number; round: number; version: number; parts: readonly number[]; missing: Missing }
  | { kind: 'missing'; thread: number; missing: Missing }
  /** Another version of what the thread posts, elsewhere: in thread `other` of this mailbox, or where a reader said that it is. */
  | { kind: 'version'; thread: number; other: number }
  | { kind: 'linked'; thread: number; messageId: string; source: string }
  | { kind: 'message'; thread: number; message: number; depth: number; inSeries: boolean }
  | { kind: 'range'; nodes: readonly ThreadsNode[]; first: number };

/** Parts of a series that are not there, by their numbers. */
export interface Missing {
  parts: readonly number[];
  /** How many patches the series has, as its subjects say. */
  total: number;
}

/** Rows that are shown at once under one row; what comes behind them is shown in rows of as many. */
export const PAGE = 200;
/** Replies to replies are indented so many times. */
const DEEPEST = 8;
/** Larger threads are not looked through for series: all their subjects would be decoded. */
const MOST_FOR_SERIES = 600;

/** Threads, the one with the latest message first; only those with something that was found, where somebody filters. */
export function threadRows(mailbox: MailboxThreads, filtered: Filtered | undefined): ThreadsNode[] {
  const threads = filtered?.threads ?? mailbox.byActivity;
  return inPages(Array.from(threads, (thread) => ({ kind: 'thread', thread })));
}

/** What stands under a row. */
export function rowsUnder(mailbox: MailboxThreads, node: ThreadsNode, filtered: Filtered | undefined): ThreadsNode[] {
  switch (node.kind) {
    case 'thread':
      return inPages(filtered ? foundIn(mailbox, node.thread, filtered) : rowsOfThread(mailbox, node.thread));
    case 'series':
      return node.parts.map((message) => messageNode(node.thread, message, 1, true));
    case 'message':
      return filtered ? [] : inPages(replies(mailbox, node));
    case 'range':
      return [...node.nodes];
    default:
      return [];
  }
}

/** Whether `rowsUnder` would give any, without decoding what it gives. */
export function hasRowsUnder(mailbox: MailboxThreads, node: ThreadsNode, filtered: Filtered | undefined): boolean {
  if (node.kind === 'thread') return (mailbox.members[node.thread]?.length ?? 0) > 1;
  if (node.kind !== 'message') return node.kind === 'series' || node.kind === 'range';
  if (filtered || node.depth >= DEEPEST) return false;
  return repliesOf(mailbox, node.thread).has(node.message) && replies(mailbox, node).length > 0;
}

/** The messages of a thread as they are read. */
export function readingOrder(mailbox: MailboxThreads, thread: number): number[] {
  const members = mailbox.members[thread] ?? new Int32Array();
  const few = members.length <= MOST_FOR_SERIES;
  const parts = new Map(few ? [...members].map((index) => [index, partAt(mailbox, index)]) : []);
  return inReadingOrder([...members], mailbox.roots[thread] ?? 0, {
    time: (index) => mailbox.time(index) || undefined,
    parent: (index) => mailbox.parents[index] ?? -1,
    part: (index) => parts.get(index),
  });
}

/** The number of a patch in its series; a reply is none. */
function partAt(mailbox: MailboxThreads, index: number): number | undefined {
  const { subject, isReply } = mailbox.head(index);
  return isReply ? undefined : seriesOf(subject)?.part;
}

function rowsOfThread(mailbox: MailboxThreads, thread: number): ThreadsNode[] {
  const rounds = seriesRounds(mailbox, thread);
  const parts = new Set(rounds.flatMap((round) => round.parts.map(Number)));
  const rows: ThreadsNode[] =
    rounds.length === 1
      ? [...parts].map((message) => messageNode(thread, message, 0, true))
      : rounds.map((one, round) => {
          const { version, parts: keys } = one;
          return { kind: 'series', thread, round, version, missing: missingOf(mailbox, one), parts: keys.map(Number) };
        });
  const [only] = rounds;
  if (rounds.length === 1 && only && only.missing.length > 0)
    rows.push({ kind: 'missing', thread, missing: missingOf(mailbox, only) });
  for (const message of readingOrder(mailbox, thread)) {
    if ((mailbox.parents[message] ?? -1) === -1 && !parts.has(message))
      rows.push(messageNode(thread, message, 0, false));
  }
  return rows;
}

function missingOf(mailbox: MailboxThreads, { missing, parts }: Round): Missing {
  const totals = parts.map((key) => seriesOf(mailbox.head(Number(key)).subject)?.total ?? 0);
  return { parts: missing, total: Math.max(0, ...totals) };
}

/** Whether a thread begins with a patch or a cover letter: there may be other versions of it. */
export function isPosting(mailbox: MailboxThreads, thread: number): boolean {
  const { subject, isReply } = mailbox.head(mailbox.roots[thread] ?? 0);
  return !isReply && seriesOf(subject) !== undefined;
}

function messageNode(thread: number, message: number, depth: number, inSeries: boolean): ThreadsNode {
  return { kind: 'message', thread, message, depth, inSeries };
}

/** The postings of more than one mail in a thread, by version. Their parts are named by the number of the message. */
function seriesRounds(mailbox: MailboxThreads, thread: number): Round[] {
  const members = mailbox.members[thread] ?? new Int32Array();
  if (members.length < 2 || members.length > MOST_FOR_SERIES) return [];
  const mails = [...members].flatMap((index) => {
    const { subject, isReply } = mailbox.head(index);
    const place = isReply ? undefined : seriesOf(subject);
    if (place?.part === undefined) return [];
    const parent = mailbox.parents[index] ?? -1;
    const date = mailbox.time(index);
    return [
      { key: String(index), place, ...(parent === -1 ? {} : { parent: String(parent) }), ...(date ? { date } : {}) },
    ];
  });
  return roundsOf(mails).filter(({ parts }) => parts.length > 1);
}

type MessageNode = Extract<ThreadsNode, { kind: 'message' }>;

/** The answers to a message that are no parts of a series, in reading order; at the deepest level all that follow from it. */
function replies(mailbox: MailboxThreads, { thread, message, depth }: MessageNode): ThreadsNode[] {
  if (depth >= DEEPEST) return [];
  const below = repliesOf(mailbox, thread);
  const direct = below.get(message) ?? [];
  if (depth < DEEPEST - 1) return direct.map((reply) => messageNode(thread, reply, depth + 1, false));
  const all = [...direct];
  for (let at = 0; at < all.length; at++) all.push(...(below.get(all[at] ?? -1) ?? []));
  all.sort((a, b) => mailbox.time(a) - mailbox.time(b) || a - b);
  return all.map((reply) => messageNode(thread, reply, DEEPEST, false));
}

interface ThreadReplies {
  thread: number;
  below: Map<number, number[]>;
}

/** Of the thread that was asked about last: its rows are asked for one after the other. */
const lastReplies = new WeakMap<MailboxThreads, ThreadReplies>();

function repliesOf(mailbox: MailboxThreads, thread: number): Map<number, number[]> {
  const known = lastReplies.get(mailbox);
  if (known?.thread === thread) return known.below;
  const parts = new Set(seriesRounds(mailbox, thread).flatMap((round) => round.parts.map(Number)));
  const below = new Map<number, number[]>();
  for (const message of readingOrder(mailbox, thread)) {
    const parent = mailbox.parents[message] ?? -1;
    if (parent === -1 || parts.has(message)) continue;
    const siblings = below.get(parent);
    if (siblings) siblings.push(message);
    else below.set(parent, [message]);
  }
  lastReplies.set(mailbox, { thread, below });
  return below;
}

/** What a filter found in a thread, as it is read. */
function foundIn(mailbox: MailboxThreads, thread: number, { found }: Filtered): ThreadsNode[] {
  const messages = readingOrder(mailbox, thread).filter((message) => found[message] === 1);
  return messages.map((message) => messageNode(thread, message, DEEPEST, false));
}

/** The first page as it is, the others each behind a row of its own. */
function inPages(nodes: ThreadsNode[]): ThreadsNode[] {
  if (nodes.length <= PAGE) return nodes;
  const rows = nodes.slice(0, PAGE);
  for (let first = PAGE; first < nodes.length; first += PAGE)
    rows.push({ kind: 'range', first, nodes: nodes.slice(first, first + PAGE) });
  return rows;
}

/** The rows that lead to a message, the outermost first, and its own; empty where a filter hides it. */
export function pathTo(mailbox: MailboxThreads, message: number, filtered: Filtered | undefined): ThreadsNode[] {
  const thread = mailbox.threadOf[message] ?? -1;
  const isAlone = mailbox.members[thread]?.length === 1;
  const path = pathIn(threadRows(mailbox, filtered), (node) => node.kind === 'thread' && node.thread === thread);
  const top = path.at(-1);
  if (!top || isAlone) return path;
  const below = (node: ThreadsNode): ThreadsNode[] => rowsUnder(mailbox, node, filtered);
  // Depth first, without recursion: each entry is a row and those above it.
  const open: ThreadsNode[][] = below(top).map((node) => [...path, node]);
  for (let here = open.pop(); here; here = open.pop()) {
    const node = here.at(-1);
    if (node?.kind === 'message' && node.message === message) return here;
    if (node && hasRowsUnder(mailbox, node, filtered)) for (const next of below(node)) open.push([...here, next]);
  }
  return [];
}

function pathIn(nodes: readonly ThreadsNode[], isMeant: (node: ThreadsNode) => boolean): ThreadsNode[] {
  for (const node of nodes) {
    if (isMeant(node)) return [node];
    const inRange = node.kind === 'range' ? node.nodes.find(isMeant) : undefined;
    if (inRange) return [node, inRange];
  }
  return [];
}
