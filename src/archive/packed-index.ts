import type { IndexKey } from './index-key.ts';
import type { MessageTable } from './message-table.ts';
import { type ArrayPack, openArrays, type PackedArray, packArrays } from './packed-arrays.ts';
import { Arrays, type JoinedMessages, packedParts } from './packed-parts.ts';

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
    ...packedParts(ids, joined),
  ]);
  return packArrays({ about: { key, settled }, arrays });
}

/** What `packIndex` packed; absent where the bytes are anything else, damaged, or of another version. */
export function openIndex(bytes: Uint8Array): KeptIndex | undefined {
  const pack = openArrays(bytes);
  return pack && indexOf(pack);
}

export function indexOf(pack: ArrayPack): KeptIndex | undefined {
  const about = aboutOf(pack.about);
  if (!about) return undefined;
  const { key, settled } = about;
  const arrays = new Arrays(pack.arrays);
  const starts = arrays.f64('starts');
  const ids = arrays.ids(starts.length);
  const joined = arrays.joined(starts.length);
  const places = { length: key.length, starts, headers: arrays.f64('headers'), dates: arrays.f64('dates') };
  const table: MessageTable = { ...places, kinds: arrays.u8('kinds'), settled, ids };
  if (arrays.missing || !isWhole(table)) return undefined;
  return { key, table, ...(joined ? { joined } : {}) };
}

/** Every number leads to something that is there. */
function isWhole({ starts, headers, dates, kinds, length }: MessageTable): boolean {
  if ([headers, dates, kinds].some((array) => array.length !== starts.length)) return false;
  return starts.every((start, index) => start >= 0 && start <= (starts[index + 1] ?? length));
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
