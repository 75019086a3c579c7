import { type Chain, GAP } from './chains.ts';
import type { Found, QuotedRow } from './row.ts';
import { type Run, SHINGLE } from './runs.ts';
import type { Source } from './source.ts';
import type { Stream } from './stream.ts';

/** A place that a passage gives to a row. */
export interface Candidate extends Found {
  chain: Chain;
}

/** The places that chains give to the rows they touch. Most of a row must be there. */
export function candidatesOf(
  chains: readonly Chain[],
  rows: readonly QuotedRow[],
  quoted: Stream,
  source: Source,
): ReadonlyMap<number, Candidate[]> {
  const indexes = new Map(rows.map(({ row }, index) => [row, index]));
  const pieces = new Map<number, Piece[]>();
  for (const chain of chains) {
    for (const [row, piece] of piecesOf(chain, quoted, source)) {
      const index = indexes.get(row);
      if (index === undefined) continue;
      const known = pieces.get(index);
      if (known === undefined) pieces.set(index, [piece]);
      else known.push(piece);
    }
  }
  const candidates = new Map<number, Candidate[]>();
  for (const [index, all] of pieces) {
    const row = rows[index];
    const found = row ? placesOf(all, row, quoted, source) : [];
    if (found.length > 0) candidates.set(index, found);
  }
  return candidates;
}

function placesOf(pieces: readonly Piece[], row: QuotedRow, quoted: Stream, source: Source): Candidate[] {
  const joined = joinedPlace(pieces, row);
  if (joined) return [joined];
  const places: Candidate[] = [];
  for (const piece of pieces) {
    if (!holds(piece, row)) continue;
    const place = { ...placeOf(piece, row, quoted, source), chain: piece.chain };
    if (places.every(({ from }) => from !== place.from)) places.push(place);
  }
  return places;
}

/** A line into which a mail program joined what stands on both sides of a cut: it begins where its first passage does. */
function joinedPlace(pieces: readonly Piece[], row: QuotedRow): Candidate | undefined {
  const inOrder = pieces
    .filter(({ words }) => words >= SHINGLE)
    .sort((one, other) => one.quotedFirst - other.quotedFirst);
  const [first] = inOrder;
  if (!first || inOrder.length < 2 || first.quotedFirst > row.from) return undefined;
  let words = 0;
  for (const [index, piece] of inOrder.entries()) {
    const next = inOrder[index + 1];
    if (next && next.quotedFirst <= piece.quotedLast) return undefined;
    words += piece.words;
  }
  if (words < 0.8 * (row.to - row.from)) return undefined;
  return { from: first.sourceFirst, to: first.sourceLast + 1, altered: false, chain: first.chain };
}

/** A row of a few words must be there as it is; of a longer one some words may differ. */
function holds({ words, quotedFirst }: Piece, { from, to }: QuotedRow): boolean {
  return words === to - from || (words >= SHINGLE && words >= 0.6 * (to - from) && quotedFirst - from <= GAP);
}

/** What a chain holds of one row: the first and the last of the words that are the same, in both texts. */
interface Piece {
  chain: Chain;
  words: number;
  quotedFirst: number;
  quotedLast: number;
  sourceFirst: number;
  sourceLast: number;
  /** The source has words between them that the row has not, or the row has others. Whole rows that were cut out break nothing. */
  broken: boolean;
  /** The longest run in the row. */
  longest: Run;
}

function piecesOf(chain: Chain, quoted: Stream, origin: Source): ReadonlyMap<number, Piece> {
  const pieces = new Map<number, Piece>();
  for (const run of chain.runs) {
    let part: Run = { quoted: -1, source: -1, length: 0 };
    for (let at = run.quoted; at < run.quoted + run.length; at++) {
      const row = quoted.row(at);
      const source = run.source + at - run.quoted;
      const piece = pieces.get(row);
      const goesOn = part.length > 0 && piece?.quotedLast === at - 1;
      part = goesOn ? { ...part, length: part.length + 1 } : { quoted: at, source, length: 1 };
      if (!piece) {
        pieces.set(row, {
          chain,
          words: 1,
          quotedFirst: at,
          quotedLast: at,
          sourceFirst: source,
          sourceLast: source,
          broken: false,
          longest: part,
        });
        continue;
      }
      const jumps = source !== piece.sourceLast + 1;
      piece.broken ||= at !== piece.quotedLast + 1 || (jumps && !origin.isCut(piece.sourceLast, source));
      piece.words++;
      piece.quotedLast = at;
      piece.sourceLast = source;
      if (part.length > piece.longest.length) piece.longest = part;
    }
  }
  return pieces;
}

