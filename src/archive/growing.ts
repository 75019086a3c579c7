/** Whole numbers that are added one by one, without a value for each to be boxed. */
export class Numbers {
  length = 0;
  #values = new Float64Array(256);

  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = new Float64Array(this.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length++] = value;
  }

  /** The number at `index`; 0 where there is none. */
  at(index: number): number {
    return this.#values[index] ?? 0;
  }

  /** All of them; a view, which the next one that is added may replace. */
  all(): Float64Array {
    return this.#values.subarray(0, this.length);
  }
}
