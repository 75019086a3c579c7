import { type Chain, GAP } from './chains.ts';
import type { Found, QuotedRow } from './row.ts';
import { SHINGLE } from './runs.ts';
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
): ReadonlyMap<number, Candidate[]> {
  const indexes = new Map(rows.map(({ row }, index) => [row, index]));
  const pieces = new Map<number, Piece[]>();
  for (const chain of chains) {
    for (const [row, piece] of piecesOf(chain, quoted)) {
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
    const found = row ? placesOf(all, row) : [];
    if (found.length > 0) candidates.set(index, found);
  }
  return candidates;
}

function placesOf(pieces: readonly Piece[], row: QuotedRow): Candidate[] {
  const joined = joinedPlace(pieces, row);
  if (joined) return [joined];
  const places: Candidate[] = [];
  for (const piece of pieces) {
    if (!holds(piece, row)) continue;
    const place = { ...placeOf(piece, row), chain: piece.chain };
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
  /** The source has words between them that the row has not, or the row has others. */
  broken: boolean;
}

function piecesOf(chain: Chain, quoted: Stream): ReadonlyMap<number, Piece> {
  const pieces = new Map<number, Piece>();
  for (const run of chain.runs) {
    for (let at = run.quoted; at < run.quoted + run.length; at++) {
      const row = quoted.row(at);
      const source = run.source + at - run.quoted;
      const piece = pieces.get(row);
      if (!piece) {
        pieces.set(row, {
          chain,
          words: 1,
          quotedFirst: at,
          quotedLast: at,
          sourceFirst: source,
          sourceLast: source,
          broken: false,
        });
        continue;
      }
      piece.broken ||= at !== piece.quotedLast + 1 || source !== piece.sourceLast + 1;
      piece.words++;
      piece.quotedLast = at;
      piece.sourceLast = source;
    }
  }
  return pieces;
}

/** Words at the ends of a row that are not the same stand where as many words of the source do. */
function placeOf(piece: Piece, { from, to }: QuotedRow): Found {
  const before = piece.quotedFirst - from;
  const after = to - 1 - piece.quotedLast;
  return {
    from: Math.max(0, piece.sourceFirst - before),
    to: piece.sourceLast + 1 + after,
    altered: piece.broken || before > 0 || after > 0,
  };
}
