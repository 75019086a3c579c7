import type { SeriesPlace } from './series.ts';

/** One posting of a series: which of its mails are there, and the numbers of those that are not. */
export interface Round {
  version: number;
  /** Keys of the patches and the cover letter, in the order of their numbers. */
  parts: readonly string[];
  /** From 1 to the number that the subjects give; a cover letter is never missing. */
  missing: readonly number[];
}

/** Groups the patches and cover letters of one thread by version, lowest first. Replies are not passed in. */
export function roundsOf(patches: readonly { key: string; place: SeriesPlace }[]): Round[] {
  const byVersion = new Map<number, { key: string; place: SeriesPlace }[]>();
  for (const patch of patches) {
    const known = byVersion.get(patch.place.version);
    if (known) known.push(patch);
    else byVersion.set(patch.place.version, [patch]);
  }
  return [...byVersion]
    .sort(([a], [b]) => a - b)
    .map(([version, mails]) => ({
      version,
      parts: mails.sort((a, b) => (a.place.part ?? 0) - (b.place.part ?? 0)).map(({ key }) => key),
      missing: missingOf(mails.map(({ place }) => place)),
    }));
}

/** A subject may claim any number of parts; more missing ones than these are not listed. */
const MOST_PARTS = 1000;

function missingOf(places: readonly SeriesPlace[]): number[] {
  const claimed = places.reduce((most, place) => Math.max(most, place.total ?? 0), 0);
  const total = Math.min(claimed, MOST_PARTS);
  const there = new Set(places.map((place) => place.part));
  return Array.from({ length: total }, (_, index) => index + 1).filter((part) => !there.has(part));
}
