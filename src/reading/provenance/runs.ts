import type { Stream } from './stream.ts';

/** So many words, one behind the other, are looked for. Fewer are found only where such a row of words leads to them. */
export const SHINGLE = 4;
/** Words that stand in the source more often than this lead nowhere by themselves: a long table of the same rows. */
const COMMON = 8;

/** The same words in both texts: `length` of them from `quoted` in the one and from `source` in the other. */
export interface Run {
  quoted: number;
  source: number;
  length: number;
}

/** Where in a source some words stand one behind the other. Made once for a source. */
export class Shingles {
  readonly stream: Stream;
  #places = new Map<number, number[]>();

  constructor(stream: Stream) {
    this.stream = stream;
    for (let at = 0; at + SHINGLE <= stream.count; at++) {
      const key = keyAt(stream, at);
      const known = this.#places.get(key);
      if (known === undefined) this.#places.set(key, [at]);
      // One more than counts says that there are too many.
      else if (known.length <= COMMON) known.push(at);
    }
  }

  /**
   * All longest runs of at least four words that the texts have in common, in the order of the quoted one. Each diagonal is walked once, and words that
   * are everywhere begin no run: linear in the quoted text.
   */
  runs(quoted: Stream): Run[] {
    const found: Run[] = [];
    const reached = new Map<number, number>();
    for (let at = 0; at + SHINGLE <= quoted.count; at++) {
      const places = this.#places.get(keyAt(quoted, at));
      if (places === undefined || places.length > COMMON) continue;
      for (const place of places) {
        if ((reached.get(place - at) ?? -1) > at) continue;
        const run = this.#run(quoted, at, place);
        if (run.length < SHINGLE) continue;
        reached.set(place - at, run.quoted + run.length);
        found.push(run);
      }
    }
    return found.sort((one, other) => one.quoted - other.quoted || one.source - other.source);
  }

  #run(quoted: Stream, at: number, place: number): Run {
    const { stream } = this;
    const same = (i: number, j: number): boolean =>
      quoted.word(i) === stream.word(j) && quoted.depth(i) === stream.depth(j);
    let before = 0;
    while (at > before && place > before && !stream.breaks(place - before) && same(at - before - 1, place - before - 1))
      before++;
    let length = 0;
    while (at + length < quoted.count && place + length < stream.count && same(at + length, place + length)) {
      if (length > 0 && stream.breaks(place + length)) break;
      length++;
    }
    return { quoted: at - before, source: place - before, length: length < SHINGLE ? 0 : before + length };
  }
}

function keyAt(stream: Stream, at: number): number {
  let key = stream.depth(at) + 1;
  for (let next = at; next < at + SHINGLE; next++) key = Math.imul(key ^ stream.word(next), 0x9e3779b1) ^ (key >>> 15);
  return key;
}
