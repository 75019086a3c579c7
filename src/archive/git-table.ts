import { cutHeader } from '#cut';
import { dateAt } from './date-at.ts';
import { Bytes, Numbers } from './growing.ts';
import { type IndexedSource, writtenIn } from './mailbox-index.ts';
import { type IdTable, NamedIdNumbers } from './named-ids.ts';
import { GrowingShown, SHOWN, type ShownFields, shownText, shownValues } from './shown-fields.ts';

/** The messages of an archive that keeps each of them as a blob of its own; their order is that of the commits. */
export interface GitTable extends ShownFields {
  /** The names of the blobs, `width` bytes each. */
  blobs: Uint8Array;
  width: number;
  /** In bytes. */
  sizes: Float64Array;
  /** As in `MessageTable`. */
  dates: Float64Array;
  ids: IdTable;
}

/** A header is looked for in so many bytes of a blob. */
export const MOST_HEADER = 2 ** 18;

/** A blob that was removed, and how many messages stood before its removal. */
interface Removal {
  blob: string;
  before: number;
}

/** A table that messages are added to, and taken from. */
export class GrowingGitTable {
  #named = new NamedIdNumbers();
  #blobs = new Bytes();
  #sizes = new Numbers();
  #dates = new Numbers();
  #shown = new GrowingShown();
  #removals: Removal[] = [];

  get count(): number {
    return this.#sizes.length;
  }

  addTable(table: GitTable): void {
    this.#named.addTable(table.ids);
    this.#blobs.add(table.blobs);
    for (let index = 0; index < table.sizes.length; index++) {
      this.#sizes.push(table.sizes[index] ?? 0);
      this.#dates.push(table.dates[index] ?? Number.NaN);
      this.#shown.addKept(table, index);
    }
  }

  /** A message: the name of its blob in hexadecimal digits, how long it is, and its first units. */
  add(blob: string, size: number, head: string): void {
    const { fields } = cutHeader(head, 0, head.length);
    this.#named.add(head, fields);
    const date = fields.find(({ name }) => name.toLowerCase() === 'date');
    this.#dates.push(date ? dateAt(head, date.valueStart, date.end) : Number.NaN);
    this.#blobs.add(bytesOfHex(blob));
    this.#sizes.push(size);
    this.#shown.add(writtenIn(head, fields, SHOWN));
  }

  /** The archive forgets the message with this blob. */
  remove(blob: string): void {
    this.#removals.push({ blob, before: this.count });
  }

  finish(): GitTable {
    const width = this.count === 0 ? 20 : this.#blobs.length / this.count;
    const all = this.#blobs.all();
    const gone = this.#gone(all, width);
    const shown = this.#shown.finish();
    const sizes = this.#sizes.finish();
    const dates = this.#dates.finish();
    const ids = this.#named.table();
    if (gone.size === 0) return { blobs: all.slice(), width, sizes, dates, ...shown, ids };
    return without(gone, { blobs: all, width, sizes, dates, ...shown, ids });
  }

  /** Of several messages with the blob the last one before its removal is meant. */
  #gone(blobs: Uint8Array, width: number): Set<number> {
    const gone = new Set<number>();
    if (this.#removals.length === 0) return gone;
    const wanted = new Set(this.#removals.map(({ blob }) => blob));
    const places = new Map<string, number[]>();
    for (let index = 0; index < this.count; index++) {
      const blob = hexOf(blobs.subarray(index * width, (index + 1) * width));
      if (!wanted.has(blob)) continue;
      const known = places.get(blob);
      if (known) known.push(index);
      else places.set(blob, [index]);
    }
    const open = new Map<string, { next: number; there: number[] }>();
    for (const { blob, before } of this.#removals) {
      const all = places.get(blob) ?? [];
      const { next, there } = open.get(blob) ?? { next: 0, there: [] };
      let at = next;
      for (; (all[at] ?? before) < before; at++) there.push(all[at] ?? 0);
      open.set(blob, { next: at, there });
      const last = there.pop();
      if (last !== undefined) gone.add(last);
    }
    return gone;
  }
}

function without(gone: ReadonlySet<number>, table: GitTable): GitTable {
  const { width, sizes, dates } = table;
  const named = new NamedIdNumbers();
  const take = named.taking(table.ids);
  const blobs = new Bytes();
  const shown = new GrowingShown();
  const left = Array.from(sizes.keys()).filter((index) => !gone.has(index));
  for (const index of left) {
    take(index, index + 1);
    blobs.add(table.blobs.subarray(index * width, (index + 1) * width));
    shown.addKept(table, index);
  }
  return {
    blobs: blobs.all().slice(),
    width,
    sizes: Float64Array.from(left, (index) => sizes[index] ?? 0),
    dates: Float64Array.from(left, (index) => dates[index] ?? Number.NaN),
    ...shown.finish(),
    ids: named.table(),
  };
}

/** The messages of a table; those of `span` are bytes of a blob. */
export function gitSource(table: GitTable): IndexedSource {
  const { blobs, width, sizes, dates } = table;
  return {
    dialect: 'git',
    complaints: [],
    count: sizes.length,
    span: (index) => ({ start: 0, end: sizes[index] ?? 0 }),
    time: (index) => dates[index] ?? Number.NaN,
    blob: (index) => hexOf(blobs.subarray(index * width, (index + 1) * width)),
    header: (index, names) => shownValues(table, index, names),
    written: (index) => shownText(table, index),
  };
}

function hexOf(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return hex;
}

function bytesOfHex(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length >> 1);
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16);
  return bytes;
}
