/** Door `#archive/node`: mailboxes in files, looked at piece by piece. For the command line and tests; nothing here runs in a browser. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Units } from '#cut';

/** How much of a file is held at once, in bytes. */
const PIECE = 4 * 2 ** 20;
const FROM = Buffer.from('From ');
const LF = 10;

/** The bytes of a file. */
export interface FileUnits extends Units {
  /** Gives the file back to the system; the units cannot be asked again. */
  close(): void;
}

/**
 * Opens a file as units. However large it is, only a piece of it is in memory.
 *
 * @throws when the file cannot be opened or read.
 */
export function unitsOfFile(path: string): FileUnits {
  const file = openSync(path, 'r');
  const length = fstatSync(file).size;
  return { ...unitsIn(length, (into, from) => readFrom(file, into, from)), close: () => closeSync(file) };
}

/** The bytes of a file that was read whole, of its content where it was compressed. */
export function unitsOfBuffer(bytes: Uint8Array): Units {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return {
    length: buffer.length,
    nextFromLine: (from) => fromLineIn(buffer, from, from === 0),
    slice: (start, end) =>
      buffer.toString('latin1', Math.max(start, 0), Math.min(Math.max(end, start, 0), buffer.length)),
  };
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

/** Units that `read` puts into a buffer, from an offset on; it says how many there were. */
function unitsIn(length: number, read: (into: Buffer, from: number) => number): Units {
  const piece = Buffer.allocUnsafe(Math.min(PIECE, Math.max(length, 1)));
  let held = piece.subarray(0, 0);
  let heldFrom = 0;
  const hold = (from: number): void => {
    heldFrom = from;
    held = piece.subarray(0, read(piece, from));
  };
  return {
    length,
    nextFromLine(from) {
      for (let at = from; at < length; ) {
        // The unit before tells whether a line begins; the last units may be the beginning of what stands in the next piece.
        const first = Math.max(at - 1, 0);
        if (first < heldFrom || at + FROM.length > heldFrom + held.length) hold(first);
        if (held.length < FROM.length) return -1;
        const found = fromLineIn(held, at - heldFrom, heldFrom === 0);
        if (found !== -1) return heldFrom + found;
        at = Math.max(at + 1, heldFrom + held.length - FROM.length + 1);
      }
      return -1;
    },
    slice(start, end) {
      const from = Math.max(start, 0);
      const to = Math.min(end, length);
      if (to <= from) return '';
      if (from >= heldFrom && to <= heldFrom + held.length)
        return held.toString('latin1', from - heldFrom, to - heldFrom);
      // What is looked at again is small; the piece in memory stays where the search is.
      const all = Buffer.allocUnsafe(to - from);
      return all.toString('latin1', 0, read(all, from));
    },
  };
}

/** Where a line begins with `From ` at or behind `from`; `first` says whether the buffer begins with a line. */
function fromLineIn(buffer: Buffer, from: number, first: boolean): number {
  for (let at = buffer.indexOf(FROM, from); at !== -1; at = buffer.indexOf(FROM, at + FROM.length)) {
    if (at === 0 ? first : buffer[at - 1] === LF) return at;
  }
  return -1;
}
