/**
 * W3C's positions count Unicode characters (code points); editors and JavaScript count UTF-16 units. They differ only
 * behind a character outside the Basic Multilingual Plane, so a table of those is all that is kept.
 */
export interface CodePoints {
  /** The code point position of a UTF-16 offset; inside a surrogate pair: that of the pair. */
  fromUtf16(offset: number): number;
  /** The UTF-16 offset of a code point position. */
  toUtf16(position: number): number;
}

const PAIR = /[\ud800-\udbff][\udc00-\udfff]/g;

export function codePoints(text: string): CodePoints {
  const pairs: number[] = [];
  for (const match of text.matchAll(PAIR)) pairs.push(match.index);
  return {
    fromUtf16: (offset) => offset - countBelow(pairs, (start) => start < offset),
    toUtf16: (position) => position + countBelow(pairs, (start, index) => start - index < position),
  };
}

/** How many of the ordered pairs, from the first on, satisfy a condition that once false stays false. */
function countBelow(pairs: readonly number[], holds: (start: number, index: number) => boolean): number {
  let low = 0;
  let high = pairs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(pairs[middle] ?? 0, middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether `offset` lies between the two halves of one character. */
export function splitsCharacter(text: string, offset: number): boolean {
  return isBetween(text.charCodeAt(offset - 1), 0xd800, 0xdbff) && isBetween(text.charCodeAt(offset), 0xdc00, 0xdfff);
}

function isBetween(unit: number, low: number, high: number): boolean {
  return unit >= low && unit <= high;
}
