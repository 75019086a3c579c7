import { type Posting, parentsBySubject } from './by-subject.ts';
import { inOrder, Links } from './links.ts';
import { maskedIds } from './masked-ids.ts';
import { inReadingOrder } from './thread-order.ts';

/** What threading needs to know about a message: what its header says about itself and the messages before it. */
export interface ThreadMember {
  /** Stable name of the message, also where it has no Message-ID. */
  key: string;
  messageId?: string;
  /** Oldest first, as the header has them. */
  references: readonly string[];
  inReplyTo: readonly string[];
  /** What stands in for ids where a message names none. */
  posting?: Posting;
}

/** What a message answers. `key` is absent when that message is not among the members, `messageId` when it has none. */
export interface Parent {
  key?: string;
  messageId?: string;
  /** `quote`: what it quotes was said there; found by those who read the content. */
  by: 'references' | 'in-reply-to' | 'subject' | 'quote';
}

export interface Threads {
  /** By the key of the child. */
  parents: ReadonlyMap<string, Parent>;
  /** Of several members with one Message-ID, which is one message on two lists or sent twice, the first is meant: by the key of the others, that one. */
  duplicates: ReadonlyMap<string, string>;
  /**
   * Keys of the members of each thread in the order given, and of the earliest one that answers none of them. `order` has the same keys as they are read
   * (`inReadingOrder`), where that is another order.
   */
  threads: readonly { root: string; messages: readonly string[]; order?: readonly string[] }[];
}

/**
 * Threads by ids: the parent is the likeliest message that the header names and that is there (`inOrder`). Messages that name a common one
 * belong together also when that one is missing. Where several members have the same Message-ID, the first one is meant. Members that name no message find a
 * parent by their subject where that is beyond doubt (`parentsBySubject`). Linear in the members and their references.
 */
export function threadsOf(members: readonly ThreadMember[]): Threads {
  const numbers = new Map<string, number>();
  const masked = maskedIds(idsOf(members));
  const numberOf = (given: string): number => {
    const id = masked.get(given) ?? given;
    const known = numbers.get(id) ?? numbers.size;
    numbers.set(id, known);
    return known;
  };
  const own = Int32Array.from(members, ({ messageId }) => (messageId === undefined ? -1 : numberOf(messageId)));
  const named: number[] = [];
  const starts = new Uint32Array(members.length + 1);
  const firsts = members.map(({ messageId, references, inReplyTo }, index) => {
    const ids = inOrder(references, inReplyTo);
    for (const id of ids) named.push(numberOf(id));
    starts[index + 1] = named.length;
    return ids.find((id) => id !== messageId);
  });
  const links = new Links({ count: members.length, ids: numbers.size, own, starts, named: Int32Array.from(named) });
  const adopted = adoptOrphans(links, starts, (index) => members[index]?.posting);
  const parents = new Map<string, Parent>();
  for (const [index, member] of members.entries()) {
    if (links.circular.has(index)) continue;
    const parent = members[links.parents[index] ?? -1];
    const found = adopted.has(index) ? bySubject(parent) : byIds(member, parent, firsts[index], masked);
    if (found) parents.set(member.key, found);
  }
  const duplicates = new Map<string, string>();
  for (const [index, first] of links.duplicateOf.entries())
    if (first !== -1) duplicates.set(members[index]?.key ?? '', members[first]?.key ?? '');
  return { parents, duplicates, threads: links.threads().map((thread) => keysOf(thread, members, links)) };
}

function idsOf(members: readonly ThreadMember[]): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const { messageId, references, inReplyTo } of members) {
    if (messageId !== undefined) ids.add(messageId);
    for (const id of references) ids.add(id);
    for (const id of inReplyTo) ids.add(id);
  }
  return ids;
}

/** Gives parents to messages that name none, by their subjects; says which found one. */
export function adoptOrphans(
  links: Links,
  starts: Uint32Array,
  about: (index: number) => Posting | undefined,
  time?: (index: number) => number | undefined,
): ReadonlySet<number> {
  const orphans: number[] = [];
  for (let index = 0; index + 1 < starts.length; index++) if (starts[index] === starts[index + 1]) orphans.push(index);
  const parents = parentsBySubject(orphans, starts.length - 1, about, time);
  if (parents.size > 0) links.adopt(parents);
  return new Set(parents.keys());
}

function byIds(
  member: ThreadMember,
  parent: ThreadMember | undefined,
  first: string | undefined,
  masked: ReadonlyMap<string, string>,
): Parent | undefined {
  const messageId = parent?.messageId ?? first;
  if (messageId === undefined) return undefined;
  const whole = (id: string): string => masked.get(id) ?? id;
  const by = member.references.some((id) => whole(id) === whole(messageId)) ? 'references' : 'in-reply-to';
  return { ...(parent === undefined ? {} : { key: parent.key }), messageId, by };
}

function bySubject(parent: ThreadMember | undefined): Parent | undefined {
  if (!parent) return undefined;
  const { key, messageId } = parent;
  return { key, ...(messageId === undefined ? {} : { messageId }), by: 'subject' };
}

function keysOf(thread: readonly number[], members: readonly ThreadMember[], links: Links): Threads['threads'][number] {
  const keyOf = (index: number): string => members[index]?.key ?? '';
  const root = rootOf(thread, links.parents, (index) => members[index]?.posting?.date);
  const order = inReadingOrder(thread, root, {
    time: (index) => members[index]?.posting?.date,
    parent: (index) => links.parents[index] ?? -1,
    part: (index) => partOf(members[index]?.posting),
  });
  const moved = order.some((index, at) => index !== thread[at]);
  return { root: keyOf(root), messages: thread.map(keyOf), ...(moved ? { order: order.map(keyOf) } : {}) };
}

/** A reply has the number of what it answers in its subject, and is no part itself. */
export function partOf(posting: Posting | undefined): number | undefined {
  return posting?.reply ? undefined : posting?.part;
}

/** The earliest message of a thread that answers none in it; the first one where a date is missing. */
export function rootOf(
  thread: readonly number[],
  parents: Int32Array,
  dateOf: (index: number) => number | undefined,
): number {
  const tops = thread.filter((index) => parents[index] === -1);
  const [first = thread[0] ?? -1, ...others] = tops;
  let best = first;
  let earliest = others.length === 0 ? undefined : dateOf(first);
  for (const index of others) {
    const date = dateOf(index);
    if (date === undefined || earliest === undefined) return first;
    if (date < earliest) [best, earliest] = [index, date];
  }
  return best;
}
