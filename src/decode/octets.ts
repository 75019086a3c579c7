import { textOfUnits } from '#mailast';
import { Offsets } from './offsets.ts';

/** Bytes on their way to characters: one unit a byte, and where each byte stands in the source. */
export interface Octets {
  /** One character a byte, 0..255; a document may hold others, which stand for themselves. */
  units: string;
  start(index: number): number;
  end(index: number): number;
}

/** The bytes of a source that has no transfer encoding. */
export function octetsOf(text: string, start: number, end: number): Octets {
  return {
    units: text.slice(start, end),
    start: (index) => start + index,
    end: (index) => start + index + 1,
  };
}

/** The same bytes without the first ones. */
export function octetsBehind(octets: Octets, count: number): Octets {
  if (count === 0) return octets;
  const { units, start, end } = octets;
  return { units: units.slice(count), start: (index) => start(index + count), end: (index) => end(index + count) };
}

/** Collects bytes and their places, about twelve bytes of memory for each. */
export class CollectedOctets {
  #units: Offsets;
  #starts: Offsets;
  #ends: Offsets;

  constructor(capacity: number) {
    this.#units = new Offsets(capacity);
    this.#starts = new Offsets(capacity);
    this.#ends = new Offsets(capacity);
  }

  push(byte: number, start: number, end: number): void {
    this.#units.push(byte);
    this.#starts.push(start);
    this.#ends.push(end);
  }

  finish(): Octets {
    return {
      units: textOfUnits(this.#units.all()),
      start: (index) => this.#starts.at(index),
      end: (index) => this.#ends.at(index),
    };
  }
}
