import type { Message } from '#mailast';
import { addressesOf, familiesOf, type PostedTraits, postingOf, seriesOf, traitsOf } from '#reading';
import type { MailboxThreads } from './mailbox.ts';

/** Threads that begin with a version of the same series, by each of them, the oldest first. */
export type VersionsElsewhere = ReadonlyMap<number, readonly number[]>;

/** Roots between two turns. */
const SLICE = 100;
/** More threads than these, the latest ones, are not looked at: their subjects would all be decoded. */
const MOST_THREADS = 50_000;

/**
 * Which threads of a mailbox hold versions of one series, as their first messages tell: by who posted it and its subject. In slices: each says how many threads were
 * looked at. Bodies are not read.
 */
export function* versionsElsewhere(mailbox: MailboxThreads): Generator<number, VersionsElsewhere> {
  const threads = mailbox.byActivity.subarray(0, MOST_THREADS);
  const posted: PostedTraits[][] = [];
  for (const thread of threads) {
    posted.push(postedIn(mailbox, mailbox.roots[thread] ?? 0));
    if (posted.length % SLICE === 0) yield posted.length;
  }
  const families = new Map<number, number[]>();
  for (const [at, family] of familiesOf(posted).entries()) {
    const known = families.get(family);
    const thread = threads[at] ?? 0;
    if (known) known.push(thread);
    else families.set(family, [thread]);
  }
  const found = new Map<number, readonly number[]>();
  for (const family of families.values()) {
    if (family.length < 2) continue;
    const sent = (thread: number): number => mailbox.time(mailbox.roots[thread] ?? 0);
    family.sort((one, other) => sent(one) - sent(other) || one - other);
    for (const thread of family) found.set(thread, family);
  }
  return found;
}

/** What a message posts, as its header tells; nothing, where it is an answer or no patch. */
function postedIn(mailbox: MailboxThreads, message: number): PostedTraits[] {
  const header = mailbox.source.header(message, ['subject', 'from']);
  const subject = header.get('subject') ?? '';
  const place = postingOf({ subject })?.reply ? undefined : seriesOf(subject);
  if (!place) return [];
  const sender = addressesOf(header.get('from') ?? '')[0]?.address;
  return [traitsOf(place.part === 0 ? 'cover' : 'patch', subject, sender, UNREAD)];
}

const START = { line: 1, column: 1, offset: 0 };
/** Of a message whose body was not read. */
const UNREAD: Message = { type: 'message', children: [], position: { start: START, end: START } };
