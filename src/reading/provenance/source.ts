import { Shingles } from './runs.ts';
import type { Stream } from './stream.ts';

/** Rows that stand in a source more often than this have no place by themselves. */
const MOST_ALIKE = 16;

/** A text in which quoted rows are looked for, with what makes that quick. Made once for all that quote it. */
export class Source {
  readonly stream: Stream;
  readonly shingles: Shingles;
  #alike: Map<string, number[]> | undefined;
  #holders: Map<number, number[]> | undefined;
  #counts: ReadonlyMap<number, number> | undefined;
  #firsts: ReadonlySet<number> | undefined;

  constructor(stream: Stream) {
    this.stream = stream;
    this.shingles = new Shingles(stream);
  }

  /** Where the first rows of just these words begin that stand in [from, to), at most `most` of them. */
  alike(key: string, from: number, to: number, most: number): readonly number[] {
    this.#alike ??= this.#rowsByWords();
    const starts = this.#alike.get(key) ?? [];
    let low = 0;
    for (let high = starts.length; low < high; ) {
      const middle = (low + high) >>> 1;
      if ((starts[middle] ?? 0) < from) low = middle + 1;
      else high = middle;
    }
    const found = starts.slice(low, low + most);
    return found.filter((start) => start < to);
  }

  /** Where the rows begin that hold a word; none for a word that is everywhere. */
  holders(word: number): readonly number[] {
    this.#holders ??= this.#rowsByWord();
    const rows = this.#holders.get(word) ?? [];
    return rows.length > MOST_ALIKE ? [] : rows;
  }

  /** Whether a row begins with a word. */
  begins(word: number): boolean {
    this.#firsts ??= new Set(this.#rowStarts().map((start) => this.stream.word(start)));
    return this.#firsts.has(word);
  }

  /** How often a word stands in the source. */
  count(word: number): number {
    this.#counts ??= this.#countWords();
    return this.#counts.get(word) ?? 0;
  }

  /** How much a word says about its place: 1 when it stands once in the source, less the more often it does. */
  rarity(word: number): number {
    return 1 / Math.max(1, this.count(word));
  }

  /** Behind the last word of the row in which `at` stands. */
  rowEnd(at: number): number {
    const row = this.stream.row(at);
    let end = at + 1;
    while (end < this.stream.count && this.stream.row(end) === row) end++;
    return end;
  }

  /** The first word of the row in which `at` stands. */
  rowStart(at: number): number {
    const row = this.stream.row(at);
    let start = at;
    while (start > 0 && this.stream.row(start - 1) === row) start--;
    return start;
  }

  /** Whether from word `last` to word `next` whole rows were left out: the one ends a row, and the other begins one below. */
  isCut(last: number, next: number): boolean {
    return next > last + 1 && this.rowEnd(last) === last + 1 && this.rowStart(next) === next;
  }

  #rowStarts(): number[] {
    const starts: number[] = [];
    for (let at = 0; at < this.stream.count; at = this.rowEnd(at)) starts.push(at);
    return starts;
  }

  #countWords(): Map<number, number> {
    const counts = new Map<number, number>();
    for (let at = 0; at < this.stream.count; at++) {
      const word = this.stream.word(at);
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    return counts;
  }

  #rowsByWords(): Map<string, number[]> {
    const rows = new Map<string, number[]>();
    for (let at = 0; at < this.stream.count; ) {
      const end = this.rowEnd(at);
      const key = rowKey(this.stream, at, end);
      const known = rows.get(key);
      if (known === undefined) rows.set(key, [at]);
      else known.push(at);
      at = end;
    }
    return rows;
  }

  #rowsByWord(): Map<number, number[]> {
    const rows = new Map<number, number[]>();
    for (let at = 0; at < this.stream.count; ) {
      const end = this.rowEnd(at);
      for (let next = at; next < end; next++) {
        const known = rows.get(this.stream.word(next));
        if (known === undefined) rows.set(this.stream.word(next), [at]);
        else if (known.length <= MOST_ALIKE && known.at(-1) !== at) known.push(at);
      }
      at = end;
    }
    return rows;
  }
}

/** Names the words [from, to) and the depth they stand at. A row too long to be named by its words has no name. */
export function rowKey(stream: Stream, from: number, to: number): string {
  if (to - from > 64) return `${from}:${to}`;
  let key = `${stream.depth(from)}`;
  for (let at = from; at < to; at++) key += `,${stream.word(at)}`;
  return key;
}