/** Words at the ends of a row that are not the same stand where as many words of the source do, unless a cut explains them. */
function placeOf(piece: Piece, row: QuotedRow, quoted: Stream, source: Source): Found {
  const { from, to } = row;
  const before = piece.quotedFirst - from;
  const after = to - 1 - piece.quotedLast;
  const head = before > 0 ? headAbove(piece, row, quoted, source) : undefined;
  const start = Math.max(0, piece.sourceFirst - before);
  const cut = piece.broken || after > 0 ? cutBelow(row, head ?? start, quoted, source) : undefined;
  if (cut !== undefined) return { from: head ?? start, to: cut, altered: false };
  const end = piece.sourceLast + 1 + after;
  const altered = piece.broken || after > 0 || (before > 0 && head === undefined);
  if (head !== undefined) return { from: head, to: end, altered };
  const { longest, words } = piece;
  // One common word in front, and others that are not the same behind it: it only happens to stand there.
  const strays =
    words < to - from && longest.quoted - piece.quotedFirst > 1 && !sameRow(source, piece.sourceFirst, longest.source);
  if (strays && longest.quoted - from <= longest.source) {
    const first = longest.source - (longest.quoted - from);
    if (sameRow(source, first, longest.source)) return { from: first, to: end, altered };
  }
  return { from: start, to: end, altered };
}

function sameRow({ stream }: Source, one: number, other: number): boolean {
  return stream.row(one) === stream.row(other);
}

/** Where the words before a piece end a row further up, and the piece begins one: a mail program joined what stands on both sides of a cut. */
function headAbove(piece: Piece, { from }: QuotedRow, quoted: Stream, source: Source): number | undefined {
  const length = piece.quotedFirst - from;
  if (source.rowStart(piece.sourceFirst) !== piece.sourceFirst) return undefined;
  const ends = rowsHolding(quoted, from, length, source).map((row) => source.rowEnd(row));
  const starts = ends
    .map((end) => end - length)
    .filter((start) => start >= 0 && start + length < piece.sourceFirst && same(quoted, from, source, start, length));
  const [only, ...others] = starts;
  return others.length === 0 ? only : undefined;
}

/**
 * The end of what stands in a row from `start` on, when the words behind that begin another row further down: a mail program joined what stands on both
 * sides of a cut. Absent when that explains nothing.
 */
function cutBelow({ from, to }: QuotedRow, start: number, quoted: Stream, source: Source): number | undefined {
  for (let length = 1; from + length < to && same(quoted, from, source, start, length); length++) {
    const end = start + length;
    if (source.rowEnd(end - 1) !== end) continue;
    const rest = to - from - length;
    // A word that begins many rows is found with none of them.
    if (rest === 1 && source.begins(quoted.word(to - 1))) return end;
    const below = rowsHolding(quoted, from + length, rest, source).filter((row) => row > end);
    if (below.some((row) => same(quoted, from + length, source, row, rest))) return end;
  }
  return undefined;
}

/** Where the rows begin that hold the first of some words that is not everywhere. */
function rowsHolding(quoted: Stream, from: number, length: number, source: Source): readonly number[] {
  for (let at = 0; at < Math.min(length, 8); at++) {
    const rows = source.holders(quoted.word(from + at));
    if (rows.length > 0) return rows;
  }
  return [];
}

function same(quoted: Stream, from: number, { stream }: Source, start: number, length: number): boolean {
  for (let at = 0; at < length; at++)
    if (
      quoted.word(from + at) !== stream.word(start + at) ||
      quoted.depth(from + at) !== stream.depth(start + at) ||
      (at > 0 && stream.breaks(start + at))
    )
      return false;
  return true;
}
