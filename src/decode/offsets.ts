/** A growing list of whole numbers from 0, four bytes each: offsets into texts of many megabytes. */
export class Offsets {
  #units: Uint32Array;
  count = 0;

  constructor(capacity = 64) {
    this.#units = new Uint32Array(Math.max(capacity, 1));
  }

  push(offset: number): void {
    if (this.count === this.#units.length) {
      const larger = new Uint32Array(this.count * 2);
      larger.set(this.#units);
      this.#units = larger;
    }
    this.#units[this.count++] = offset;
  }

  replaceLast(offset: number): void {
    this.#units[this.count - 1] = offset;
  }

  at(index: number): number {
    return this.#units[index] ?? 0;
  }

  all(): Uint32Array {
    return this.#units.slice(0, this.count);
  }
}

/** The last index whose value is at most `wanted`, or -1. */
export function lastAtMost(values: Uint32Array, wanted: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) <= wanted) low = middle + 1;
    else high = middle - 1;
  }
  return high;
}
