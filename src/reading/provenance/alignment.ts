import { type Candidate, candidatesOf } from './candidates.ts';
import { type Chain, chainsOf, quotedEnd, quotedStart } from './chains.ts';
import { likelier, likeliest, likelyIn, within } from './likeness.ts';
import { astrayRows, type Placed } from './order.ts';
import type { Found, QuotedRow } from './row.ts';
import { rowKey, type Source } from './source.ts';
import type { Stream } from './stream.ts';

export type RowAlignment = { found: Found } | { candidates: readonly Found[] };

/** So many words in a row are no accident. */
const PASSAGE = 6;

/** What a passage has of its own, beside what stands in its rival too, must say so much: one word that stands nowhere else says 1. */
const TELLING = 1;
/** What its rival has of its own may not say more than this. */
const SILENT = 0.5;

/** The room that the neighbours of a row leave: one of them is known, or both are. */
interface Between {
  from: number;
  to: number;
  known: boolean;
  closed: boolean;
}

/** So many places are told of a row that has several. */
const MOST_CANDIDATES = 16;

/**
 * Finds each row in the source, or says where it could be. Three kinds of evidence, the strongest first: the passage in which a row stands is somewhere
 * only once; its place follows from its neighbours' places; it is likelier than anything else. Where two places are as good, none is chosen.
 */
export function align(
  quoted: Stream,
  rows: readonly QuotedRow[],
  source: Source,
  evidence: Evidence = 'any',
): ReadonlyMap<number, RowAlignment> {
  const alignment = new Alignment(quoted, rows, source, evidence);
  return alignment.result();
}

/** `passages`: the mail does not say that it quotes this source, so that only a passage of some length shows it. */
export type Evidence = 'any' | 'passages';

class Alignment {
  readonly #quoted: Stream;
  readonly #rows: readonly QuotedRow[];
  readonly #source: Source;
  /** By the index of the row. */
  readonly #found: (Placed | undefined)[];
  readonly #open: (readonly Found[] | undefined)[];
  /** Places out of order: they are taken when nothing in order is likely. */
  readonly #astray = new Map<number, Found>();

