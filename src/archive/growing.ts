/** Numbers that are added one by one, without a value for each to be boxed. */
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

  /** All of them; a view, which the next one that is added may replace. */
  all(): Float64Array<ArrayBuffer> {
    return this.#values.subarray(0, this.length);
  }

  /** All of them, when no other is added: what is kept, so that nothing is copied that fits. */
  finish(): Float64Array<ArrayBuffer> {
    return isFull(this.length, this.#values) ? this.all() : this.all().slice();
  }
}

/** The same for whole numbers of 32 bits with a sign. */
export class Ints {
  length = 0;
  #values = new Int32Array(16);

  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = new Int32Array(this.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length++] = value;
  }

  /** The number at `index`; 0 where there is none. */
  at(index: number): number {
    return index < this.length ? (this.#values[index] ?? 0) : 0;
  }

  all(): Int32Array<ArrayBuffer> {
    return this.#values.subarray(0, this.length);
  }

  finish(): Int32Array<ArrayBuffer> {
    return isFull(this.length, this.#values) ? this.all() : this.all().slice();
  }
}

function isFull(length: number, values: { readonly length: number }): boolean {
  return length * 8 > values.length * 7;
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

  push(byte: number): void {
    this.#makeRoom(1);
    this.#bytes[this.length++] = byte;
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
