import type { Octets } from './charset.ts';

/** Takes the transfer encoding off [start, end) of a source text. `damaged` counts the units that could not be read. */
export type TransferDecoder = (text: string, start: number, end: number) => { octets: Octets; damaged: number };

class Collected implements Octets {
  #units: string[] = [];
  #starts: number[] = [];
  #ends: number[] = [];

  push(byte: number, start: number, end: number): void {
    this.#units.push(String.fromCharCode(byte));
    this.#starts.push(start);
    this.#ends.push(end);
  }

  get units(): string {
    return this.#units.join('');
  }

  start(index: number): number {
    return this.#starts[index] ?? 0;
  }

  end(index: number): number {
    return this.#ends[index] ?? 0;
  }
}

/** A copy with its units joined once. */
function settled(collected: Collected): Octets {
  return { units: collected.units, start: (index) => collected.start(index), end: (index) => collected.end(index) };
}

/** RFC 2045, 6.7. A soft line break leads back with the byte before it; `=` before anything else stands for itself. */
export const quotedPrintable: TransferDecoder = (text, start, end) => {
  const into = new Collected();
  let damaged = 0;
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
      damaged++;
      into.push(unit, at, at + 1);
      at++;
    } else {
      into.push(byte, at, at + 3);
      at += 3;
    }
  }
  return { octets: settled(into), damaged };
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
  const digits = text.slice(at, Math.min(at + 2, end));
  return /^[0-9A-Fa-f]{2}$/.test(digits) ? Number.parseInt(digits, 16) : undefined;
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const SIXTETS = new Map([...BASE64].map((unit, index) => [unit.charCodeAt(0), index]));

/** RFC 2045, 6.8. Line ends and spaces are nothing; other units outside the alphabet are passed over and counted. */
export const base64: TransferDecoder = (text, start, end) => {
  const into = new Collected();
  let damaged = 0;
  let bits = 0;
  let held = 0;
  let firstUnit = start;
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    const sixtet = SIXTETS.get(unit);
    if (sixtet === undefined) {
      if (unit > 32 && unit !== 61) damaged++;
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
  return { octets: settled(into), damaged };
};
