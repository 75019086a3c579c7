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

/** Bytes that are added piece by piece. */
export class Bytes {
  length = 0;
  #bytes = new Uint8Array(1024);

  add(bytes: Uint8Array): void {
    this.#makeRoom(bytes.length);
    this.#bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** The units of a text, each of which is a byte. */
  addUnits(text: string): void {
    this.#makeRoom(text.length);
    for (let at = 0; at < text.length; at++) this.#bytes[this.length + at] = text.charCodeAt(at);
    this.length += text.length;
  }

  /** All of them; a view, which the next ones that are added may replace. */
  all(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.length);
  }

  #makeRoom(more: number): void {
    if (this.length + more <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.length + more, this.#bytes.length * 2));
    larger.set(this.all());
    this.#bytes = larger;
  }
}
