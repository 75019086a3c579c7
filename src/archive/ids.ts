/**
 * Numbers for Message-IDs: the same id has the same number. An id is kept as 64 bits of hash, so that a million of them take some 30 MB and no string is made;
 * that two of ten million ids have one number by chance is a matter of one in 400,000.
 */
export class IdNumbers {
  /** How many ids are numbered, from 0. */
  size = 0;
  #slots = new Int32Array(1024).fill(-1);
  // Signed, since an engine boxes whole numbers of more than 31 bits.
  #low = new Int32Array(512);
  #high = new Int32Array(512);
  #hash = new Uint32Array(2);

  /** The number of the id that is [start, end) of a text. */
  number(text: string, start: number, end: number): number {
    hashInto(this.#hash, text, start, end);
    return this.numberOf(this.#hash[0] ?? 0, this.#hash[1] ?? 0);
  }

  /** The hashes of all ids by their numbers, in two halves. */
  hashes(): { low: Uint32Array<ArrayBuffer>; high: Uint32Array<ArrayBuffer> } {
    const unsigned = (halves: Int32Array<ArrayBuffer>) => new Uint32Array(halves.slice(0, this.size).buffer);
    return { low: unsigned(this.#low), high: unsigned(this.#high) };
  }

  /** The number of the id with this hash. */
  numberOf(lowHalf: number, highHalf: number): number {
    const low = lowHalf | 0;
    const high = highHalf | 0;
    if (this.size === this.#low.length) this.#grow();
    const mask = this.#slots.length - 1;
    let slot = low & mask;
    for (let number = this.#slots[slot] ?? -1; number !== -1; number = this.#slots[slot] ?? -1) {
      if (this.#low[number] === low && this.#high[number] === high) return number;
      slot = (slot + 1) & mask;
    }
    const number = this.size++;
    this.#slots[slot] = number;
    this.#low[number] = low;
    this.#high[number] = high;
    return number;
  }

  /** At most half of the slots are taken. */
  #grow(): void {
    this.#low = doubled(this.#low);
    this.#high = doubled(this.#high);
    const slots = new Int32Array(this.#slots.length * 2).fill(-1);
    const mask = slots.length - 1;
    for (const number of this.#slots) {
      if (number === -1) continue;
      let slot = (this.#low[number] ?? 0) & mask;
      while (slots[slot] !== -1) slot = (slot + 1) & mask;
      slots[slot] = number;
    }
    this.#slots = slots;
  }
}

/** Writes the two halves of the hash of [start, end) of a text. */
export function hashInto(hash: Uint32Array, text: string, start: number, end: number): void {
  let low = FIRST_LOW;
  let high = FIRST_HIGH;
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    low = nextLow(low, unit);
    high = nextHigh(high, unit);
  }
  hash[0] = mixed(low);
  hash[1] = mixed(high);
}

/** The two halves of a hash before the first unit, and behind one more: who looks for the end of an id need not go over it again. `mixed` ends them. */
export const FIRST_LOW = 0x811c9dc5 | 0;
export const FIRST_HIGH = 0x9e3779b9 | 0;

export function nextLow(low: number, unit: number): number {
  return Math.imul(low ^ unit, 0x01000193);
}

export function nextHigh(high: number, unit: number): number {
  return Math.imul(high ^ unit, 0x85ebca6b) ^ (high >>> 13);
}

function doubled(values: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(values.length * 2);
  larger.set(values);
  return larger;
}

/** Spreads what the last units changed over all bits. */
export function mixed(value: number): number {
  let bits = value ^ (value >>> 16);
  bits = Math.imul(bits, 0x7feb352d);
  bits ^= bits >>> 15;
  bits = Math.imul(bits, 0x846ca68b);
  return bits ^ (bits >>> 16);
}
