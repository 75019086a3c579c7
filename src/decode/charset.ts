import { decodeEscapes, type Lender } from './escapes.ts';
import type { MultiByte } from './multi-byte.ts';
import type { Octets } from './octets.ts';
import { decodeUtf7 } from './utf7.ts';
import type { ReadableText } from './way.ts';
import { decodeUtf16 } from './wide.ts';

/** How the bytes of a charset become characters. `table` holds what 0x80 to 0xff mean, `lend` the charsets that escape sequences name. */
export type Charset =
  | { kind: 'utf-8' }
  | { kind: 'single'; table: string }
  | { kind: 'multi'; multi: MultiByte }
  | { kind: 'escapes'; lend: Lender }
  | { kind: 'utf-16'; bigEndian?: boolean }
  | { kind: 'utf-7' };

const UTF_8 = { kind: 'utf-8' } as const;

/**
 * Adds the characters that `octets` stand for, CRLF as LF. Returns where in `into` the first byte stands that is no character, or -1. ASCII that
 * stands in the source as it is goes over in one piece.
 */
export function decodeOctets(octets: Octets, charset: Charset, into: ReadableText): number {
  const plain = (from: number, to: number): number => decodeRange(octets, from, to, UTF_8, into);
  if (charset.kind === 'utf-16') return decodeUtf16(octets, charset.bigEndian, into);
  if (charset.kind === 'utf-7') return decodeUtf7(octets, into, plain);
  if (charset.kind === 'escapes') return decodeEscapes(octets, charset.lend, into, plain);
  return decodeRange(octets, 0, octets.units.length, charset, into);
}

type Walked = Extract<Charset, { kind: 'utf-8' } | { kind: 'single' } | { kind: 'multi' }>;

/** Octets [from, to) of a charset in which each character says itself where it ends. */
function decodeRange(octets: Octets, from: number, to: number, charset: Walked, into: ReadableText): number {
  const { units } = octets;
  let firstInvalid = -1;
  for (let at = from; at < to; ) {
    const plain = plainEnd(octets, at, to);
    if (plain > at) {
      into.push(units.slice(at, plain), octets.start(at), octets.end(plain - 1));
      at = plain;
      continue;
    }
    const character = characterAt(units, at, charset);
    const length = Math.min(character.length, to - at);
    if (firstInvalid === -1 && isInvalid(character, charset)) firstInvalid = into.length;
    into.push(character.text, octets.start(at), octets.end(at + length - 1), true);
    at += length;
  }
  return firstInvalid;
}

/** U+FFFD may be what was written: three bytes of UTF-8. */
function isInvalid({ text, length }: { text: string; length: number }, { kind }: Charset): boolean {
  return text === '\ufffd' && !(kind === 'utf-8' && length === 3);
}

/** The end of the run of ASCII from `at` on that the source has unit for unit; a CR ends it. */
function plainEnd(octets: Octets, at: number, to: number): number {
  const { units } = octets;
  const shift = octets.start(at) - at;
  let end = at;
  while (end < to) {
    const unit = units.charCodeAt(end);
    if (unit > 127 || unit === 13 || octets.start(end) - end !== shift || octets.end(end) - end !== shift + 1) break;
    end++;
  }
  return end;
}

/** A unit above 0xff is of a document, where it stands for itself. */
function characterAt(units: string, at: number, charset: Walked): { text: string; length: number } {
  const first = units.charCodeAt(at);
  if (first === 13 && units.charCodeAt(at + 1) === 10) return { text: '\n', length: 2 };
  if (first < 0x80 || first > 0xff) return { text: units.charAt(at), length: 1 };
  if (charset.kind === 'single') return { text: charset.table.charAt(first - 0x80), length: 1 };
  if (charset.kind === 'multi') return charset.multi.read(units, at);
  const length = sequenceLength(units, at);
  if (length === 0) return { text: '\ufffd', length: 1 };
  let point = first & (0xff >> (length + 1));
  for (let next = 1; next < length; next++) point = (point << 6) | (units.charCodeAt(at + next) & 0x3f);
  return { text: String.fromCodePoint(point), length };
}

/** Smallest code point that a sequence of this many bytes may stand for; shorter forms are invalid (RFC 3629). */
const SMALLEST = [0, 0, 0x80, 0x800, 0x10000];

/** Length of the UTF-8 sequence at `at`, 1 to 4; 0 when the byte begins none. */
export function sequenceLength(units: string, at: number): number {
  const first = units.charCodeAt(at);
  if (first < 0x80 || first > 0xff) return 1;
  const length =
    first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
  if (length === 0) return 0;
  let point = first & (0xff >> (length + 1));
  for (let next = 1; next < length; next++) {
    const unit = units.charCodeAt(at + next);
    if (!(unit >= 0x80 && unit < 0xc0)) return 0;
    point = (point << 6) | (unit & 0x3f);
  }
  const surrogate = point >= 0xd800 && point <= 0xdfff;
  return point < (SMALLEST[length] ?? 0) || point > 0x10ffff || surrogate ? 0 : length;
}
