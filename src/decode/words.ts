import type { Span } from '#mailast';
import { decodeOctets } from './charset.ts';
import { charsetOf } from './charset-labels.ts';
import type { Octets } from './octets.ts';
import { base64, quotedPrintable } from './transfer.ts';
import type { ReadableText } from './way.ts';

/** `=?utf-8?Q?Andr=C3=A9?=`: an encoded word of a header (RFC 2047), at most 2000 units of text. */
const WORD = /=\?([^?\s*]{1,60})(?:\*[^?\s]{1,20})?\?([bBqQ])\?([^?\s]{0,2000})\?=/g;

/**
 * Adds source [start, end) to `into` with its encoded words decoded. White space between two encoded words is nothing
 * (RFC 2047, 6.2). `plain` adds what is not encoded. A word of an unknown charset stays as it is written. Returns the span of the
 * first thing that begins like a word and could not be decoded.
 */
export function decodeWords(
  text: string,
  start: number,
  end: number,
  into: ReadableText,
  plain: (start: number, end: number) => void,
): Span | undefined {
  const value = text.slice(start, end);
  if (!value.includes('=?')) {
    plain(start, end);
    return undefined;
  }
  let done = 0;
  let afterWord = false;
  let left: Span | undefined;
  const asWritten = (to: number): void => {
    left ??= unreadable(value, done, to, start);
    plain(start + done, start + to);
  };
  for (const match of value.matchAll(WORD)) {
    const charset = charsetOf(match[1]);
    if (!charset) continue;
    if (!(afterWord && value.slice(done, match.index).trim() === '')) asWritten(match.index);
    const wordEnd = start + match.index + match[0].length;
    const textStart = wordEnd - 2 - (match[3]?.length ?? 0);
    decodeOctets(word(text, textStart, wordEnd - 2, match[2] ?? 'q'), charset, into);
    done = match.index + match[0].length;
    afterWord = true;
  }
  asWritten(value.length);
  return left;
}

const BEGINNING = /=\?[^?\s]{1,60}\?[bBqQ]\?/g;

function unreadable(value: string, from: number, to: number, start: number): Span | undefined {
  BEGINNING.lastIndex = from;
  const match = BEGINNING.exec(value);
  if (!match || match.index >= to) return undefined;
  return { start: start + match.index, end: start + Math.min(match.index + match[0].length, to) };
}

function word(text: string, start: number, end: number, encoding: string): Octets {
  if (encoding.toLowerCase() === 'b') return base64(text, start, end).octets;
  // An underscore stands for a space here and nowhere else (RFC 2047, 4.2).
  const { octets } = quotedPrintable(text.slice(start, end).replaceAll('_', ' '), 0, end - start);
  return {
    units: octets.units,
    start: (index) => start + octets.start(index),
    end: (index) => start + octets.end(index),
  };
}
