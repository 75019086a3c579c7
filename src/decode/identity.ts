import type { Source } from '#mailast';
import { type Charset, decodeOctets } from './charset.ts';
import { octetsOf } from './octets.ts';
import type { ReadableText } from './way.ts';

const CR = 13;
const LF = 10;

/**
 * Adds source [start, end), which has no transfer encoding, to `into`: CRLF as LF, bytes above 0x7f through the charset, all else
 * as it is. Returns where in `into` the first byte stands that is no character, or -1.
 */
export function decodeIdentity(
  source: Source,
  start: number,
  end: number,
  charset: Charset,
  into: ReadableText,
): number {
  const { text, units } = source;
  if (!isAsciiBased(charset)) return decodeOctets(octetsOf(text, start, end), charset, into);
  const highest = units === 'bytes' ? 127 : 0xffff;
  let firstInvalid = -1;
  for (let at = start; at < end; ) {
    const special = nextSpecial(text, at, end, highest);
    into.push(text.slice(at, special), at, special);
    at = special;
    if (text.charCodeAt(at) === CR && at < end) {
      const crlf = at + 1 < end && text.charCodeAt(at + 1) === LF;
      into.push(crlf ? '\n' : '\r', at, crlf ? at + 2 : at + 1);
      at += crlf ? 2 : 1;
    } else if (at < end) {
      // No charset takes a line end as a part of a character.
      const lineEnd = Math.min(lineBehind(text, at), end);
      const invalid = decodeOctets(octetsOf(text, at, lineEnd), charset, into);
      if (firstInvalid === -1) firstInvalid = invalid;
      at = lineEnd;
    }
  }
  return firstInvalid;
}

/** Whether bytes below 0x80 are ASCII wherever they do not follow a byte above. */
function isAsciiBased({ kind }: Charset): boolean {
  return kind === 'utf-8' || kind === 'single' || kind === 'multi';
}

function nextSpecial(text: string, from: number, end: number, highest: number): number {
  for (let at = from; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (unit === CR || unit > highest) return at;
  }
  return end;
}

function lineBehind(text: string, from: number): number {
  const lf = text.indexOf('\n', from);
  return lf === -1 ? text.length : lf + 1;
}
