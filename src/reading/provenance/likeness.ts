import type { Found, QuotedRow } from './row.ts';
import type { Source } from './source.ts';
import type { Stream } from './stream.ts';

/** Comparing costs the product of the two lengths: what is longer is found by its passages or not at all. */
const MOST_COMPARED = 20_000;
/** Two rows of equal words are 1. Below this a row is another one. */
const LIKE = 0.7;
/** The same where the neighbours say that it is there. */
const LIKE_BETWEEN = 0.55;
/** By so much the likeliest row must be likelier than the next. */
const CLEARLY = 0.15;

/** Of a shorter row nobody can tell whether it is another one altered. */
const FEWEST = 4;
/** The same where no neighbours say where it is. */
const FEWEST_ALONE = 6;

interface Bounds {
  from: number;
  to: number;
}

/** A row between two that were found close together: the row of the source there that is most like it. */
export function within(quoted: Stream, row: QuotedRow, source: Source, bounds: Bounds): Found | undefined {
  const words = row.to - row.from;
  const room = bounds.to - bounds.from;
  if (room === 0 || room > words * 2 + 6 || words * room > MOST_COMPARED) return undefined;
  const starts: number[] = [];
  for (let at = bounds.from; at < bounds.to; at = source.rowEnd(at)) starts.push(at);
  const fits = starts.length === 1 && starts[0] === source.rowStart(bounds.from);
  return fits || words >= FEWEST ? mostLike(quoted, row, source, bounds, starts, LIKE_BETWEEN) : undefined;
}

/** The row between two that were found far apart that is most like this one. */
export function likelyIn(quoted: Stream, row: QuotedRow, source: Source, bounds: Bounds): Found | undefined {
  if ((row.to - row.from) * (bounds.to - bounds.from) > MOST_COMPARED) return undefined;
  const starts: number[] = [];
  for (let at = bounds.from; at < bounds.to; at = source.rowEnd(at)) starts.push(at);
  return mostLike(quoted, row, source, bounds, starts, LIKE_BETWEEN);
}

/** The row of the source that is most like this one, when it is very like it and no other row is nearly so. */
export function likeliest(quoted: Stream, row: QuotedRow, source: Source, bounds: Bounds): Found | undefined {
  const words = row.to - row.from;
  if (words < FEWEST_ALONE) return undefined;
  const found = mostLike(quoted, row, source, bounds, possibleRows(quoted, row, source), LIKE);
  return found && isTold(quoted, row, source, found) ? found : undefined;
}

/** A row of the source that is more like this one than a place that was found for it. */
export function likelier(quoted: Stream, row: QuotedRow, source: Source, place: Bounds): Found | undefined {
  const least = likenessOf(quoted, row, source, place);
  for (const from of possibleRows(quoted, row, source)) {
    const other = { from, to: source.rowEnd(from) };
    if (other.from < place.to && place.from < other.to) continue;
    if (likenessOf(quoted, row, source, other) > least) return { ...other, altered: true };
  }
  return undefined;
}

/** From 0 to 1; 0 for what is too long to be compared. */
function likenessOf(quoted: Stream, row: QuotedRow, source: Source, place: Bounds): number {
  const [words, length] = [row.to - row.from, place.to - place.from];
  return words * length > MOST_COMPARED ? 0 : (2 * commonWords(quoted, row, source, place)) / (words + length);
}

function mostLike(
  quoted: Stream,
  row: QuotedRow,
  source: Source,
  bounds: Bounds,
  starts: readonly number[],
  least: number,
): Found | undefined {
  let best: (Found & { likeness: number }) | undefined;
  let second = 0;
  for (const start of starts) {
    const place = { from: start, to: source.rowEnd(start) };
    if (place.from < bounds.from || place.to > bounds.to) continue;
    const likeness = likenessOf(quoted, row, source, place);
    if (!best || likeness > best.likeness) {
      second = best?.likeness ?? 0;
      best = { ...place, altered: true, likeness };
    } else second = Math.max(second, likeness);
  }
  if (!best || best.likeness < least || best.likeness - second < CLEARLY) return undefined;
  return { from: best.from, to: best.to, altered: true };
}

/**
 * Whether a word that stands nowhere else in the source says that it is this row, and no word that stands elsewhere in the source says that it is
 * another one.
 */
function isTold(quoted: Stream, { from, to }: QuotedRow, source: Source, place: Bounds): boolean {
  const there = new Set<number>();
  for (let at = place.from; at < place.to; at++) there.add(source.stream.word(at));
  let told = false;
  for (let at = from; at < to; at++) {
    const word = quoted.word(at);
    if (there.has(word)) told ||= source.count(word) === 1;
    else if (source.count(word) > 0) return false;
  }
  return told;
}

/** Rows that share at least two of the rarer words, at most eight of them. */
function possibleRows(quoted: Stream, { from, to }: QuotedRow, source: Source): number[] {
  const shared = new Map<number, number>();
  for (let at = from; at < to; at++) {
    for (const start of source.holders(quoted.word(at))) {
      if (source.stream.depth(start) === quoted.depth(at)) shared.set(start, (shared.get(start) ?? 0) + 1);
    }
  }
  return [...shared]
    .filter(([, count]) => count >= 2)
    .sort(([, one], [, other]) => other - one)
    .slice(0, 8)
    .map(([start]) => start);
}

/** How many words the longest common subsequence of the row and of the source in the bounds has. */
function commonWords(quoted: Stream, { from, to }: QuotedRow, { stream }: Source, bounds: Bounds): number {
  const width = bounds.to - bounds.from;
  let below = new Uint16Array(width + 1);
  for (let at = to - 1; at >= from; at--) {
    const counts = new Uint16Array(width + 1);
    for (let j = width - 1; j >= 0; j--) {
      const same = quoted.word(at) === stream.word(bounds.from + j);
      counts[j] = same ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, counts[j + 1] ?? 0);
    }
    below = counts;
  }
  return below[0] ?? 0;
}
