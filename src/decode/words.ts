import { charsetOf, decodeOctets, type Octets } from './charset.ts';
import { base64, quotedPrintable } from './transfer.ts';
import type { ReadableText } from './way.ts';

/** `=?utf-8?Q?Andr=C3=A9?=`: an encoded word of a header (RFC 2047), at most 2000 units of text. */
const WORD = /=\?([^?\s*]{1,60})(?:\*[^?\s]{1,20})?\?([bBqQ])\?([^?\s]{0,2000})\?=/g;

/**
 * Adds source [start, end) to `into` with its encoded words decoded. White space between two encoded words is nothing
 * (RFC 2047, 6.2). `plain` adds what is not encoded. A word of an unknown charset stays as it is written.
 */
export function decodeWords(
  text: string,
  start: number,
  end: number,
  into: ReadableText,
  plain: (start: number, end: number) => void,
): void {
  const value = text.slice(start, end);
  let done = 0;
  let afterWord = false;
  for (const match of value.matchAll(WORD)) {
    const charset = charsetOf(match[1]);
    if (!charset) continue;
    const gap = value.slice(done, match.index);
    if (!(afterWord && gap.trim() === '')) plain(start + done, start + match.index);
    const wordEnd = start + match.index + match[0].length;
    const textStart = wordEnd - 2 - (match[3]?.length ?? 0);
    decodeOctets(word(text, textStart, wordEnd - 2, match[2] ?? 'q'), charset, into);
    done = match.index + match[0].length;
    afterWord = true;
  }
  plain(start + done, end);
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
