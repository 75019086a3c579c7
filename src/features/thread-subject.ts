/** With what subject a thread began: what "Re: [PATCH 07/22]" is about, its cover letter says. */
import { fieldsOf, type Mailbox, messageIdsOf } from '#reading';

/** A header that is longer is no header of a message that begins a thread. Source units. */
const longestHeader = 32 * 1024;

/** Knows the messages of a mailbox by their ids; looks through the headers once, when it is first asked. */
export class ThreadSubjects {
  readonly #mailbox: Mailbox;
  #byId: ReadonlyMap<string, number> | undefined;
  readonly #subjects = new Map<number, string | undefined>();

  constructor(mailbox: Mailbox) {
    this.#mailbox = mailbox;
  }

  /** The subject of the message that began the thread of a message with these fields, when it is in the same mailbox. */
  of(fields: ReadonlyMap<string, readonly string[]>): string | undefined {
    if (this.#mailbox.spans.length < 2) return undefined;
    const named = [...(fields.get('references') ?? []), ...(fields.get('in-reply-to') ?? [])];
    for (const id of named.flatMap(messageIdsOf).slice(0, 1)) {
      this.#byId ??= idsIn(this.#mailbox);
      const index = this.#byId.get(id);
      if (index !== undefined) return this.#subjectOf(index);
    }
    return undefined;
  }

  #subjectOf(index: number): string | undefined {
    if (!this.#subjects.has(index)) {
      this.#subjects.set(index, fieldsOf(this.#mailbox.message(index).tree).get('subject')?.[0]);
    }
    return this.#subjects.get(index);
  }
}

/** The first message of each id, by the lines of the headers as they are written. */
function idsIn({ source, spans }: Mailbox): ReadonlyMap<string, number> {
  const ids = new Map<string, number>();
  for (const [index, { start, end }] of spans.entries()) {
    const head = source.text.slice(start, Math.min(end, start + longestHeader));
    const blank = /\r?\n\r?\n/.exec(head)?.index ?? head.length;
    const [, id] = /^message-id:\s{0,80}<([^<>\s]{1,900})>/im.exec(head.slice(0, blank)) ?? [];
    if (id !== undefined && !ids.has(id)) ids.set(id, index);
  }
  return ids;
}
