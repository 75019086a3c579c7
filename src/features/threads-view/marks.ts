/** What a reader has read of a thread. Messages are named by their identity (`MailboxThreads.identity`), times are milliseconds since 1970. */
interface Mark {
  /** Every message up to this time is read. */
  until: number;
  /** The time of the latest message that was there when the thread was looked at last. */
  seen: number;
  /** Messages behind `until` that are read, the latest mark last. */
  read: Set<number>;
  /** Messages up to `until` that are not. */
  unread: Set<number>;
}

/** How marks are kept: one row a thread, the one that was looked at last at the end. */
export interface KeptMarks {
  version: 1;
  threads: readonly (readonly [thread: number, until: number, seen: number, read: number[], unread: number[]])[];
}

/** Marks are forgotten beyond these, those of the threads first that were not looked at for the longest time. */
const MOST_THREADS = 3000;
const MOST_IN_THREAD = 2000;
const MOST_IDS = 40_000;

/** A message as its mark needs it. */
export interface MarkedMessage {
  thread: number;
  message: number;
  time: number;
}

/** Which messages are read, and what came into a thread since it was looked at last. */
export class ReadingMarks {
  #marks = new Map<number, Mark>();
  /** What was seen before this sitting: what is new stays new until the mailbox is opened again. */
  #seenBefore = new Map<number, number>();

  /** Nothing, or what `keep` gave; what is none of ours counts as nothing. */
  constructor(kept?: unknown) {
    for (const row of rowsOf(kept)) {
      const [thread, until, seen, read, unread] = row;
      this.#marks.set(thread, { until, seen, read: new Set(read), unread: new Set(unread) });
    }
    this.beginSitting();
  }

  /** From now on new is what comes after what was seen until now. */
  beginSitting(): void {
    this.#seenBefore = new Map([...this.#marks].map(([thread, { seen }]) => [thread, seen]));
  }

  isRead({ thread, message, time }: MarkedMessage): boolean {
    const mark = this.#marks.get(thread);
    if (!mark) return false;
    return time <= mark.until ? !mark.unread.has(message) : mark.read.has(message);
  }

  /** Whether a message came into a thread that was looked at before, and is not read yet. */
  isNew(message: MarkedMessage): boolean {
    const seen = this.#seenBefore.get(message.thread);
    return seen !== undefined && message.time > seen && !this.isRead(message);
  }

  /** Whether anything is marked in a thread: in most of them there is nothing to look up. */
  knows(thread: number): boolean {
    return this.#marks.has(thread);
  }

  mark({ thread, message, time }: MarkedMessage, read: boolean): void {
    const mark = this.#touch(thread);
    const before = time <= mark.until;
    if (before && read) mark.unread.delete(message);
    else if (before) addTo(mark.unread, message);
    else if (read) addTo(mark.read, message);
    else mark.read.delete(message);
  }

  /** Everything in a thread up to a time is read. */
  markThread(thread: number, until: number): void {
    const mark = this.#touch(thread);
    mark.until = Math.max(mark.until, until);
    mark.seen = Math.max(mark.seen, until);
    mark.read.clear();
    mark.unread.clear();
  }

  /** Nothing in a thread is read. */
  unmarkThread(thread: number): void {
    this.#marks.delete(thread);
    this.#seenBefore.delete(thread);
  }

  /** A thread was looked at when `latest` was the time of its last message. */
  look(thread: number, latest: number): void {
    const mark = this.#touch(thread);
    mark.seen = Math.max(mark.seen, latest);
  }

  /** What fits into the bounds, as plain data. */
  keep(): KeptMarks {
    const threads: KeptMarks['threads'][number][] = [];
    let ids = 0;
    for (const [thread, { until, seen, read, unread }] of [...this.#marks].reverse()) {
      ids += read.size + unread.size;
      if (threads.length === MOST_THREADS || ids > MOST_IDS) break;
      threads.unshift([thread, until, seen, [...read], [...unread]]);
    }
    return { version: 1, threads };
  }

  /** The mark of a thread, now the one that was looked at last. */
  #touch(thread: number): Mark {
    const mark = this.#marks.get(thread) ?? { until: -1, seen: -1, read: new Set(), unread: new Set() };
    this.#marks.delete(thread);
    this.#marks.set(thread, mark);
    return mark;
  }
}

function addTo(set: Set<number>, message: number): void {
  set.add(message);
  if (set.size <= MOST_IN_THREAD) return;
  const [oldest] = set;
  if (oldest !== undefined) set.delete(oldest);
}

function rowsOf(kept: unknown): KeptMarks['threads'] {
  if (typeof kept !== 'object' || kept === null || !('version' in kept) || kept.version !== 1) return [];
  return 'threads' in kept && Array.isArray(kept.threads) ? kept.threads.filter(isRow) : [];
}

function isRow(row: unknown): row is KeptMarks['threads'][number] {
  if (!Array.isArray(row) || row.length !== 5) return false;
  const [thread, until, seen, read, unread]: unknown[] = row;
  return [thread, until, seen].every((value) => typeof value === 'number') && isNumbers(read) && isNumbers(unread);
}

function isNumbers(list: unknown): list is number[] {
  return Array.isArray(list) && list.every((value) => typeof value === 'number');
}
