import { addressesOf, isoDate } from '#reading';
import type { Place } from '../plain.ts';
import type { Page } from '../reading.ts';
import { SHORTER_HEADER, viewLines } from './message.ts';

/** A message of a thread that is read by itself. */
export interface ThreadMail {
  /** Its number in the mailbox, from 0. */
  message: number;
  /** What its bytes hold: one message, or none where they cannot be read. */
  pages: readonly Page[];
  /** Where its bytes begin in the mailbox. */
  start: number;
}

/** Messages one after the other, decoded, as a mailbox. Each line leads back to its message and to the source. */
export interface ThreadView {
  text: string;
  /** The subject of the first message; empty where it has none. */
  title: string;
  /** Where line `line` (from 0) of the view stands; a line behind the end is the last one. */
  sourceOf(line: number): { message: number; place: Place } | undefined;
  /** The line on which a message begins; absent when it is not shown. */
  lineOf(message: number): number | undefined;
  /** How many messages of the thread did not fit. */
  left: number;
}

/** In UTF-16 units: the editor stops helping with larger documents. */
const MOST_UNITS = 15_000_000;

/** A thread, its mails in the order in which they are to be read. They are asked for one by one. */
export function threadView(mails: Iterable<ThreadMail>, count: number): ThreadView {
  const lines: string[] = [];
  const places: Place[] = [];
  const firsts: { line: number; message: number }[] = [];
  let title = '';
  let units = 0;
  for (const { message, pages, start } of mails) {
    firsts.push({ line: lines.length, message });
    for (const page of pages) {
      if (lines.length === 0) title = page.subject ?? '';
      for (const { text, place } of mailLines(page)) {
        lines.push(text);
        places.push({ start: start + place.start, end: start + place.end });
        units += text.length + 1;
      }
    }
    if (units > MOST_UNITS) break;
  }
  return {
    text: lines.join('\n'),
    title,
    sourceOf(line) {
      const at = Math.min(Math.max(line, 0), lines.length - 1);
      const place = places[at];
      const mail = firsts.findLast((first) => first.line <= at);
      return place && mail && { message: mail.message, place };
    },
    lineOf: (message) => firsts.find((first) => first.message === message)?.line,
    left: count - firsts.length,
  };
}

/** A `From ` line, a short header, the body, and an empty line. */
function mailLines(page: Page): { text: string; place: Place }[] {
  const { start } = page.message.span;
  const begin = { text: fromLine(page), place: { start, end: start } };
  const shown = viewLines(page, SHORTER_HEADER).map(({ text, place }) => ({ text: escaped(text), place }));
  const end = { text: '', place: shown.at(-1)?.place ?? begin.place };
  const hasHeader = SHORTER_HEADER.some((name) => page.fields.has(name));
  return [begin, ...(hasHeader ? [] : [{ ...begin, text: '' }]), ...shown, end];
}

/** `From ada@example.org Mon Jan  8 10:00:00 2024`, in UTC. */
function fromLine({ fields }: Page): string {
  const address = addressesOf(fields.get('from')?.[0] ?? '')[0]?.address ?? '';
  const sender = /^[^\s<>]{1,200}$/.test(address) ? address : 'unknown';
  const time = Date.parse(isoDate(fields.get('date')?.[0] ?? '') ?? '');
  // Sun, 06 Nov 1994 08:49:37 GMT
  const [weekday = '', day = '', month, year, clock] = new Date(Number.isNaN(time) ? 0 : time).toUTCString().split(' ');
  return `From ${sender} ${weekday.slice(0, 3)} ${month} ${day.replace(/^0/, ' ')} ${clock} ${year}`;
}

/** A line that would begin another message. */
function escaped(text: string): string {
  return /^>*From /.test(text) ? `>${text}` : text;
}
