import { anchorAt } from '../annotating/index.ts';
import { messageAt, type Page, type Reading } from '../reading.ts';
import type { LineRange } from './quoting.ts';

/** What a selection in a source asks to have answered. */
export interface Selected {
  /** The number of the message, from 0. */
  message: number;
  page: Page;
  /** Absent where nothing of the body is selected: the whole mail is meant. */
  range?: LineRange;
}

/** The message at a selection, and the whole lines of its decoded body that the selection touches; absent where there is no mail. */
export function selectedLines(reading: Reading, start: number, end: number): Selected | undefined {
  const message = messageAt(reading, start);
  const page = message === undefined ? undefined : reading.page(message);
  if (message === undefined || !page) return undefined;
  const { body } = page.message.readable;
  const isInHeader = end <= page.place({ start: body.start, end: body.start }).start;
  const spot = start === end || isInHeader ? undefined : anchorAt(reading, start, Math.min(end, page.message.span.end));
  if (spot?.start === undefined || spot.end === undefined) return { message, page };
  const lineOf = (offset: number): number => spot.text.slice(0, offset).split('\n').length;
  return { message, page, range: { first: lineOf(spot.start), last: lineOf(Math.max(spot.end - 1, spot.start)) } };
}
