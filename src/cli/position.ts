import type { AskedPosition } from '#features';
import { UsageError } from './usage.ts';

/** `12:5`, both from 1. */
export function readPosition(text: string): { line: number; column: number } {
  const match = /^([1-9]\d{0,8}):([1-9]\d{0,9})$/.exec(text);
  if (!match) throw new UsageError(`a place is LINE:COLUMN, both from 1; "${text}" is none`);
  return { line: Number(match[1]), column: Number(match[2]) };
}

/** `12`, which is its first column, or `12:5`. */
export function readLine(text: string): { line: number; column: number } {
  return readPosition(/^\d+$/.test(text) ? `${text}:1` : text);
}

const LF = 10;
const CR = 13;

/** The byte at a place; no `offset` where the file has no such line or the line no such column. */
export function locate(bytes: Uint8Array, { line, column }: { line: number; column: number }): AskedPosition {
  let start = 0;
  for (let count = 1; count < line; count++) {
    const lf = bytes.indexOf(LF, start);
    if (lf === -1) return { line, column };
    start = lf + 1;
  }
  const lf = bytes.indexOf(LF, start);
  const stop = lf === -1 ? bytes.length : lf;
  const end = stop > start && lf !== -1 && bytes[stop - 1] === CR ? stop - 1 : stop;
  const offset = offsetInLine(bytes, start + byteOrderMark(bytes, start), end, column);
  return offset === undefined ? { line, column } : { line, column, offset };
}

/** An editor takes the mark at the very start for no part of the text. */
function byteOrderMark(bytes: Uint8Array, start: number): number {
  return start === 0 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

function offsetInLine(bytes: Uint8Array, start: number, end: number, column: number): number | undefined {
  let units = 0;
  for (let at = start; at < end; ) {
    const [length, width] = sequence(bytes, at, end);
    units += width;
    if (column <= units) return at;
    at += length;
  }
  return column === units + 1 ? end : undefined;
}

/**
 * Bytes and UTF-16 units of the character at `at`, as the decoders of editors count them: the longest beginning of a sequence that cannot go
 * on is one U+FFFD (the Encoding Standard, UTF-8 decoder).
 */
function sequence(bytes: Uint8Array, at: number, end: number): [bytes: number, units: number] {
  const lead = bytes[at] ?? 0;
  const more =
    lead >= 0xc2 && lead <= 0xdf ? 1 : lead >= 0xe0 && lead <= 0xef ? 2 : lead >= 0xf0 && lead <= 0xf4 ? 3 : 0;
  let lower = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  let upper = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  let length = 1;
  while (length <= more && at + length < end) {
    const next = bytes[at + length] ?? 0;
    if (next < lower || next > upper) break;
    [lower, upper] = [0x80, 0xbf];
    length++;
  }
  return [length, length === 4 ? 2 : 1];
}
