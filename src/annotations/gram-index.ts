/** Letters of a sampled piece; every such multiple of a text is sampled. */
const STEP = 8;
/** More pieces of a needle are not asked for. */
const MOST_PIECES = 8;
/** A needle this long holds a whole sampled piece wherever it stands. */
const SHORTEST_NEEDLE = 2 * STEP - 1;

/**
 * Which of many texts may hold some words, so that not all need to be searched for every note. A text that holds them is always
 * named; one that does not may be. Building it is linear in the texts, a question asks eight times.
 */
export class GramIndex {
  readonly #texts = new Map<string, Set<number>>();

  constructor(texts: readonly string[]) {
    for (const [number, text] of texts.entries()) {
      for (let at = 0; at + STEP <= text.length; at += STEP) {
        const piece = text.slice(at, at + STEP);
        const known = this.#texts.get(piece);
        if (known === undefined) this.#texts.set(piece, new Set([number]));
        else known.add(number);
      }
    }
  }

  /** Numbers of the texts that may hold the needle; absent when it is too short to say. */
  holders(needle: string): ReadonlySet<number> | undefined {
    if (needle.length < SHORTEST_NEEDLE) return undefined;
    const found = new Set<number>();
    for (let first = 0; first < STEP; first++) {
      for (const number of this.#texts.get(needle.slice(first, first + STEP)) ?? [])
        if (this.#holdsFrom(first, needle, number)) found.add(number);
    }
    return found;
  }

  /** Whether a text has all pieces of the needle, as it does where the needle's unit `first` stands at a multiple. */
  #holdsFrom(first: number, needle: string, number: number): boolean {
    for (let at = first + STEP; at + STEP <= Math.min(needle.length, MOST_PIECES * STEP); at += STEP) {
      if (this.#texts.get(needle.slice(at, at + STEP))?.has(number) !== true) return false;
    }
    return true;
  }
}
