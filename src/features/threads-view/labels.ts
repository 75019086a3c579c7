import { type SeriesPlace, seriesOf } from '#reading';
import type { Filtered } from './filter.ts';
import type { MailboxThreads } from './mailbox.ts';
import type { MarkedMessage, ReadingMarks } from './marks.ts';

/** What the row of a thread says. */
export interface ThreadLabel {
  /** The subject without `Re:` and what stands in brackets; empty where there is none. */
  title: string;
  /** As it was written. */
  subject: string;
  /** Of the first message, where it is of a series. */
  version?: number;
  /** How many patches the series has, as its subject says. */
  patches?: number;
  mails: number;
  /** Mails that a filter found; absent where nobody filters. */
  found?: number;
  author: string;
  /** Of the last message, in milliseconds since 1970; 0 where it is not known. */
  last: number;
  unread: number;
  /** How many came since the thread was looked at. */
  fresh: number;
}

/** What the row of a message says. */
export interface MessageLabel {
  /** The subject without what the rows above say; empty where that is all of it. */
  title: string;
  subject: string;
  /** The number of a patch in its series. */
  part?: number;
  author: string;
  time: number;
  isRead: boolean;
  isNew: boolean;
}

export function threadLabel(
  mailbox: MailboxThreads,
  thread: number,
  marks: ReadingMarks,
  filtered: Filtered | undefined,
): ThreadLabel {
  const root = mailbox.roots[thread] ?? 0;
  const { subject, author, clean } = mailbox.head(root);
  const place = seriesOf(subject);
  const members = mailbox.members[thread] ?? new Int32Array();
  const { unread, fresh } = unreadIn(mailbox, thread, marks);
  return {
    title: clean,
    subject,
    ...(place && hasVersion(place) ? { version: place.version } : {}),
    ...(place?.total === undefined ? {} : { patches: place.total }),
    mails: members.length,
    ...(filtered ? { found: members.filter((index) => filtered.found[index] === 1).length } : {}),
    author,
    last: mailbox.last[thread] ?? 0,
    unread,
    fresh,
  };
}

/** `inSeries`: the row stands under its series, which says what its prefixes say. */
export function messageLabel(
  mailbox: MailboxThreads,
  message: number,
  marks: ReadingMarks,
  inSeries: boolean,
): MessageLabel {
  const { subject, author, clean } = mailbox.head(message);
  const marked = markedMessage(mailbox, message);
  const place = seriesOf(subject);
  const shown = {
    subject,
    author,
    time: mailbox.time(message),
    isRead: marks.isRead(marked),
    isNew: marks.isNew(marked),
  };
  if (inSeries && place?.part !== undefined) return { ...shown, title: withoutArea(place.clean), part: place.part };
  const parent = mailbox.parents[message] ?? -1;
  // The row of its thread has the subject of the first message.
  const above = parent === -1 ? (mailbox.roots[mailbox.threadOf[message] ?? 0] ?? message) : parent;
  const repeats = mailbox.head(above).clean === clean;
  return { ...shown, title: repeats ? '' : clean };
}

/** How many messages of a thread are not read, and how many of those are new. */
export function unreadIn(
  mailbox: MailboxThreads,
  thread: number,
  marks: ReadingMarks,
): { unread: number; fresh: number } {
  const members = mailbox.members[thread] ?? new Int32Array();
  if (!marks.knows(threadIdentity(mailbox, thread))) return { unread: members.length, fresh: 0 };
  let unread = 0;
  let fresh = 0;
  for (const index of members) {
    const marked = markedMessage(mailbox, index);
    if (!marks.isRead(marked)) unread++;
    if (marks.isNew(marked)) fresh++;
  }
  return { unread, fresh };
}

/** How a thread is known in every mailbox: by its first message. */
export function threadIdentity(mailbox: MailboxThreads, thread: number): number {
  return mailbox.identity(mailbox.roots[thread] ?? 0);
}

export function markedMessage(mailbox: MailboxThreads, message: number): MarkedMessage {
  return {
    thread: threadIdentity(mailbox, mailbox.threadOf[message] ?? 0),
    message: mailbox.identity(message),
    time: mailbox.time(message),
  };
}

/** A series has one, and a patch by itself when it is not the first. */
function hasVersion({ version, part }: SeriesPlace): boolean {
  return part !== undefined || version > 1;
}

/** `x86/virt/tdx: Add skeleton` as `Add skeleton`: the series names its area. */
function withoutArea(title: string): string {
  let rest = title;
  for (let step = 0; step < 4; step++) {
    const [area] = /^[^\s:]{1,60}:\s{1,8}/.exec(rest) ?? [];
    if (area === undefined || area.length === rest.length) break;
    rest = rest.slice(area.length);
  }
  return rest;
}
