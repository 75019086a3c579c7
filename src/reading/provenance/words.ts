import type { BodyLines } from '../body-lines.ts';

/** The words of many mails as numbers, so that texts are compared without looking at letters again. */
export class Vocabulary {
  #numbers = new Map<string, number>();

  number(word: string): number {
    const key = comparable(word);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#numbers.size);
    return this.#numbers.size - 1;
  }
}

/** What no charset turns into something else. */
const PLAIN = /[!#-&(->@-~]/;
/** What a mailer, a charset or a careful editor turns into something else on the way: quotation marks, and all that is not ASCII. */
const FRAGILE = /[^!#-&(->@-~]+/g;
const DASH = /[\u2010-\u2015]/g;
/** An address that an archive masks differs behind the sign. */
const ADDRESS = /@[\w.-]+/;

/** What stays of a word when it is sent on: `don\u2019t`, `don't` and `don?t` are one word. */
export function comparable(word: string): string {
  const known = (word.includes('@') ? word.replace(ADDRESS, '@') : word).replace(DASH, '-');
  return PLAIN.test(known) ? known.replace(FRAGILE, '?') : known;
}

/** The text of one mail, row by row (`rows[i]` is line i + 1 of its body), each without its quote marks, as numbers of words. */
export interface MailWords {
  readonly rows: number;
  /** Quote marks before the row. */
  depth(row: number): number;
  /** Words of the row: [first(row), first(row + 1)). */
  first(row: number): number;
  readonly count: number;
  /** The number of a word. */
  word(at: number): number;
  /** The row in which a word stands. */
  rowOf(at: number): number;
  /** The row as it is written, without its marks. */
  text(row: number): string;
}

/** A word is what stands between white space. */
export const WORD = /[^\s\u00a0]+/g;

/**
 * `tails` are rows that stand behind no mark although they are quoted, with the depth they belong to. Linear in the text.
 */
export function mailWords(
  { lines }: BodyLines,
  readable: string,
  vocabulary: Vocabulary,
  tails: ReadonlyMap<number, number> = new Map(),
): MailWords {
  const words: number[] = [];
  const rowsOf: number[] = [];
  const firsts = new Uint32Array(lines.length + 1);
  for (const [row, { own, end }] of lines.entries()) {
    for (const [word] of readable.slice(own, end).matchAll(WORD)) {
      words.push(vocabulary.number(word));
      rowsOf.push(row);
    }
    firsts[row + 1] = words.length;
  }
  return {
    rows: lines.length,
    depth: (row) => tails.get(row) ?? lines[row]?.depth ?? 0,
    first: (row) => firsts[row] ?? words.length,
    count: words.length,
    word: (at) => words[at] ?? -1,
    rowOf: (at) => rowsOf[at] ?? lines.length,
    text(row) {
      const line = lines[row];
      return line ? readable.slice(line.own, line.end) : '';
    },
  };
}
