import { QuoteTraces, type TracedThread } from '../provenance.ts';
import type { Page, Reading } from '../reading.ts';
import type { KnownQuotes } from './quotes.ts';
import type { ThreadsAnswer } from './threads.ts';

/** Traces of the threads of some files. What is known of a thread is kept while there are mails of it to come. */
export class ThreadTraces {
  readonly #threads: ReadonlyMap<string, readonly string[]>;
  readonly #parents: ThreadsAnswer['parents'];
  readonly #files: readonly (Reading | undefined)[];
  readonly #open = new Map<readonly string[], { known: KnownQuotes; left: number }>();

  /** A file that could not be opened is absent from `files` at its index. */
  constructor({ threads, parents }: ThreadsAnswer, files: readonly (Reading | undefined)[]) {
    this.#threads = new Map(threads.flatMap(({ messages }) => messages.map((key) => [key, messages] as const)));
    this.#parents = parents;
    this.#files = files;
  }

  /** The thread of a mail. */
  thread(key: string): TracedThread {
    return {
      keys: this.#threads.get(key) ?? [key],
      parentOf: (one) => this.#parents.get(one)?.key,
      pageOf: (one) => this.#page(one),
    };
  }

  /** What is known of the quotes of a mail; nothing of one that stands alone. To be asked once for each mail. */
  next(key: string): KnownQuotes | undefined {
    const thread = this.#threads.get(key);
    if (!thread || thread.length < 2) return undefined;
    const open = this.#open.get(thread) ?? { known: this.#known(key), left: thread.length };
    open.left--;
    if (open.left > 0) this.#open.set(thread, open);
    else this.#open.delete(thread);
    return open.known;
  }

  #known(key: string): KnownQuotes {
    return { traces: new QuoteTraces(this.thread(key)), pageOf: (one) => this.#page(one) };
  }

  #page(key: string): Page | undefined {
    const [file, message] = key.split(':').map(Number);
    return this.#files[file ?? -1]?.page(message ?? -1);
  }
}
