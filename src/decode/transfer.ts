import { isEscapedFrom } from './escaped-from.ts';
import { lineEnd } from './line-ends.ts';
import { CollectedOctets, type Octets } from './octets.ts';
import { uuencodedFiles } from './uuencode.ts';

/** What came out of a transfer encoding. */
export interface Unwrapped {
  octets: Octets;
  /** How many units of the source could not be read, and where the first of them stands. */
  damaged: number;
  firstDamage: number;
  /** Where text begins that is not encoded; it was taken over as it is. */
  footer?: number;
}

/** Takes the transfer encoding off [start, end) of a source text. */
export type TransferDecoder = (text: string, start: number, end: number) => Unwrapped;

/**
 * RFC 2045, 6.7. A soft line break stands for nothing; `=` before anything that is no code stands for itself. `escapedFrom` says whether `>From ` at the
 * start of a line stands for `From `, as in `MessageCut`.
 */
export function quotedPrintable(text: string, start: number, end: number, escapedFrom = false): Unwrapped {
  const into = new CollectedOctets(end - start);
  let damaged = 0;
  let firstDamage = end;
  for (let at = start; at < end; ) {
    const unit = text.charCodeAt(at);
    if (escapedFrom && unit === 62 && isEscapedFrom(text, at, end)) {
      into.push(text.charCodeAt(at + 1), at, at + 2);
      at += 2;
      continue;
    }
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
}

/** Length of a soft line break at `at` (`=`, spaces that a relay added, line end), or 0. */
function softBreak(text: string, at: number, end: number): number {
  let next = at + 1;
  while (next < end && next - at < 80 && (text[next] === ' ' || text[next] === '\t')) next++;
  if (next >= end) return next - at;
  if (text[next] === '\n') return next + 1 - at;
  return text.startsWith('\r\n', next) ? next + 2 - at : 0;
}

export function hexByte(text: string, at: number, end: number): number | undefined {
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

/**
 * A body in base64. Lists put their footers behind it as they are: from the first line that is no base64, behind the last full line that is, all is
 * taken over. Absent when the lines are not base64 at all, whatever the header says.
 */
export function base64Body(text: string, start: number, end: number): Unwrapped | undefined {
  const footer = base64End(text, start, end);
  if (footer === undefined) return undefined;
  if (footer === end) return base64(text, start, end);
  const { octets, damaged, firstDamage } = base64(text, start, footer);
  const into = new CollectedOctets(octets.units.length + end - footer + 1);
  copy(octets, into);
  if (!octets.units.endsWith('\n')) into.push(10, footer - 1, footer);
  for (let at = footer; at < end; at++) into.push(text.charCodeAt(at), at, at + 1);
  return { octets: into.finish(), damaged, firstDamage, footer };
}

function copy(octets: Octets, into: CollectedOctets): void {
  for (let index = 0; index < octets.units.length; index++) {
    into.push(octets.units.charCodeAt(index), octets.start(index), octets.end(index));
  }
}

/** Where base64 ends; absent where most lines before its last one are something else. All lines are looked at twice at most. */
function base64End(text: string, start: number, end: number): number | undefined {
  let [width, full, coded, inside, other] = [0, start, 0, 0, 0];
  for (let at = start; at < end; ) {
    const [lineStop, next] = lineEnd(text, at, end);
    const length = base64Length(text, at, lineStop);
    if (length < 0) other++;
    else if (length > 0 && length >= width) {
      width ||= length;
      full = next;
      coded++;
      inside = other;
    }
    at = next;
  }
  if (inside > coded) return undefined;
  // Without one good line it is damaged, or words.
  if (coded === 0) return /\S[ \t]{1,200}\S/.test(text.slice(start, end)) ? undefined : end;
  for (let at = full; at < end; ) {
    const [lineStop, next] = lineEnd(text, at, end);
    if (base64Length(text, at, lineStop) < 0) return at;
    at = next;
  }
  return end;
}

/** How many units of base64 a line has, white space around them aside: 0 when it is empty, -1 when it holds anything else. */
function base64Length(text: string, start: number, end: number): number {
  let [first, stop] = [start, end];
  while (first < stop && text.charCodeAt(first) <= 32) first++;
  while (stop > first && text.charCodeAt(stop - 1) <= 32) stop--;
  for (let at = first; at < stop; at++) {
    const unit = text.charCodeAt(at);
    if (SIXTETS[unit] === undefined && unit !== 61) return -1;
  }
  return stop - first;
}

/** A body that is one uuencoded file, or several, with what stands around them. */
export const uuencoded: TransferDecoder = (text, start, end) => {
  const files = uuencodedFiles(text, start, end);
  const into = new CollectedOctets(end - start);
  let at = start;
  for (const file of files) {
    for (; at < file.start; at++) into.push(text.charCodeAt(at), at, at + 1);
    copy(file.octets, into);
    at = file.end;
  }
  for (; at < end; at++) into.push(text.charCodeAt(at), at, at + 1);
  return { octets: into.finish(), damaged: files.length === 0 ? 1 : 0, firstDamage: start };
};
