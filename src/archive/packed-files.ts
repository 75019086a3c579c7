import type { FileState, FileTable } from './file-table.ts';
import { type ArrayPack, type PackedArray, packArrays } from './packed-arrays.ts';
import { Arrays, type JoinedMessages, packedParts } from './packed-parts.ts';
import { areShown } from './shown-fields.ts';

/** What is kept of a folder, a maildir or a compressed file. */
export interface KeptFiles {
  table: FileTable;
  joined?: JoinedMessages;
}

/** No path holds it. */
const BETWEEN = '\0';

export function packFiles({ table, joined }: KeptFiles): Uint8Array<ArrayBuffer> {
  const { files, lengths, firsts, starts, ends, dates, shown, shownStarts, ids } = table;
  const arrays = new Map<string, PackedArray>([
    ['paths', new TextEncoder().encode(files.map(({ path }) => path).join(BETWEEN))],
    ['sizes', Float64Array.from(files, ({ size }) => size)],
    ['modified', Float64Array.from(files, ({ modified }) => modified)],
    ['lengths', lengths],
    ['firsts', firsts],
    ['starts', starts],
    ['ends', ends],
    ['dates', dates],
    ['shown', shown],
    ['shownStarts', shownStarts],
    ...packedParts(ids, joined),
  ]);
  return packArrays({ about: { files: files.length }, arrays });
}

/** What `packFiles` packed; absent where it is anything else. */
export function filesOf(pack: ArrayPack): KeptFiles | undefined {
  if (typeof pack.about !== 'object' || pack.about === null || !('files' in pack.about)) return undefined;
  const arrays = new Arrays(pack.arrays);
  const starts = arrays.f64('starts');
  const table: FileTable = {
    files: filesIn(arrays),
    lengths: arrays.f64('lengths'),
    firsts: arrays.f64('firsts'),
    starts,
    ends: arrays.f64('ends'),
    dates: arrays.f64('dates'),
    shown: arrays.u8('shown'),
    shownStarts: arrays.f64('shownStarts'),
    ids: arrays.ids(starts.length),
  };
  const joined = arrays.joined(starts.length);
  if (arrays.missing || table.files.length !== pack.about.files || !isWhole(table)) return undefined;
  return { table, ...(joined ? { joined } : {}) };
}

function filesIn(arrays: Arrays): FileState[] {
  const sizes = arrays.f64('sizes');
  const times = arrays.f64('modified');
  const paths = new TextDecoder().decode(arrays.u8('paths')).split(BETWEEN);
  return Array.from(sizes, (size, at) => ({ path: paths[at] ?? '', size, modified: times[at] ?? 0 }));
}

function isWhole(table: FileTable): boolean {
  const { files, lengths, firsts, starts, ends, dates } = table;
  const count = starts.length;
  if (lengths.length !== files.length) return false;
  if (ends.length !== count || dates.length !== count || firsts.length !== files.length + 1) return false;
  if (firsts[files.length] !== count || !firsts.every((first, at) => first >= 0 && first <= (firsts[at + 1] ?? first)))
    return false;
  return starts.every((start, index) => start >= 0 && start <= (ends[index] ?? 0)) && areShown(table, count);
}
