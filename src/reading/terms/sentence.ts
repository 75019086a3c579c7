import type { Span } from '#mailast';

/** How much of a text is looked at to each side. */
const MOST_UNITS = 400;

/** The sentence that holds `at`, at most 400 units to each side. A line that begins with a list mark begins one. */
export function sentenceAround(text: string, at: number): Span {
  const from = Math.max(0, at - MOST_UNITS);
  // With the sign at the place itself: it may be the first of its sentence, and a small letter then too.
  const before = text.slice(from, at + 1);
  let start = from;
  for (const stop of before.matchAll(/(?:[.?!]\s+|\n\s*\n)(?=["'(A-Z]|.$)|\n\s{0,8}(?:[-*+]|\d{1,2}[.)])\s+/g)) {
    if (from + stop.index + stop[0].length <= at) start = from + stop.index + stop[0].length;
  }
  const stop = /[.?!](?=["')]?(?:\s+["'(A-Z\d]|\s*$))|\n\s{0,8}\n/.exec(text.slice(at, at + MOST_UNITS));
  return { start, end: stop ? at + stop.index + 1 : Math.min(text.length, at + MOST_UNITS) };
}
