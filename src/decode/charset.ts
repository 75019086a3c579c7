import type { Octets } from './octets.ts';
import type { ReadableText } from './way.ts';

/** What a charset label means to us. `other` goes through the platform's decoder, line by line. */
export type Charset =
  | { kind: 'utf-8' }
  | { kind: 'single'; table: string }
  | { kind: 'other'; decode: (line: Uint8Array) => string };

interface PlatformDecoder {
  decode(bytes: Uint8Array): string;
}
declare const TextDecoder: new (label: string) => PlatformDecoder;

/** What windows-1252 has at 0x80..0x9f. The platform's own table maps some of these to control characters. */
const WINDOWS_1252 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

/** The charset for a label as mail writes it; absent when nobody knows the label. No label means UTF-8, of which ASCII is a part. */
export function charsetOf(label: string | undefined): Charset | undefined {
  const name = (label ?? 'utf-8').toLowerCase();
  if (name === 'utf-8' || name === 'utf8' || name === 'us-ascii' || name === 'ascii') return { kind: 'utf-8' };
  if (name === 'iso-8859-1' || name === 'windows-1252' || name === 'latin1')
    return { kind: 'single', table: WINDOWS_1252 };
  return platformCharset(name);
}

/** Labels that were asked for before: a header may hold thousands of words, and asking for an unknown one is slow. */
const asked = new Map<string, Charset | undefined>();
const MOST_ASKED = 200;

function platformCharset(name: string): Charset | undefined {
  if (asked.has(name)) return asked.get(name);
  const charset = platformDecoder(name);
  if (asked.size >= MOST_ASKED) asked.clear();
  asked.set(name, charset);
  return charset;
}

function platformDecoder(name: string): Charset | undefined {
  try {
    const decoder = new TextDecoder(name);
    return { kind: 'other', decode: (line) => decoder.decode(line) };
  } catch {
    return undefined;
  }
}

/**
 * Adds the characters that `octets` stand for, CRLF as LF. Returns where in `into` the first byte stands that is no character, or -1. ASCII that
 * stands in the source as it is goes over in one piece.
 */
export function decodeOctets(octets: Octets, charset: Charset, into: ReadableText): number {
  if (charset.kind === 'other') return decodeLines(octets, charset.decode, into);
  let firstInvalid = -1;
  const { units } = octets;
  for (let at = 0; at < units.length; ) {
    const plain = plainEnd(octets, at);
    if (plain > at) {
      into.push(units.slice(at, plain), octets.start(at), octets.end(plain - 1));
      at = plain;
      continue;
    }
    const length = charset.kind === 'utf-8' ? sequenceLength(units, at) : 1;
    const crlf = units.charCodeAt(at) === 13 && units.charCodeAt(at + 1) === 10;
    const width = crlf ? 2 : Math.max(length, 1);
    if (length === 0 && firstInvalid === -1) firstInvalid = into.length;
    into.push(crlf ? '\n' : characterAt(units, at, length, charset), octets.start(at), octets.end(at + width - 1));
    at += width;
  }
  return firstInvalid;
}

/** The end of the run of ASCII from `at` on that the source has unit for unit; a CR ends it. */
function plainEnd(octets: Octets, at: number): number {
  const { units } = octets;
  const shift = octets.start(at) - at;
  let end = at;
  while (end < units.length) {
    const unit = units.charCodeAt(end);
    if (unit > 127 || unit === 13 || octets.start(end) - end !== shift || octets.end(end) - end !== shift + 1) break;
    end++;
  }
  return end;
}

function characterAt(units: string, at: number, length: number, charset: Charset): string {
  const first = units.charCodeAt(at);
  if (first < 0x80 || first > 0xff) return units.charAt(at);
  if (charset.kind === 'single') return first < 0xa0 ? charset.table.charAt(first - 0x80) : String.fromCharCode(first);
  if (length === 0) return '\ufffd';
  let point = first & (0xff >> (length + 1));
  for (let next = 1; next < length; next++) point = (point << 6) | (units.charCodeAt(at + next) & 0x3f);
  return String.fromCodePoint(point);
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
    if ((unit & 0xc0) !== 0x80 || Number.isNaN(unit)) return 0;
    point = (point << 6) | (unit & 0x3f);
  }
  const surrogate = point >= 0xd800 && point <= 0xdfff;
  return point < (SMALLEST[length] ?? 0) || point > 0x10ffff || surrogate ? 0 : length;
}

/** Each line leads back as a whole: the platform does not say which byte became which character. */
function decodeLines(octets: Octets, decode: (line: Uint8Array) => string, into: ReadableText): number {
  const { units } = octets;
  let firstInvalid = -1;
  for (let at = 0; at < units.length; ) {
    const lf = units.indexOf('\n', at);
    const next = lf === -1 ? units.length : lf + 1;
    const line = new Uint8Array(next - at);
    for (let index = 0; index < line.length; index++) line[index] = units.charCodeAt(at + index);
    const decoded = decode(line).replace('\r\n', '\n');
    const invalid = firstInvalid === -1 ? decoded.indexOf('\ufffd') : -1;
    if (invalid !== -1) firstInvalid = into.length + invalid;
    into.push(decoded, octets.start(at), octets.end(next - 1));
    at = next;
  }
  return firstInvalid;
}
