import type { ThreadMail, ThreadsNode, TrailerCounts, VersionsElsewhere } from '#features';
import { linkedVersions, onDidChangeLinkedVersions } from '../argument/linked-versions.ts';
import type { Features } from '../core.ts';
import { inTurns } from './in-turns.ts';
import type { OpenedMailbox } from './open-mailbox.ts';

/** How long (ms) rows stand before anything is worked out for them. */
const REST = 500;
/** The trailers of larger threads are not counted: all their mails would be read. */
const MOST_MAILS = 600;
/** Threads whose trailers are kept, those that were shown last. */
const MOST_THREADS = 60;

/** What rows of a mailbox say that is not in the headers of their mails; worked out after they are shown, a little at a time. */
export class RowFacts {
  readonly #rooms: Features;
  readonly #mailbox: OpenedMailbox;
  /** Tells that rows under a thread say more than before; without one, all rows. */
  readonly #changed: (thread?: number) => void;
  readonly #trailers = new Map<number, ReadonlyMap<number, TrailerCounts>>();
  readonly #waiting = new Set<number>();
  readonly #listening = onDidChangeLinkedVersions(() => this.#changed());
  #versions: VersionsElsewhere = new Map();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isAtWork = false;
  #isOver = false;

  constructor(rooms: Features, mailbox: OpenedMailbox, changed: (thread?: number) => void) {
    this.#rooms = rooms;
    this.#mailbox = mailbox;
    this.#changed = changed;
    this.#timer = setTimeout(() => void this.#findVersions(), REST);
  }

  dispose(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#listening.dispose();
  }

  /** Those of a patch, as far as they were counted. */
  trailers(thread: number, message: number): TrailerCounts | undefined {
    return this.#trailers.get(thread)?.get(message);
  }

  /** Counts the trailers of a thread whose rows are shown. */
  count(thread: number): void {
    const known = this.#trailers.get(thread);
    const mails = this.#mailbox.threads.members[thread]?.length ?? 0;
    if (known || mails < 2 || mails > MOST_MAILS || !this.#rooms.isPosting(this.#mailbox.threads, thread)) return;
    this.#waiting.add(thread);
    void this.#work();
  }

  /** Rows that lead to other versions of what a thread posts. */
  versions(thread: number): ThreadsNode[] {
    const others = (this.#versions.get(thread) ?? []).filter((other) => other !== thread);
    const known = new Set(others.map((other) => this.#mailbox.threads.roots[other] ?? 0));
    const linked = linkedVersions(this.idsOf(thread)).filter(
      ({ messageId, uri }) =>
        uri !== this.#mailbox.uri.toString() || !known.has(this.#mailbox.threads.messageOf(messageId)),
    );
    return [
      ...others.map((other): ThreadsNode => ({ kind: 'version', thread, other })),
      ...linked.map(({ messageId, uri }): ThreadsNode => ({ kind: 'linked', thread, messageId, source: uri })),
    ];
  }

  /** The ids by which a reader may have linked a thread: that of its first message. */
  idsOf(thread: number): string[] {
    const { source, roots } = this.#mailbox.threads;
    const written = source.header(roots[thread] ?? 0, ['message-id']).get('message-id') ?? '';
    const id = written.replace(/^\s*<|>\s*$/g, '').trim();
    return id === '' ? [] : [id];
  }

  async #work(): Promise<void> {
    if (this.#isAtWork) return;
    this.#isAtWork = true;
    for (const thread of this.#waiting) {
      const counts = await this.#counted(thread).catch(() => new Map());
      if (this.#isOver) return;
      this.#waiting.delete(thread);
      this.#trailers.set(thread, counts);
      const [oldest] = this.#trailers.keys();
      if (this.#trailers.size > MOST_THREADS && oldest !== undefined) this.#trailers.delete(oldest);
      if (counts.size > 0) this.#changed(thread);
    }
    this.#isAtWork = false;
  }

  async #counted(thread: number): Promise<Map<number, TrailerCounts>> {
    const { threads } = this.#mailbox;
    const mails: { message: number; page: ThreadMail['pages'][number] }[] = [];
    for (const message of this.#rooms.readingOrder(threads, thread)) {
      const { pages } = await this.#mailbox.mail(message);
      if (this.#isOver) break;
      mails.push(...pages.slice(0, 1).map((page) => ({ message, page })));
      await new Promise<void>((resolve) => setTimeout(resolve, 0));
    }
    return this.#rooms.trailerCounts(mails);
  }

  async #findVersions(): Promise<void> {
    const versions = await inTurns(this.#rooms.versionsElsewhere(this.#mailbox.threads), () => this.#isOver);
    if (!versions || this.#isOver) return;
    this.#versions = versions;
    if (versions.size > 0) this.#changed();
  }
}
