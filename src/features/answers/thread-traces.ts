import { QuoteTraces, type TracedThread } from '../provenance.ts';
import type { Page, Reading } from '../reading.ts';
import type { KnownQuotes } from './known-quotes.ts';
import type { ThreadAnswer, ThreadsAnswer } from './threads.ts';

/** Threads that hold versions of one series; most stand alone. */
type Family = readonly ThreadAnswer[];

/** Traces of the threads of some files. What is known of a thread, and of other versions of its series, is kept while there are mails of them to come. */
export class ThreadTraces {
  readonly #threads: ReadonlyMap<string, ThreadAnswer>;
  readonly #families: ReadonlyMap<ThreadAnswer, Family>;
  readonly #parents: ThreadsAnswer['parents'];
  readonly #duplicates: ThreadsAnswer['duplicates'];
  readonly #files: readonly (Reading | undefined)[];
  readonly #open = new Map<Family, { known: KnownQuotes; left: number }>();

  /** A file that could not be opened is absent from `files` at its index. */
  constructor({ threads, families, parents, duplicates }: ThreadsAnswer, files: readonly (Reading | undefined)[]) {
    this.#threads = new Map(threads.flatMap((thread) => thread.messages.map((key) => [key, thread] as const)));
    this.#families = joined(threads, families);
    this.#parents = parents;
    this.#duplicates = duplicates;
    this.#files = files;
  }

  /** The thread of a mail. */
  thread(key: string): TracedThread {
    const thread = this.#threads.get(key);
    return {
      keys: thread?.messages ?? [key],
      others: this.family(key).flatMap((one) => (one === thread ? [] : [one.messages])),
      isCopy: (one) => this.#duplicates.has(one),
      parentOf: (one) => this.#parents.get(one)?.key,
      pageOf: (one) => this.#page(one),
    };
  }

  /** The threads that hold versions of what the thread of a mail posts, itself among them. */
  family(key: string): Family {
    const thread = this.#threads.get(key);
    return (thread && this.#families.get(thread)) ?? [];
  }

  /** What is known of the quotes of a mail; nothing of one that stands alone. To be asked once for each mail. */
  next(key: string): KnownQuotes | undefined {
    const family = this.family(key);
    const mails = family.reduce((sum, { messages }) => sum + messages.length, 0);
    if (mails < 2) return undefined;
    const open = this.#open.get(family) ?? { known: this.#known(key), left: mails };
    open.left--;
    if (open.left > 0) this.#open.set(family, open);
    else this.#open.delete(family);
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

function joined(
  threads: readonly ThreadAnswer[],
  families: ThreadsAnswer['families'],
): ReadonlyMap<ThreadAnswer, Family> {
  const byRoot = new Map(threads.map((thread) => [thread.root, thread]));
  const made = new Map<readonly string[], Family>();
  return new Map(
    threads.map((thread) => {
      const roots = families.get(thread.root);
      if (!roots) return [thread, [thread]];
      const family = made.get(roots) ?? roots.flatMap((root) => byRoot.get(root) ?? []);
      made.set(roots, family);
      return [thread, family];
    }),
  );
}