  constructor(quoted: Stream, rows: readonly QuotedRow[], source: Source, evidence: Evidence) {
    this.#quoted = quoted;
    this.#rows = rows;
    this.#source = source;
    this.#found = new Array<Placed | undefined>(rows.length);
    this.#open = new Array<readonly Found[] | undefined>(rows.length);
    this.#byPassages(evidence === 'any' ? 0 : PASSAGE);
    this.#putAside();
    this.#loosenEnds(1);
    this.#loosenEnds(-1);
    if (evidence === 'passages') {
      for (const [index, place] of this.#astray) this.#found[index] = place;
      return;
    }
    this.#byNeighbours();
    this.#byLikeness();
  }

  result(): ReadonlyMap<number, RowAlignment> {
    const result = new Map<number, RowAlignment>();
    for (const [index, { row }] of this.#rows.entries()) {
      const found = this.#found[index];
      const open = this.#open[index];
      if (found) result.set(row, { found });
      else if (open && open.length > 0) result.set(row, { candidates: open });
    }
    return result;
  }

  #byPassages(least: number): void {
    const chains = chainsOf(this.#source.shingles.runs(this.#quoted)).filter(({ words }) => words >= least);
    const all = candidatesOf(chains, this.#rows, this.#quoted, this.#source);
    for (const [index, candidates] of all) {
      candidates.sort((one, other) => other.chain.words - one.chain.words);
      const best = candidates.find((one) => candidates.every((other) => one === other || this.#clearly(one, other)));
      const exact = best?.altered ? this.#better(index, best) : [];
      if (best && exact.length === 0) this.#found[index] = best;
      else this.#open[index] = [...candidates, ...exact];
    }
  }

  /** Rows out of order wait for what else there is for them. */
  #putAside(): void {
    for (const index of astrayRows(this.#found)) {
      const place = this.#found[index];
      if (place) this.#astray.set(index, place);
      this.#found[index] = undefined;
    }
  }

  /** A row that seems to be altered may be another one that stands there as it is, or less altered. */
  #better(index: number, place: Found): readonly Found[] {
    const row = this.#rows[index];
    if (!row) return [];
    const exact = this.#sameRows(row, 0, this.#source.stream.count);
    const like = exact.length > 0 ? undefined : likelier(this.#quoted, row, this.#source, place);
    return like ? [like] : exact;
  }

  /** Whether the passage of one place goes on where that of the other ends, and not the other way round. */
  #clearly(one: Candidate, other: Candidate): boolean {
    const from = Math.max(quotedStart(one.chain), quotedStart(other.chain));
    const to = Math.min(quotedEnd(one.chain), quotedEnd(other.chain));
    return this.#says(one.chain, from, to) >= TELLING && this.#says(other.chain, from, to) <= SILENT;
  }

  /** How much the words of a passage say that stand outside [from, to) of the quoted text. */
  #says({ runs }: Chain, from: number, to: number): number {
    let sum = 0;
    for (const { quoted, length } of runs) {
      for (let at = quoted; at < quoted + length && sum < TELLING; at++) {
        if (at >= from && at < to) at = to - 1;
        else sum += this.#source.rarity(this.#quoted.word(at));
      }
    }
    return sum;
  }

  /**
   * What stands at an end of a passage and also in what was left out there may be the end of what was left out: of `A } B } C` a reader quotes `A } C`.
   * Goes from each end of a passage inwards until a row can be nothing else.
   */
  #loosenEnds(step: 1 | -1): void {
    const rows = this.#rows;
    let bound: Found | undefined;
    let open = true;
    for (let index = step === 1 ? rows.length - 1 : 0; index >= 0 && index < rows.length; index -= step) {
      const found = this.#found[index];
      const row = rows[index];
      if (!found || !row) continue;
      const joined = bound !== undefined && (step === 1 ? found.to === bound.from : bound.to === found.from);
      if (!joined) open = true;
      if (open) {
        const others = this.#others(row, found, bound, step);
        if (others.length > 0) {
          this.#found[index] = undefined;
          this.#open[index] = [found, ...others];
          continue;
        }
        open = false;
      }
      bound = found;
    }
  }

  /** Rows of the same words between a place and the next one that is known. */
  #others(row: QuotedRow, found: Found, bound: Found | undefined, step: 1 | -1): Found[] {
    if (found.altered) return [];
    const [from, to] = step === 1 ? [found.to, bound?.from ?? this.#source.stream.count] : [bound?.to ?? 0, found.from];
    return this.#sameRows(row, from, to).filter((place) => place.to <= to);
  }

  /** Rows that have several places, and rows too short to have one by themselves: what stands before and after them decides. */
  #byNeighbours(): void {
    for (const [index, row] of this.#rows.entries()) {
      if (this.#found[index]) continue;
      const between = this.#between(index);
      const possible = this.#possible(index, row, between);
      const [only, other] = possible;
      if (other) this.#found[index] = this.#adjoining(index, row, true);
      else if (!only) this.#found[index] = this.#adjoining(index, row, false);
      else if (between.known || row.to - row.from > 1) this.#found[index] = only;
      if (this.#found[index]) this.#open[index] = undefined;
      else if (possible.length > 0) this.#open[index] = possible;
      else if (!this.#open[index]) {
        const anywhere = this.#sameRows(row, 0, this.#source.stream.count);
        const [place, ...others] = anywhere;
        if (place && others.length === 0 && between.closed) this.#astray.set(index, place);
        else if (anywhere.length > 0) this.#open[index] = anywhere;
      }
    }
  }

  /** Where the row may stand between its neighbours: in passages, and wherever the same words are a row. */
  #possible(index: number, row: QuotedRow, { from, to }: { from: number; to: number }): Found[] {
    const known = (this.#open[index] ?? []).filter((place) => from <= place.from && place.to <= to);
    const same = this.#sameRows(row, from, to).filter((place) => place.to <= to);
    return [...known, ...same.filter((place) => known.every((other) => other.from !== place.from))].slice(
      0,
      MOST_CANDIDATES,
    );
  }

  #byLikeness(): void {
    for (const [index, row] of this.#rows.entries()) {
      if (this.#found[index] || this.#open[index]) continue;
      const between = this.#between(index);
      const near = between.closed && within(this.#quoted, row, this.#source, between);
      const astray = this.#astray.get(index);
      const likely = astray && !near && likelyIn(this.#quoted, row, this.#source, between);
      const found = near || astray || likeliest(this.#quoted, row, this.#source, between);
      if (astray && likely) this.#open[index] = [likely, astray];
      else if (found) this.#found[index] = found;
    }
  }

  #sameRows({ from, to }: QuotedRow, first: number, end: number): readonly Found[] {
    const starts = this.#source.alike(rowKey(this.#quoted, from, to), first, end, MOST_CANDIDATES);
    return starts.map((start) => ({ from: start, to: start + to - from, altered: false }));
  }

  /** The words of the source between the places of the rows before and after, where both are known and in order. */
  #between(index: number): Between {
    const before = this.#nearest(index, -1);
    const after = this.#nearest(index, 1);
    const from = before?.to ?? 0;
    const to = after?.from ?? this.#source.stream.count;
    if (from > to) return { from: 0, to: this.#source.stream.count, known: false, closed: false };
    const [behind, ahead] = [before !== undefined, after !== undefined];
    return { from, to, known: behind || ahead, closed: behind && ahead };
  }

  #nearest(index: number, step: 1 | -1): Found | undefined {
    // Rows without a place are few; a mail that quotes another one is not walked over again and again.
    for (let at = index + step, walked = 0; walked < 256; at += step, walked++) {
      const found = this.#found[at];
      if (found || at < 0 || at >= this.#rows.length) return found;
    }
    return undefined;
  }

  /** Right behind the place of the row before, or right before that of the row after, stand the same words; with `both` it must be one place. */
  #adjoining(index: number, { from, to }: QuotedRow, both: boolean): Found | undefined {
    const length = to - from;
    const before = this.#found[index - 1];
    const after = this.#found[index + 1];
    const behind = before && this.#same(from, to, before.to) ? before.to : undefined;
    const ahead =
      after && after.from >= length && this.#same(from, to, after.from - length) ? after.from - length : undefined;
    const start = both ? (behind === ahead ? behind : undefined) : (behind ?? ahead);
    return start === undefined ? undefined : { from: start, to: start + length, altered: false };
  }

  #same(from: number, to: number, place: number): boolean {
    const { stream } = this.#source;
    if (place + to - from > stream.count) return false;
    for (let at = from; at < to; at++) {
      const there = place + at - from;
      if (this.#quoted.word(at) !== stream.word(there) || this.#quoted.depth(at) !== stream.depth(there)) return false;
      if (at > from && stream.breaks(there)) return false;
    }
    return true;
  }
}
