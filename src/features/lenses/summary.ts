import { postingOf } from '#reading';
import { keyOf } from '../answers/index.ts';
import type { Argument, Review } from '../argument/index.ts';
import type { Reading } from '../reading.ts';
import { messagePlace } from './place.ts';

/** What can be said about a message in one line. What is not known is absent; what nobody did is 0. */
export interface MessageSummary {
  version?: number;
  part?: number;
  total?: number;
  /** Answers below it, at any depth; patches of a series are none. */
  replies?: number;
  /** Remarks on the patch: all of them, those that nobody answered, those that the next version took up. */
  remarks?: { count: number; open: number; changed: number };
  /** Of a patch: who gave a tag, `Reviewed-by`, by name. */
  given: readonly { token: string; names: readonly string[] }[];
}

/** `thread` and `review` where they are known. */
export function messageSummary(
  reading: Reading,
  message: number,
  thread: Argument | undefined,
  review: Review | undefined,
): MessageSummary {
  const at = messagePlace(reading, reading.mailbox.spans[message]?.start ?? -1);
  const patch = review?.patches.find(({ key }) => key === keyOf(0, message));
  const statuses = patch?.remarks.map(({ status }) => status).filter((status) => status !== 'approves') ?? [];
  const count = (wanted: string): number => statuses.filter((status) => status === wanted).length;
  return {
    ...(at?.version === undefined ? {} : { version: at.version }),
    ...(at?.part === undefined ? {} : { part: at.part }),
    ...(at?.total === undefined ? {} : { total: at.total }),
    ...(thread ? { replies: repliesIn(thread).get(keyOf(0, message)) ?? 0 } : {}),
    ...(patch ? { remarks: { count: statuses.length, open: count('open'), changed: count('changed') } } : {}),
    given: givenBy(patch?.given.map(({ text }) => text) ?? []),
  };
}

/** `Reviewed-by: Ada Example <ada@example.org>` */
function givenBy(texts: readonly string[]): MessageSummary['given'] {
  const names = new Map<string, string[]>();
  for (const text of texts) {
    const colon = text.indexOf(':');
    const name = text
      .slice(colon + 1)
      .replace(/<[^>]{0,400}>.*$/s, '')
      .trim();
    const token = text.slice(0, colon);
    names.set(token, [...(names.get(token) ?? []), name]);
  }
  return [...names].map(([token, all]) => ({ token, names: all }));
}

const counted = new WeakMap<Argument, ReadonlyMap<string, number>>();

/** How many answers stand below each message of a thread, by its key, at any depth. Linear; counted once a thread. */
function repliesIn(thread: Argument): ReadonlyMap<string, number> {
  const known = counted.get(thread) ?? countReplies(thread);
  counted.set(thread, known);
  return known;
}

function countReplies(thread: Argument): Map<string, number> {
  const { keys } = thread;
  const waiting = new Map<string, number>(keys.map((key) => [key, 0]));
  for (const key of keys) {
    const parent = thread.parentOf(key);
    if (parent !== undefined && waiting.has(parent)) waiting.set(parent, (waiting.get(parent) ?? 0) + 1);
  }
  // From the leaves up: a message is done when all that answer it are.
  const replies = new Map<string, number>();
  const ready = keys.filter((key) => waiting.get(key) === 0);
  for (let key = ready.pop(); key !== undefined; key = ready.pop()) {
    const parent = thread.parentOf(key);
    if (parent === undefined || !waiting.has(parent)) continue;
    const below = (replies.get(key) ?? 0) + (isReply(thread, key) ? 1 : 0);
    replies.set(parent, (replies.get(parent) ?? 0) + below);
    const left = (waiting.get(parent) ?? 1) - 1;
    waiting.set(parent, left);
    if (left === 0) ready.push(parent);
  }
  return replies;
}

/** A patch of a series answers its cover letter by its header alone. */
function isReply(thread: Argument, key: string): boolean {
  const subject = thread.page(key)?.subject ?? '';
  return !/^\s{0,20}\[/.test(subject) || postingOf({ subject })?.reply === true;
}
