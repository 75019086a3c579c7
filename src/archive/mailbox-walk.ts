import { type FieldCut, headerAt, joinsOrEnds, type mailboxBeginning, type Units, walkMailbox } from '#cut';
import { dateAt } from './date-at.ts';
import { GrowingTable, KINDS, type MessageTable } from './message-table.ts';
import type { NamedIdNumbers } from './named-ids.ts';

type Beginning = NonNullable<ReturnType<typeof mailboxBeginning>>;

/** So many units behind the start of a `From ` line decide whether it begins a message, and some more; what stands nearer to the end may become another thing. */
const NEAR_END = 4096;

/** The fast pass over a mailbox, which may rest between two messages and go on. */
export class MailboxWalk {
  #units: Units;
  #next: Beginning | undefined;
  #named: NamedIdNumbers;
  #table = new GrowingTable();
  #read = 0;

  constructor(units: Units, first: Beginning, named: NamedIdNumbers) {
    this.#units = units;
    this.#next = first;
    this.#named = named;
  }

  /**
   * A walk that goes on where a shorter source ended: what `old` says of it is right but for the last messages. Absent when all of it may be
   * wrong. `named` must be empty.
   */
  static behind(old: MessageTable, units: Units, named: NamedIdNumbers): MailboxWalk | undefined {
    let at = Math.min(old.settled, old.starts.length - 1);
    while (at > 0 && (old.starts[at] ?? 0) > old.length - NEAR_END) at--;
    const from = KINDS[old.kinds[at] ?? 0];
    // The first messages were found with less evidence.
    if (at < 1 || from === undefined) return undefined;
    const walk = new MailboxWalk(units, { start: old.starts[at] ?? 0, from }, named);
    walk.#table.addTable(old, at);
    named.addTable(old.ids, at);
    return walk;
  }

  get progress(): { read: number; messages: number } {
    return { read: this.#read, messages: this.#table.count };
  }

  /** Walks over some `budget` units, at least one message; false at the end of the source. */
  goOn(budget: number): boolean {
    const next = this.#next;
    if (!next) return false;
    const units = this.#units;
    let headerStart = 0;
    let date = Number.NaN;
    this.#next = walkMailbox(
      units,
      next,
      (start, limit) => {
        const { text, fields, end } = headerAt(units, start, limit, joinsOrEnds);
        headerStart = start;
        date = dateIn(text, fields);
        this.#named.add(text, fields);
        if (end.contentLength !== undefined && end.bodyStart + end.contentLength > units.length - NEAR_END)
          this.#table.unsettled();
        return end;
      },
      ({ start, end, from }) => {
        this.#table.add(start, headerStart, date, from);
        this.#read = end;
        return end - next.start < budget;
      },
    );
    return this.#next !== undefined;
  }

  /** What was found, but for the ids. */
  places(): Omit<MessageTable, 'ids'> {
    return this.#table.finish(this.#units.length);
  }
}

function dateIn(text: string, fields: readonly FieldCut[]): number {
  for (const { name, valueStart, end } of fields)
    if (name.length === 4 && name.toLowerCase() === 'date') return dateAt(text, valueStart, end);
  return Number.NaN;
}
