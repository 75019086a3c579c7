import type { Entry } from './candidates.ts';
import type { Wanted } from './evidence.ts';
import { occurrences } from './occurrences.ts';
import type { Found } from './placing.ts';

/** Bare letters that a side must have to mark where the words stood. */
const SIDE = 16;
/** Of the words so many in a hundred must be what they were, from their beginning and to their end. */
const SAME = 60;
/** Code points that the place may have moved. */
const NEAR = 64;

/**
 * The words between the same neighbours, where some of them are others now: both sides stand once in the message, one
 * behind the other, near where they stood, and most of what is between them is what was quoted. Linear in the text.
 */
export function alteredIn(entry: Entry, { exact, before = '', behind = '', position }: Wanted): Found | undefined {
  if (before.length < SIDE || behind.length < SIDE || position === undefined) return undefined;
  const { text, offsets } = entry.bare;
  const from = onlyPlace(text, before);
  const to = onlyPlace(text, behind);
  if (from === undefined || to === undefined) return undefined;
  const start = from + before.length;
  const now = text.slice(start, Math.min(to, start + 2 * exact.length));
  if (to <= start || start + now.length !== to || !isMostlySame(exact, now)) return undefined;
  const begins = offsets[start] ?? 0;
  if (Math.abs(entry.points.fromUtf16(begins) - position) > NEAR) return undefined;
  return { entry, start: begins, end: (offsets[to - 1] ?? 0) + 1, match: 'altered', depthChange: 0 };
}

function onlyPlace(text: string, words: string): number | undefined {
  const { at } = occurrences(text, words, 2);
  return at.length === 1 ? at[0] : undefined;
}

function isMostlySame(was: string, now: string): boolean {
  const most = Math.min(was.length, now.length);
  let head = 0;
  while (head < most && was[head] === now[head]) head++;
  let tail = 0;
  while (tail < most - head && was.at(-1 - tail) === now.at(-1 - tail)) tail++;
  return (head + tail) * 100 >= Math.max(was.length, now.length) * SAME;
}
