import type { IndexKey } from './index-key.ts';
import type { MessageTable } from './message-table.ts';
import { openArrays, type PackedArray, packArrays } from './packed-arrays.ts';

/** Who answers whom in one archive, and which messages belong together, as numbers. */
export interface JoinedMessages {
  /** The message that each one answers; -1 where it answers none that is there. */
  parents: Int32Array;
  /** The number of the thread of each message; threads are numbered in the order of their first message. */
  threads: Int32Array;
  /** The first message of each thread. */
  roots: Int32Array;
}

/** What is kept of a mailbox, so that it need not be read again. */
export interface KeptIndex {
  key: IndexKey;
  table: MessageTable;
  /** Absent until the messages were joined. */
  joined?: JoinedMessages;
}

/** One buffer that can be transferred and stored. */
export function packIndex({ key, table, joined }: KeptIndex): Uint8Array<ArrayBuffer> {
  const { starts, headers, dates, kinds, ids, settled } = table;
  const arrays = new Map<string, PackedArray>([
    ['starts', starts],
    ['headers', headers],
    ['dates', dates],
    ['kinds', kinds],
    ['own', ids.own],
    ['names', ids.starts],
    ['named', ids.named],
    ['low', ids.low],
    ['high', ids.high],
  ]);
  if (joined) {
    arrays.set('parents', joined.parents);
    arrays.set('threads', joined.threads);
    arrays.set('roots', joined.roots);
  }
  return packArrays({ about: { key, settled }, arrays });
}

/** What `packIndex` packed; absent where the bytes are anything else, damaged, or of another version. */
export function openIndex(bytes: Uint8Array): KeptIndex | undefined {
  const pack = openArrays(bytes);
  const about = pack && aboutOf(pack.about);
  if (!about) return undefined;
  const { key, settled } = about;
  const arrays = new Arrays(pack.arrays);
  const low = arrays.u32('low');
  const starts = arrays.f64('starts');
  const count = starts.length;
  const ids = {
    count,
    ids: low.length,
    own: arrays.i32('own'),
    starts: arrays.u32('names'),
    named: arrays.i32('named'),
    low,
    high: arrays.u32('high'),
  };
  const places = { length: key.length, starts, headers: arrays.f64('headers'), dates: arrays.f64('dates') };
  const table: MessageTable = { ...places, kinds: arrays.u8('kinds'), settled, ids };
  if (arrays.missing || !isWhole(table)) return undefined;
  if (!pack.arrays.has('parents')) return { key, table };
  const joined = { parents: arrays.i32('parents'), threads: arrays.i32('threads'), roots: arrays.i32('roots') };
  return arrays.missing || !areJoined(joined, count) ? undefined : { key, table, joined };
}

/** Arrays by name and kind; `missing` says that one was asked for that is not there. */
class Arrays {
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

  #none<Empty>(empty: Empty): Empty {
    this.missing = true;
    return empty;
  }
}

/** Every number leads to something that is there. */
function isWhole({ starts, headers, dates, kinds, length, ids }: MessageTable): boolean {
  const { count } = ids;
  const long = [headers, dates, kinds, ids.own].every((array) => array.length === count);
  if (!long || ids.starts.length !== count + 1 || ids.high.length !== ids.ids) return false;
  for (let index = 0; index < count; index++) {
    const [start = -1, next = length] = [starts[index], starts[index + 1]];
    if (!(start >= 0 && start <= next && next <= length)) return false;
    if ((ids.starts[index] ?? 0) > (ids.starts[index + 1] ?? 0)) return false;
  }
  if (ids.starts[count] !== ids.named.length) return false;
  return ids.own.every((id) => id >= -1 && id < ids.ids) && ids.named.every((id) => id >= 0 && id < ids.ids);
}

function areJoined({ parents, threads, roots }: JoinedMessages, count: number): boolean {
  return (
    parents.length === count &&
    threads.length === count &&
    parents.every((parent) => parent >= -1 && parent < count) &&
    threads.every((thread) => thread >= 0 && thread < roots.length) &&
    roots.every((root) => root >= 0 && root < count)
  );
}

function aboutOf(about: unknown): { key: IndexKey; settled: number } | undefined {
  if (typeof about !== 'object' || about === null || !('key' in about) || !('settled' in about)) return undefined;
  const { key, settled } = about;
  return isKey(key) && typeof settled === 'number' ? { key, settled } : undefined;
}

function isKey(key: unknown): key is IndexKey {
  if (typeof key !== 'object' || key === null || !('length' in key) || !('modified' in key)) return false;
  if (typeof key.length !== 'number' || typeof key.modified !== 'number' || !('probes' in key)) return false;
  return Array.isArray(key.probes) && key.probes.every((probe) => typeof probe === 'string');
}
