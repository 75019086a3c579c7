import type { Hit } from './evidence.ts';

/** Lines of a paragraph that are looked at to each side. */
const MOST_LINES = 60;
/** Letters that must agree for a repetition; fewer are a common phrase. */
const SOME = 8;

/**
 * Whether two places look as if their paragraph had been repeated: what stands before them back to where the paragraph begins,
 * or behind them to its end, is the same at both.
 */
export function isRepeated(one: Hit, other: Hit): boolean {
  const before = unitsBefore(one);
  if (before >= SOME && piece(one, -before, 0) === piece(other, -before, 0)) return true;
  const behind = unitsBehind(one);
  const length = one.length;
  return behind >= SOME && piece(one, length, length + behind) === piece(other, length, length + behind);
}

function piece({ entry, look, at }: Hit, from: number, to: number): string {
  return entry[look].text.slice(Math.max(0, at + from), at + to);
}

/** Units of bare text from the beginning of the paragraph to the place. */
function unitsBefore({ entry, look, at, start }: Hit): number {
  const { text } = entry.candidate;
  let head = text.lastIndexOf('\n', start - 1) + 1;
  for (let lines = 0; lines < MOST_LINES && head > 0; lines++) {
    const above = text.lastIndexOf('\n', head - 2) + 1;
    if (isBlank(text.slice(above, head))) break;
    head = above;
  }
  const { offsets } = entry[look];
  let units = 0;
  while (units < at && (offsets[at - 1 - units] ?? 0) >= head) units++;
  return units;
}

/** Units of bare text from the end of the words to that of their paragraph. */
function unitsBehind({ entry, look, at, end, length }: Hit): number {
  const { text } = entry.candidate;
  let foot = endOfLine(text, end);
  for (let lines = 0; lines < MOST_LINES && foot < text.length; lines++) {
    const below = endOfLine(text, foot + 1);
    if (isBlank(text.slice(foot + 1, below))) break;
    foot = below;
  }
  const { offsets } = entry[look];
  let units = 0;
  while (at + length + units < offsets.length && (offsets[at + length + units] ?? 0) < foot) units++;
  return units;
}

function endOfLine(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at === -1 ? text.length : at;
}

function isBlank(line: string): boolean {
  return /^[\s>]*$/.test(line);
}
