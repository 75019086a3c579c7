import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Units } from '#cut';

/** How much of a file is held at once, in bytes. */
const PIECE = 2 ** 20;
const FROM = Buffer.from('From ');
const LF = 10;

/** The bytes of a file that was read whole, of its content where it was compressed. */
export function unitsOfBuffer(bytes: Uint8Array): Units {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return {
    length: buffer.length,
    nextFromLine: (from) => fromLineIn(buffer, from, true),
    slice: (start, end) => buffer.toString('latin1', Math.max(start, 0), Math.min(Math.max(end, 0), buffer.length)),
  };
}

/** Files of any size and any number as units: one of them is open at a time, and one piece of it is in memory. */
export class FilePieces {
  #piece = Buffer.allocUnsafe(0);
  #open: { path: string; file: number } | undefined;
  #held = this.#piece;
  #heldFrom = 0;

  /**
   * The bytes of a file as long as it is now; what is cut off from it later reads as nothing.
   *
   * @throws when the file cannot be opened.
   */
  units(path: string): Units {
    const length = fstatSync(this.#use(path)).size;
    return {
      length,
      nextFromLine: (from) => this.#nextFromLine(path, length, from),
      slice: (start, end) => this.#slice(path, Math.max(start, 0), Math.min(end, length)),
    };
  }

  close(): void {
    if (this.#open) closeSync(this.#open.file);
    this.#open = undefined;
  }

  #use(path: string): number {
    if (this.#open?.path === path) return this.#open.file;
    this.close();
    const file = openSync(path, 'r');
    this.#open = { path, file };
    this.#held = this.#piece.subarray(0, 0);
    return file;
  }

  #hold(file: number, from: number, length: number): void {
    const wanted = Math.min(PIECE, length - from);
    if (this.#piece.length < wanted) this.#piece = Buffer.allocUnsafe(wanted);
    this.#heldFrom = from;
    this.#held = this.#piece.subarray(0, readFrom(file, this.#piece.subarray(0, wanted), from));
  }

  #nextFromLine(path: string, length: number, from: number): number {
    const file = this.#use(path);
    for (let at = from; at + FROM.length <= length; ) {
      // The unit before tells whether a line begins; the last units may be the beginning of what stands in the next piece.
      const first = Math.max(at - 1, 0);
      if (!this.#holds(first, at + FROM.length)) this.#hold(file, first, length);
      if (!this.#holds(first, at + FROM.length)) return -1;
      const found = fromLineIn(this.#held, at - this.#heldFrom, this.#heldFrom === 0);
      if (found !== -1) return this.#heldFrom + found;
      at = this.#heldFrom + this.#held.length - FROM.length + 1;
    }
    return -1;
  }

  #slice(path: string, start: number, end: number): string {
    if (end <= start) return '';
    const file = this.#use(path);
    if (this.#holds(start, end)) return this.#held.toString('latin1', start - this.#heldFrom, end - this.#heldFrom);
    // What is looked at again is small; the piece in memory stays where the search is.
    const all = Buffer.allocUnsafe(end - start);
    return all.toString('latin1', 0, readFrom(file, all, start));
  }

  #holds(start: number, end: number): boolean {
    return start >= this.#heldFrom && end <= this.#heldFrom + this.#held.length;
  }
}

function readFrom(file: number, into: Buffer, from: number): number {
  let length = 0;
  while (length < into.length) {
    const read = readSync(file, into, length, into.length - length, from + length);
    if (read === 0) break;
    length += read;
  }
  return length;
}

/** Where a line begins with `From ` at or behind `from`; `first` says whether the buffer begins with a line. */
function fromLineIn(buffer: Buffer, from: number, first: boolean): number {
  for (let at = buffer.indexOf(FROM, from); at !== -1; at = buffer.indexOf(FROM, at + FROM.length)) {
    if (at === 0 ? first : buffer[at - 1] === LF) return at;
  }
  return -1;
}
