/**
 * What was worked out lately, by index, as far as there is room: what was asked longest ago is dropped first. A mailbox has more messages than trees fit into memory.
 */
export class Recent<Value> {
  #room: number;
  #taken = 0;
  #values = new Map<number, { value: Value; weight: number }>();

  /** `room` is the sum of the weights that are kept; the latest value is kept whatever it weighs. */
  constructor(room: number) {
    this.#room = room;
  }

  /** The value at `index`, made by `make` when it is not there. */
  at(index: number, weight: number, make: () => Value): Value {
    const known = this.#values.get(index);
    if (known) {
      this.#values.delete(index);
      this.#values.set(index, known);
      return known.value;
    }
    const value = make();
    this.#values.set(index, { value, weight });
    this.#taken += weight;
    for (const [oldest, { weight: given }] of this.#values) {
      if (this.#taken <= this.#room || oldest === index) break;
      this.#values.delete(oldest);
      this.#taken -= given;
    }
    return value;
  }
}

/** How many source units of mail are kept as trees: they take some forty times as many bytes. */
export const KEPT_UNITS = 8 * 2 ** 20;
