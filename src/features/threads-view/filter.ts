import type { MailboxThreads } from './mailbox.ts';

/** The messages that a filter found. */
export interface Filtered {
  /** As the reader wrote it. */
  text: string;
  /** Threads with a message that was found, in the order of the last activity. */
  threads: Int32Array;
  /** 1 for each message that was found. */
  found: Uint8Array;
  messages: number;
}

/** A search that is not at its end. */
export interface Looking {
  /** How many messages were looked at. */
  looked: number;
  /** What was found until now. */
  soFar(): Filtered;
}

/** Texts of so many messages are kept while somebody filters. */
const KEPT_TEXTS = 300_000;
/** Messages between two turns. */
const SLICE = 200;

/** Finds messages by words of their subject and their author. Each word is found anywhere, in capitals or not. */
export class ThreadFilter {
  #mailbox: MailboxThreads;
  #texts: (string | undefined)[] = [];
  #last: { words: readonly string[]; filtered: Filtered } | undefined;

  constructor(mailbox: MailboxThreads) {
    this.#mailbox = mailbox;
  }

  /**
   * In slices, the threads with the latest messages first. What was found for a shorter text is where a longer one is looked for; one that is given up
   * leaves to the next what it has decoded.
   */
  *search(text: string): Generator<Looking, Filtered> {
    const words = wordsOf(text);
    const within = this.#last && isNarrower(words, this.#last.words) ? this.#last.filtered : undefined;
    const found = new Uint8Array(this.#mailbox.count);
    const threads: number[] = [];
    let messages = 0;
    let looked = 0;
    const soFar = (): Filtered => ({ text, threads: Int32Array.from(threads), found: found.slice(), messages });
    for (const thread of within?.threads ?? this.#mailbox.byActivity) {
      const before = messages;
      for (const index of this.#mailbox.members[thread] ?? []) {
        if (within && within.found[index] !== 1) continue;
        if (++looked % SLICE === 0) yield { looked, soFar };
        const said = this.#textOf(index);
        if (!words.every((word) => said.includes(word))) continue;
        found[index] = 1;
        messages++;
      }
      if (messages > before) threads.push(thread);
    }
    const filtered = { text, threads: Int32Array.from(threads), found, messages };
    this.#last = { words, filtered };
    return filtered;
  }

  /** Decodes what searches look at, in slices and in their order: so that the first word is found as fast as the others. */
  *prepare(): Generator<number, void> {
    let looked = 0;
    for (const thread of this.#mailbox.byActivity) {
      for (const index of this.#mailbox.members[thread] ?? []) {
        this.#textOf(index);
        if (++looked % SLICE === 0) yield looked;
      }
    }
  }

  #textOf(index: number): string {
    const known = this.#texts[index];
    if (known !== undefined) return known;
    const { subject, author } = this.#mailbox.headOnce(index);
    const text = `${subject}\n${author}`.toLowerCase();
    if (index < KEPT_TEXTS) this.#texts[index] = text;
    return text;
  }
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** Whether whatever has these words has the others, too. */
function isNarrower(words: readonly string[], others: readonly string[]): boolean {
  return others.every((other) => words.some((word) => word.includes(other)));
}
