import { cutHeader } from '../header.ts';
import type { FieldCut } from '../message-cut.ts';
import { type HeaderEnd, headerEndOf } from './header-end.ts';
import type { Units } from './units.ts';

/** A header that was read from units: the fields stand in `text`, which begins at `start` of the source. */
export interface HeaderAt {
  text: string;
  start: number;
  fields: readonly FieldCut[];
  end: HeaderEnd;
}

/** How much is looked at first; most headers are shorter. */
const MOST_HEADERS = 4096;

/**
 * Reads the header that begins at `start` and ends before `limit`, as `cutHeader` reads it from the whole source. Only as much is made text as it
 * takes to reach the empty line, in windows that grow by four. `wanted` is that of `cutHeader`.
 */
export function headerAt(
  units: Units,
  start: number,
  limit: number,
  wanted?: (text: string, start: number, colon: number) => boolean,
): HeaderAt {
  for (let width = MOST_HEADERS; ; width *= 4) {
    const text = units.slice(start, Math.min(limit, start + width));
    const { fields, bodyStart } = cutHeader(text, 0, text.length, wanted);
    if (start + width < limit && !isBehindEmptyLine(text, bodyStart)) continue;
    return { text, start, fields, end: headerEndOf(text, fields, bodyStart, start) };
  }
}

/** A header that ends in another way may only seem to: the window ends there. */
function isBehindEmptyLine(text: string, at: number): boolean {
  return text.endsWith('\n\n', at) || text.endsWith('\n\r\n', at) || (at <= 2 && /^\r?\n$/.test(text.slice(0, at)));
}

/** The fields that join messages, date them and end them, by the length of their names and their first letters; some others are among them. */
export function joinsOrEnds(text: string, start: number, colon: number): boolean {
  let end = colon;
  while (text.charCodeAt(end - 1) <= SPACE) end--;
  const first = text.charCodeAt(start) | LOWER_CASE;
  switch (end - start) {
    case 'message-id'.length:
      return first === LOWER_M || first === LOWER_R;
    case 'in-reply-to'.length:
      return first === LOWER_I;
    case 'date'.length:
      return first === LOWER_D;
    case 'content-type'.length:
    case 'content-length'.length:
      return first === LOWER_C;
    default:
      return false;
  }
}

const [SPACE, LOWER_CASE, LOWER_C, LOWER_D, LOWER_I, LOWER_M, LOWER_R] = [32, 32, 99, 100, 105, 109, 114];
