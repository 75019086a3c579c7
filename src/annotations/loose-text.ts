import { type BareText, bareText, isWhite } from './bare-text.ts';

export interface LooseText extends BareText {
  /** Where what is left out behind `end`, or before `start`, reaches to; the offset itself where nothing is. */
  hiddenBehind(end: number): number;
  hiddenBefore(start: number): number;
}

/**
 * A bare text without what archives take out of mail or write in another way: the hosts of addresses, and what stands in
 * angle brackets and may be taken for a tag; and without `>` anywhere, because a page on one line has its quote marks
 * in the middle.
 *
 *     > Reported-by: Ada <ada@example.org>       Reported-by:Ada
 *     > see ada@example.org,                ->   seeada,
 *
 * Coarser than the bare text: more than that has to agree where only this agrees.
 */
export function looseText(full: string, headed = true): LooseText {
  const bare = bareText(full, headed);
  const hidden = hiddenUnits(full);
  const kept: string[] = [];
  const offsets = new Int32Array(bare.offsets.length);
  let count = 0;
  for (const [index, offset] of bare.offsets.entries()) {
    if (hidden[offset] === 1) continue;
    kept.push(bare.text[index] ?? '');
    offsets[count++] = offset;
  }
  return {
    text: kept.join(''),
    offsets: offsets.subarray(0, count),
    depthAt: bare.depthAt,
    hiddenBehind: (end) => reach(full, hidden, end, 1),
    hiddenBefore: (start) => reach(full, hidden, start, -1),
  };
}

function reach(text: string, hidden: Uint8Array, from: number, step: 1 | -1): number {
  let edge = from;
  for (let at = step === 1 ? from : from - 1; hidden[at] === 1 || text[at] === ' '; at += step) {
    if (!isWhite(text.charCodeAt(at))) edge = step === 1 ? at + 1 : at;
  }
  return edge;
}

/** An address in brackets or what looks like a tag; the host of an address, whole, crossed out, cut, or spelled; any other `>`. */
const HIDDEN =
  /<[A-Za-z][^<>\n]{0,200}>|@[\w.-]{1,200}| at [\w-]{1,100}(?:\.[\w-]{1,100}){1,20}| \(\) [\w-]{1,100}(?: ! [\w-]{1,100}){1,20}|>/g;

/** Whether a text has anything that is left out. */
export function masksAny(text: string): boolean {
  return text.search(HIDDEN) !== -1;
}

function hiddenUnits(text: string): Uint8Array {
  const hidden = new Uint8Array(text.length);
  for (const match of text.matchAll(HIDDEN)) hidden.fill(1, match.index, match.index + match[0].length);
  return hidden;
}
