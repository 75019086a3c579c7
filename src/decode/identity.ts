import type { Source } from '#mailast';
import { type Charset, decodeOctets } from './charset.ts';
import { octetsOf } from './octets.ts';
import type { ReadableText } from './way.ts';

const CR = 13;
const LF = 10;
const ESC = 27;

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
  let firstInvalid = -1;
  for (let at = start; at < end; ) {
    const special = nextSpecial(text, at, end, units === 'bytes', charset.kind === 'other');
    if (special === end || text.charCodeAt(special) === CR) {
      into.push(text.slice(at, special), at, special);
      at = special === end ? end : carriageReturn(text, special, end, into);
      continue;
    }
    // Charsets with states or with ASCII as second bytes are read by the line.
    const from = charset.kind === 'other' ? Math.max(text.lastIndexOf('\n', special) + 1, at) : special;
    into.push(text.slice(at, from), at, from);
    at = charset.kind === 'other' ? lineEnd(text, special, end) : runEnd(text, special, end);
    const invalid = decodeOctets(octetsOf(text, from, at), charset, into);
    if (firstInvalid === -1) firstInvalid = invalid;
  }
  return firstInvalid;
}

function nextSpecial(text: string, from: number, end: number, bytes: boolean, escapes: boolean): number {
  for (let at = from; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (unit === CR || (bytes && (unit > 127 || (escapes && unit === ESC)))) return at;
  }
  return end;
}

function carriageReturn(text: string, at: number, end: number, into: ReadableText): number {
  const crlf = at + 1 < end && text.charCodeAt(at + 1) === LF;
  into.push(crlf ? '\n' : '\r', at, crlf ? at + 2 : at + 1);
  return crlf ? at + 2 : at + 1;
}

function runEnd(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && text.charCodeAt(at) > 127) at++;
  return at;
}

function lineEnd(text: string, from: number, end: number): number {
  const lf = text.indexOf('\n', from);
  return lf === -1 || lf >= end ? end : lf + 1;
}
