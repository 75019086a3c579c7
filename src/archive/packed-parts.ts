import type { IdTable } from './named-ids.ts';
import type { PackedArray } from './packed-arrays.ts';

/** Who answers whom in one archive, and which messages belong together, as numbers. */
export interface JoinedMessages {
  /** The message that each one answers; -1 where it answers none that is there. */
  parents: Int32Array;
  /** Of several messages with one id the others lead to the first; -1 for all else. */
  duplicates: Int32Array;
  /** The number of the thread of each message; threads are numbered in the order of their first message. */
  threads: Int32Array;
  /** The first message of each thread. */
  roots: Int32Array;
}

/** The arrays of ids and of who answers whom, by the names under which they are packed. */
export function packedParts(ids: IdTable, joined: JoinedMessages | undefined): [string, PackedArray][] {
  const own: [string, PackedArray][] = [
    ['own', ids.own],
    ['names', ids.starts],
    ['named', ids.named],
    ['low', ids.low],
    ['high', ids.high],
  ];
  if (!joined) return own;
  return [
    ...own,
    ['parents', joined.parents],
    ['duplicates', joined.duplicates],
    ['threads', joined.threads],
    ['roots', joined.roots],
  ];
}

/** Arrays by name and kind; `missing` says that one was asked for that is not there, or leads nowhere. */
export class Arrays {
  missing = false;
  #arrays: ReadonlyMap<string, PackedArray>;

  constructor(arrays: ReadonlyMap<string, PackedArray>) {
    this.#arrays = arrays;
  }

  f64(name: string): Float64Array {
    const array = this.#arrays.get(name);
    return array instanceof Float64Array ? array : this.#none(new Float64Array());
  }

  i32(name: string): Int32Array {
    const array = this.#arrays.get(name);
    return array instanceof Int32Array ? array : this.#none(new Int32Array());
  }

  u32(name: string): Uint32Array {
    const array = this.#arrays.get(name);
    return array instanceof Uint32Array ? array : this.#none(new Uint32Array());
  }

  u8(name: string): Uint8Array {
    const array = this.#arrays.get(name);
    return array instanceof Uint8Array ? array : this.#none(new Uint8Array());
  }

  /** The ids of `count` messages. */
  ids(count: number): IdTable {
    const low = this.u32('low');
    const ids = {
      count,
      ids: low.length,
      own: this.i32('own'),
      starts: this.u32('names'),
      named: this.i32('named'),
      low,
      high: this.u32('high'),
    };
    if (!areIds(ids)) this.missing = true;
    return ids;
  }

  /** Who answers whom of `count` messages; absent where it was not packed. */
  joined(count: number): JoinedMessages | undefined {
    if (!this.#arrays.has('parents')) return undefined;
    const joined = {
      parents: this.i32('parents'),
      duplicates: this.i32('duplicates'),
      threads: this.i32('threads'),
      roots: this.i32('roots'),
    };
    if (!areJoined(joined, count)) this.missing = true;
    return joined;
  }

  #none<Empty>(empty: Empty): Empty {
    this.missing = true;
    return empty;
  }
}

function areIds({ count, ids, own, starts, named, high }: IdTable): boolean {
  if (own.length !== count || starts.length !== count + 1 || high.length !== ids) return false;
  if (starts[count] !== named.length || starts.some((start, index) => start > (starts[index + 1] ?? start)))
    return false;
  return allWithin(own, -1, ids) && allWithin(named, 0, ids);
}

function areJoined({ parents, duplicates, threads, roots }: JoinedMessages, count: number): boolean {
  return (
    parents.length === count &&
    threads.length === count &&
    duplicates.length === count &&
    allWithin(parents, -1, count) &&
    allWithin(duplicates, -1, count) &&
    allWithin(threads, 0, roots.length) &&
    allWithin(roots, 0, count)
  );
}

/** Whether all numbers are at least `low`, and less than `end`. A loop: a million numbers are looked at whenever a mailbox is opened again. */
function allWithin(numbers: Int32Array, low: number, end: number): boolean {
  for (let at = 0; at < numbers.length; at++) {
    const number = numbers[at] ?? low;
    if (number < low || number >= end) return false;
  }
  return true;
}
