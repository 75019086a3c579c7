import { cutHeader } from '#cut';
import { textOfUnits } from '#mailast';
import { dateAt } from './date-at.ts';
import { Numbers } from './growing.ts';
import { type IndexedSource, valuesOf } from './mailbox-index.ts';
import { type IdTable, NamedIdNumbers } from './named-ids.ts';

/** The messages of an archive that keeps each of them as a blob of its own; their order is that of the commits. */
export interface GitTable {
  /** The names of the blobs, `width` bytes each. */
  blobs: Uint8Array;
  width: number;
  /** In bytes. */
  sizes: Float64Array;
  /** As in `MessageTable`. */
  dates: Float64Array;
  /** The fields that are shown in lists, as they were written, one message behind the other: a blob is not read again for them. */
  shown: Uint8Array;
  /** Where those of each message begin, and where the last ones end. */
  shownStarts: Float64Array;
  ids: IdTable;
}

const SHOWN = new Set(['message-id', 'subject', 'from', 'date']);
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
  #blobs: Uint8Array[] = [];
  #sizes = new Numbers();
  #dates = new Numbers();
  #shown: string[] = [];
  #removals: Removal[] = [];

  get count(): number {
    return this.#sizes.length;
  }

  addTable({ blobs, width, sizes, dates, shown, shownStarts, ids }: GitTable): void {
    this.#named.addTable(ids);
    for (let index = 0; index < sizes.length; index++) {
      this.#blobs.push(blobs.subarray(index * width, (index + 1) * width));
      this.#sizes.push(sizes[index] ?? 0);
      this.#dates.push(dates[index] ?? Number.NaN);
      this.#shown.push(textOfUnits(shown.subarray(shownStarts[index], shownStarts[index + 1])));
    }
  }

  /** A message: the name of its blob in hexadecimal digits, how long it is, and its first units. */
  add(blob: string, size: number, head: string): void {
    const { fields } = cutHeader(head, 0, head.length);
    this.#named.add(head, fields);
    const date = fields.find(({ name }) => name.toLowerCase() === 'date');
    this.#dates.push(date ? dateAt(head, date.valueStart, date.end) : Number.NaN);
    this.#blobs.push(bytesOfHex(blob));
    this.#sizes.push(size);
    const shown = fields.filter(({ name }) => SHOWN.has(name.toLowerCase()));
    this.#shown.push(shown.map(({ start, end }) => `${head.slice(start, end)}\n`).join(''));
  }

  /** The archive forgets the message with this blob. */
  remove(blob: string): void {
    this.#removals.push({ blob, before: this.count });
  }

  finish(): GitTable {
    const gone = this.#gone();
    const indices = Array.from({ length: this.count }, (_, index) => index).filter((index) => !gone.has(index));
    const named = new NamedIdNumbers();
    named.addTable(this.#named.table(), this.count, gone);
    const width = this.#blobs[0]?.length ?? 20;
    const blobs = new Uint8Array(indices.length * width);
    const shownStarts = new Float64Array(indices.length + 1);
    for (const [at, index] of indices.entries()) {
      blobs.set(this.#blobs[index] ?? [], at * width);
      shownStarts[at + 1] = (shownStarts[at] ?? 0) + (this.#shown[index] ?? '').length;
    }
    const shown = new Uint8Array(shownStarts[indices.length] ?? 0);
    for (const [at, index] of indices.entries()) writeLatin1(shown, shownStarts[at] ?? 0, this.#shown[index] ?? '');
    return {
      blobs,
      width,
      sizes: Float64Array.from(indices, (index) => this.#sizes.at(index)),
      dates: Float64Array.from(indices, (index) => this.#dates.at(index)),
      shown,
      shownStarts,
      ids: named.table(),
    };
  }

  /** Of several messages with the blob the last one before its removal is meant. */
  #gone(): Set<number> {
    const wanted = new Map<string, Removal[]>();
    for (const removal of this.#removals) wanted.set(removal.blob, [...(wanted.get(removal.blob) ?? []), removal]);
    const gone = new Set<number>();
    if (wanted.size === 0) return gone;
    const places = new Map<string, number[]>();
    for (const [index, bytes] of this.#blobs.entries()) {
      const blob = hexOf(bytes);
      if (wanted.has(blob)) places.set(blob, [...(places.get(blob) ?? []), index]);
    }
    for (const { blob, before } of this.#removals) {
      const last = places.get(blob)?.findLast((index) => index < before && !gone.has(index));
      if (last !== undefined) gone.add(last);
    }
    return gone;
  }
}

/** The messages of a table; those of `span` are bytes of a blob. */
export function gitSource({ blobs, width, sizes, dates, shown, shownStarts }: GitTable): IndexedSource {
  return {
    dialect: 'git',
    complaints: [],
    count: sizes.length,
    span: (index) => ({ start: 0, end: sizes[index] ?? 0 }),
    time: (index) => dates[index] ?? Number.NaN,
    blob: (index) => hexOf(blobs.subarray(index * width, (index + 1) * width)),
    header(index, names) {
      const text = textOfUnits(shown.subarray(shownStarts[index], shownStarts[index + 1]));
      return valuesOf({ units: 'bytes', text }, cutHeader(text, 0, text.length).fields, names);
    },
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

function writeLatin1(into: Uint8Array, at: number, text: string): void {
  for (let unit = 0; unit < text.length; unit++) into[at + unit] = text.charCodeAt(unit);
}
