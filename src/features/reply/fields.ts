import type { Address } from '#reading';
import { base64 } from '../base64.ts';

/** Columns that a line of a header keeps to (RFC 5322, 2.1.1). */
const COLUMNS = 76;
/** Longest encoded word (RFC 2047, 2). */
const LONGEST_WORD = 75;

/** `To: Ada <ada@example.org>,` and on lines of its own what does not fit. Names are written so that a reader of mail gets the same ones. */
export function addressField(name: string, addresses: readonly Address[]): string {
  return folded(
    name,
    addresses.map((one, at) => `${addressText(one)}${at + 1 < addresses.length ? ',' : ''}`),
  );
}

/** A field of ids, each on a line of its own where they do not fit. */
export function idField(name: string, ids: readonly string[]): string {
  return folded(
    name,
    ids.map((id) => `<${id}>`),
  );
}

/** A field of plain words. */
export function textField(name: string, text: string): string {
  return folded(name, needsEncoding(text) ? encodedWords(text) : text.split(' '));
}

/** `Ada Example <ada@example.org>`: quoted or encoded as the name needs. */
export function addressText({ name, address = '' }: Address): string {
  if (name === undefined || name === '') return address;
  if (needsEncoding(name)) return `${encodedWords(name).join(' ')} <${address}>`;
  const plain = /^[\w!#$%&'*+/=?^`{|}~ -]+$/.test(name);
  return `${plain ? name : `"${name.replace(/["\\]/g, '\\$&')}"`} <${address}>`;
}

/** Pieces stand on one line with a space between them as long as they fit; a longer piece has its line. */
function folded(name: string, pieces: readonly string[]): string {
  const lines: string[] = [];
  let line = `${name}:`;
  for (const piece of pieces) {
    const isFirst = lines.length === 0 && line === `${name}:`;
    if (!isFirst && line.length + 1 + piece.length > COLUMNS) {
      lines.push(line);
      line = '';
    }
    line += ` ${piece}`;
  }
  return [...lines, line].join('\n');
}

/** What is not printable ASCII, and what a reader of mail would take for an encoded word. */
function needsEncoding(text: string): boolean {
  return /[^ -~]/.test(text) || text.includes('=?');
}

/** Encoded words (RFC 2047), each with whole characters; white space between them is none. */
export function encodedWords(text: string): string[] {
  const wordsAs = (kind: 'q' | 'b', encode: (bytes: Uint8Array) => string): string[] => {
    const words: string[] = [];
    let part = '';
    const word = (): string => `=?utf-8?${kind}?${encode(new TextEncoder().encode(part))}?=`;
    for (const sign of text) {
      const before = part;
      part += sign;
      if (word().length <= LONGEST_WORD) continue;
      part = before;
      words.push(word());
      part = sign;
    }
    return [...words, word()];
  };
  const [q, b] = [wordsAs('q', quoted), wordsAs('b', base64)];
  return q.join('').length <= b.join('').length ? q : b;
}

/** The signs that stand for themselves in every kind of field (RFC 2047, 5). */
function quoted(bytes: Uint8Array): string {
  return [...bytes]
    .map((byte) => {
      const sign = String.fromCharCode(byte);
      if (sign === ' ') return '_';
      return /[A-Za-z0-9!*+/-]/.test(sign) ? sign : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}
