import { CollectedOctets, type Octets } from './octets.ts';

/** What came out of a transfer encoding. */
export interface Unwrapped {
  octets: Octets;
  /** How many units of the source could not be read, and where the first of them stands. */
  damaged: number;
  firstDamage: number;
}

/** Takes the transfer encoding off [start, end) of a source text. */
export type TransferDecoder = (text: string, start: number, end: number) => Unwrapped;

/** RFC 2045, 6.7. A soft line break stands for nothing; `=` before anything that is no code stands for itself. */
export const quotedPrintable: TransferDecoder = (text, start, end) => {
  const into = new CollectedOctets(end - start);
  let damaged = 0;
  let firstDamage = end;
  for (let at = start; at < end; ) {
    const unit = text.charCodeAt(at);
    if (unit !== 61) {
      into.push(unit, at, at + 1);
      at++;
      continue;
    }
    const soft = softBreak(text, at, end);
    const byte = hexByte(text, at + 1, end);
    if (soft > 0) at += soft;
    else if (byte === undefined) {
      if (damaged++ === 0) firstDamage = at;
      into.push(unit, at, at + 1);
      at++;
    } else {
      into.push(byte, at, at + 3);
      at += 3;
    }
  }
  return { octets: into.finish(), damaged, firstDamage };
};

/** Length of a soft line break at `at` (`=`, spaces that a relay added, line end), or 0. */
function softBreak(text: string, at: number, end: number): number {
  let next = at + 1;
  while (next < end && next - at < 80 && (text[next] === ' ' || text[next] === '\t')) next++;
  if (next >= end) return next - at;
  if (text[next] === '\n') return next + 1 - at;
  return text.startsWith('\r\n', next) ? next + 2 - at : 0;
}

function hexByte(text: string, at: number, end: number): number | undefined {
  if (at + 2 > end) return undefined;
  const high = hexDigit(text.charCodeAt(at));
  const low = hexDigit(text.charCodeAt(at + 1));
  return high < 0 || low < 0 ? undefined : high * 16 + low;
}

function hexDigit(unit: number): number {
  if (unit >= 48 && unit <= 57) return unit - 48;
  const letter = unit | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** The value of each unit of the alphabet, by its code; absent for the rest. */
const SIXTETS: readonly (number | undefined)[] = Array.from({ length: 128 }, (_, code) => {
  const value = BASE64.indexOf(String.fromCharCode(code));
  return value === -1 ? undefined : value;
});

/** RFC 2045, 6.8. Line ends and spaces are nothing; other units outside the alphabet are passed over and counted. */
export const base64: TransferDecoder = (text, start, end) => {
  const into = new CollectedOctets(((end - start) >> 2) * 3 + 3);
  let damaged = 0;
  let firstDamage = end;
  let bits = 0;
  let held = 0;
  let firstUnit = start;
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    const sixtet = SIXTETS[unit];
    if (sixtet === undefined) {
      if (unit > 32 && unit !== 61 && damaged++ === 0) firstDamage = at;
      // Padding ends a piece; a list footer or a second piece may follow it.
      if (unit === 61) held = 0;
      continue;
    }
    if (held === 0) firstUnit = at;
    bits = ((bits << 6) | sixtet) & 0xffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      into.push((bits >> held) & 0xff, firstUnit, at + 1);
      firstUnit = at;
    }
  }
  return { octets: into.finish(), damaged, firstDamage };
};
