import {
  hashOf,
  type IndexedSource,
  type IndexProgress,
  indexSource,
  indexToKeep,
  type JoinedMessages,
  joinMessages,
  type KeptArchive,
  type KeptIndex,
  membersOf,
  NamedIdNumbers,
  tableSource,
} from '#archive';
import { addressesOf, postingOf } from '#reading';
import type { IndexUnits } from '../answers/index.ts';
import { identityOfId } from './identity.ts';

/** What the header of a message says, decoded. */
export interface MailHead {
  /** Empty where the header has none. */
  subject: string;
  /** A name, or else an address; empty where the header has none. */
  author: string;
}

/** What is worked out from a head that is kept. */
export interface ReadHead extends MailHead {
  /** The subject without what stands in front of it. */
  clean: string;
  isReply: boolean;
}

const FIELDS = ['subject', 'from'];
/** Heads that are kept; others are decoded again. */
const KEPT_HEADS = 4000;
const KEPT_AUTHORS = 10_000;

/** What is asked of the source of a mailbox: the headers of what a search found are one, too. */
export type HeaderSource = Omit<IndexedSource, 'written'>;

/** A mailbox by its headers. Numbers stand in typed arrays; what a row says is decoded when the row is looked at. */
export class MailboxThreads {
  readonly source: HeaderSource;
  readonly parents: Int32Array;
  /** The thread of each message. */
  readonly threadOf: Int32Array;
  readonly roots: Int32Array;
  /** The messages of each thread, in the order of the mailbox. */
  readonly members: readonly Int32Array[];
  /** When the last message of each thread was sent, in milliseconds since 1970; 0 where no message says. */
  readonly last: Float64Array;
  /** All threads, the one with the latest message first. */
  readonly byActivity: Int32Array;
  #times: Float64Array;
  #identities: (index: number) => number;
  #heads = new Map<number, ReadHead>();
  /** By the field that says them. */
  #authors = new Map<string, string>();

  constructor(source: HeaderSource, ids: KeptIndex['table']['ids'], kept: JoinedMessages | undefined) {
    this.source = source;
    const time = (index: number): number | undefined =>
      numberOrNothing(source.time(index)) ?? this.#posting(index)?.date;
    const joined = kept ?? joinMessages(ids, { time, posting: (index) => this.#posting(index) });
    this.parents = joined.parents;
    this.threadOf = joined.threads;
    this.roots = joined.roots;
    this.members = [...membersOf(joined)];
    this.#times = Float64Array.from({ length: source.count }, (_, index) => time(index) ?? 0);
    this.last = Float64Array.from(this.members, (members) =>
      members.reduce((most, at) => Math.max(most, this.time(at)), 0),
    );
    this.byActivity = Int32Array.from(this.members.keys()).sort(
      (a, b) => (this.last[b] ?? 0) - (this.last[a] ?? 0) || b - a,
    );
    this.#identities = identityIn(ids, source);
  }

  get count(): number {
    return this.source.count;
  }

  /** When a message was sent, in milliseconds since 1970; 0 where it does not say. */
  time(index: number): number {
    return this.#times[index] ?? 0;
  }

  /** A number that a message keeps in every mailbox: a hash of its Message-ID. Below 0 where it has none, by its place in this one. */
  identity(index: number): number {
    return this.#identities(index);
  }

  /** The first message with this id, which has no brackets; -1 where there is none. */
  messageOf(messageId: string): number {
    const identity = identityOfId(messageId);
    for (let index = 0; index < this.count; index++) if (this.#identities(index) === identity) return index;
    return -1;
  }

  head(index: number): ReadHead {
    const known = this.#heads.get(index);
    if (known) return known;
    const head = this.headOnce(index);
    const posting = postingOf({ subject: head.subject });
    const made = { ...head, clean: posting?.clean ?? head.subject, isReply: posting?.reply ?? false };
    if (this.#heads.size >= KEPT_HEADS) this.#heads.clear();
    this.#heads.set(index, made);
    return made;
  }

  /** The head, for one who looks at all of them and keeps none. */
  headOnce(index: number): MailHead {
    const header = this.source.header(index, FIELDS);
    const subject = header.get('subject') ?? '';
    // Most subjects are as they should be, and all of them are asked for.
    const isPlain = !/[^ -~]| {2}|^ | $/.test(subject);
    return {
      subject: isPlain ? subject : subject.replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim(),
      author: this.#authorOf(header.get('from') ?? ''),
    };
  }

  /** Few write most of the mails. */
  #authorOf(from: string): string {
    const known = this.#authors.get(from);
    if (known !== undefined) return known;
    const address = addressesOf(from)[0];
    const author = (address?.name ?? address?.address ?? from).trim();
    if (this.#authors.size >= KEPT_AUTHORS) this.#authors.clear();
    this.#authors.set(from, author);
    return author;
  }

  #posting(index: number): ReturnType<typeof postingOf> {
    return postingOf(Object.fromEntries(this.source.header(index, [...FIELDS, 'date'])));
  }
}

/** The threads of a mailbox whose index is at hand. `units` are those of the source that it was made from. */
function threadsOfIndex({ table, joined }: KeptIndex, units: IndexUnits): MailboxThreads {
  return new MailboxThreads(tableSource(table, units), table.ids, joined);
}

/** The threads of an archive of any kind whose index is at hand. */
export function threadsOfArchive({ table, joined }: KeptArchive, source: IndexedSource): MailboxThreads {
  return new MailboxThreads(source, table.ids, joined);
}

/** The same from the units alone, in slices of about `budget` units: for a host that has no other thread. Never fails on input. */
export function* threadsInSlices(units: IndexUnits, budget: number): Generator<IndexProgress, MailboxThreads> {
  const index = yield* indexToKeep(units, 0, budget);
  if (index) return threadsOfIndex(index, units);
  const named = new NamedIdNumbers();
  const source = indexSource(units, named);
  return new MailboxThreads(source, named.table(), undefined);
}

function numberOrNothing(value: number): number | undefined {
  return Number.isNaN(value) ? undefined : value;
}

/** Of a message without id: where it begins, with the name of its file or blob where there are several. */
function placeOf(source: HeaderSource, index: number): number {
  const { start } = source.span(index);
  const name = source.file?.(index) ?? source.blob?.(index);
  return name === undefined ? start : Number.parseInt(hashOf(`${start} ${name}`).slice(0, HASH_DIGITS), 16);
}

/** Of a hash in hexadecimal digits: so many are a whole number without loss. */
const HASH_DIGITS = 13;

/** 53 bits of the hash. */
function identityIn({ own, low, high }: KeptIndex['table']['ids'], source: HeaderSource) {
  return (index: number): number => {
    const id = own[index] ?? -1;
    if (id === -1) return -1 - placeOf(source, index);
    return ((high[id] ?? 0) & 0x1fffff) * 2 ** 32 + (low[id] ?? 0);
  };
}
