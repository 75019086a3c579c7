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
  return own.every((id) => id >= -1 && id < ids) && named.every((id) => id >= 0 && id < ids);
}

function areJoined({ parents, duplicates, threads, roots }: JoinedMessages, count: number): boolean {
  return (
    parents.length === count &&
    threads.length === count &&
    duplicates.length === count &&
    parents.every((parent) => parent >= -1 && parent < count) &&
    duplicates.every((first) => first >= -1 && first < count) &&
    threads.every((thread) => thread >= 0 && thread < roots.length) &&
    roots.every((root) => root >= 0 && root < count)
  );
}
