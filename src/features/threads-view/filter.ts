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

/** Texts of so many messages are kept while somebody filters. */
const KEPT_TEXTS = 300_000;
/** Messages between two turns. */
const SLICE = 400;

/** Finds messages by words of their subject and their author. Each word is found anywhere, in capitals or not. */
export class ThreadFilter {
  #mailbox: MailboxThreads;
  #texts: (string | undefined)[] = [];
  #last: { words: readonly string[]; filtered: Filtered } | undefined;

  constructor(mailbox: MailboxThreads) {
    this.#mailbox = mailbox;
  }

  /** In slices: each says how many messages were looked at. What was found for a shorter text is where a longer one is looked for. */
  *search(text: string): Generator<number, Filtered> {
    const words = wordsOf(text);
    const within = this.#last && isNarrower(words, this.#last.words) ? this.#last.filtered.found : undefined;
    const { count } = this.#mailbox;
    const found = new Uint8Array(count);
    let messages = 0;
    let looked = 0;
    for (let index = 0; index < count; index++) {
      if (within && within[index] !== 1) continue;
      if (++looked % SLICE === 0) yield index;
      const said = this.#textOf(index);
      if (!words.every((word) => said.includes(word))) continue;
      found[index] = 1;
      messages++;
    }
    const filtered = { text, threads: this.#threadsWith(found), found, messages };
    this.#last = { words, filtered };
    return filtered;
  }

  #threadsWith(found: Uint8Array): Int32Array {
    const { byActivity, members } = this.#mailbox;
    return byActivity.filter((thread) => members[thread]?.some((index) => found[index] === 1));
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
