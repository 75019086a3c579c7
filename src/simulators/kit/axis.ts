import type { StripPart, Window } from './scene.ts';
import { addressInWords, sizeInWords } from './size.ts';

/**
 * The one axis under all strips of a part. A long stretch of addresses in which no strip has anything is drawn short and
 * marked as broken; everything else is to scale. Through a window only that stretch is drawn.
 */
export interface Axis {
  /** Where an address is drawn, from 0 at the left end to 1 at the right end. */
  place(address: number): number;
  /** The stretches that are drawn short, in addresses. */
  breaks: readonly Window[];
  start: number;
  end: number;
}

/** A stretch is long when it is more than this share of everything that is occupied. */
const LONG = 0.4;
/** The width a broken stretch is drawn with, as a share of what is drawn to scale. */
const SHORT = 0.05;

/** Everything that the strips of a part cover; nothing, where there are none. */
export function extentOf(part: StripPart): Window {
  const start = part.strips.reduce((least, strip) => Math.min(least, strip.start), Number.POSITIVE_INFINITY);
  const end = part.strips.reduce((most, strip) => Math.max(most, strip.end), Number.NEGATIVE_INFINITY);
  return end > start ? { start, end } : { start: 0, end: 0 };
}

export function axisOf(part: StripPart, window?: Window): Axis {
  const whole = extentOf(part);
  const seen = window !== undefined && window.start < whole.end && window.end > whole.start ? window : whole;
  const start = Math.max(whole.start, seen.start);
  const end = Math.min(whole.end, seen.end);
  if (!(end > start)) return { place: () => 0, breaks: [], start: 0, end: 0 };
  const occupied = occupiedRanges(part, start, end);
  const filled = occupied.reduce((sum, range) => sum + (range.end - range.start), 0);
  const breaks =
    filled === 0 ? [] : emptyRanges(occupied, start, end).filter((gap) => gap.end - gap.start > LONG * filled);
  const scaled = end - start - breaks.reduce((sum, gap) => sum + (gap.end - gap.start), 0);
  return { place: placer(start, end, breaks, scaled), breaks, start, end };
}

/** Ascending, not touching each other. */
function occupiedRanges(part: StripPart, start: number, end: number): Window[] {
  const ranges = part.strips
    .flatMap((strip) => strip.pieces)
    .filter((piece) => piece.look !== 'empty')
    .map((piece) => ({ start: Math.max(piece.start, start), end: Math.min(piece.end, end) }))
    .filter((range) => range.end > range.start)
    .sort((a, b) => a.start - b.start);
  const joined: { start: number; end: number }[] = [];
  for (const range of ranges) {
    const last = joined.at(-1);
    if (last !== undefined && range.start <= last.end) last.end = Math.max(last.end, range.end);
    else joined.push({ ...range });
  }
  return joined;
}

function emptyRanges(occupied: readonly Window[], start: number, end: number): Window[] {
  const gaps: Window[] = [];
  let at = start;
  for (const range of occupied) {
    if (range.start > at) gaps.push({ start: at, end: range.start });
    at = range.end;
  }
  if (end > at) gaps.push({ start: at, end });
  return gaps;
}

function placer(start: number, end: number, breaks: readonly Window[], scaled: number): (address: number) => number {
  const short = SHORT * scaled;
  const total = scaled + short * breaks.length;
  return (address) => {
    const at = Math.min(Math.max(address, start), end);
    let drawn = at - start;
    for (const gap of breaks) {
      if (at <= gap.start) break;
      const inside = Math.min(at, gap.end) - gap.start;
      drawn += (inside / (gap.end - gap.start)) * short - inside;
    }
    return drawn / total;
  };
}

/** The places that are named under the axis: of the part's own marks those in sight, and the ends where a window cuts. */
export function marksOf(part: StripPart, axis: Axis): readonly { at: number; label: string }[] {
  const whole = extentOf(part);
  const inSight = (part.marks ?? []).filter((mark) => mark.at >= axis.start && mark.at <= axis.end);
  const ends = [axis.start, axis.end].filter(
    (at) => part.marks === undefined || (at !== whole.start && at !== whole.end),
  );
  const named = ends.map((at) => ({ at, label: placeInWords(part, at) }));
  const all = [...inSight, ...named.filter(({ at }) => !inSight.some((mark) => mark.at === at))];
  return all.sort((a, b) => a.at - b.at);
}

function placeInWords({ unitBytes }: StripPart, at: number): string {
  return unitBytes === undefined ? String(Math.round(at)) : addressInWords(Math.round(at) * unitBytes);
}

/** What a broken stretch leaves out, said plainly: `12 GB empty`. */
export function gapInWords({ unitBytes }: StripPart, gap: Window): string {
  return unitBytes === undefined ? 'empty addresses' : `${sizeInWords((gap.end - gap.start) * unitBytes)} empty`;
}
