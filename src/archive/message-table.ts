import { Bytes, Numbers } from './growing.ts';
import type { IdTable } from './named-ids.ts';

/** The messages of a mailbox as numbers in typed arrays, one a message and in its order; what stands in them is read again when it is shown. */
export interface MessageTable {
  /** How long the source was, in its units. */
  length: number;
  /** Where each message begins; it ends where the next one does. The first one holds what stands above it. */
  starts: Float64Array;
  /** Where each header begins, behind the `From ` line. */
  headers: Float64Array;
  /** In milliseconds since 1970; NaN where the header says no time, or says it in a rare form. */
  dates: Float64Array;
  /** What kind of line begins each message, by its place in `KINDS`. */
  kinds: Uint8Array;
  /** The first message whose end may be another one in a longer source, but for the last ones. */
  settled: number;
  ids: IdTable;
}

export const KINDS = ['dated', 'git', 'bare'] as const;

/** Everything of a table but the ids, added message by message. */
export class GrowingTable {
  #starts = new Numbers();
  #headers = new Numbers();
  #dates = new Numbers();
  #kinds = new Bytes();
  #settled = Number.POSITIVE_INFINITY;

  get count(): number {
    return this.#starts.length;
  }

  add(start: number, header: number, date: number, kind: (typeof KINDS)[number]): void {
    // What stands above the first message belongs to it.
    this.#starts.push(this.count === 0 ? 0 : start);
    this.#headers.push(header);
    this.#dates.push(date);
    this.#kinds.push(KINDS.indexOf(kind));
  }

  /** Says that the message which is added next may end elsewhere in a longer source. */
  unsettled(): void {
    this.#settled = Math.min(this.#settled, this.count);
  }

  /** The first `count` messages of a table that was made before. */
  addTable({ starts, headers, dates, kinds }: MessageTable, count: number): void {
    for (let index = 0; index < count; index++) {
      this.#starts.push(starts[index] ?? 0);
      this.#headers.push(headers[index] ?? 0);
      this.#dates.push(dates[index] ?? Number.NaN);
      this.#kinds.push(kinds[index] ?? 0);
    }
  }

  finish(length: number): Omit<MessageTable, 'ids'> {
    return {
      length,
      starts: this.#starts.finish(),
      headers: this.#headers.finish(),
      dates: this.#dates.finish(),
      kinds: this.#kinds.all().slice(),
      settled: Math.min(this.#settled, this.count),
    };
  }
}
