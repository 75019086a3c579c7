import type { TimelineSpan } from './scene.ts';

/** Spans that overlap get places beside each other, from 0, in the order in which they begin; a free place is used again. */
export function barPlaces(spans: readonly TimelineSpan[]): Map<TimelineSpan, number> {
  const ends: number[] = [];
  const places = new Map<TimelineSpan, number>();
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const free = ends.findIndex((end) => end <= span.from);
    const place = free < 0 ? ends.length : free;
    ends[place] = span.to ?? Number.POSITIVE_INFINITY;
    places.set(span, place);
  }
  return places;
}
