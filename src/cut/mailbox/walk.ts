import { lineEnd } from '../header.ts';
import {
  envelopeAt,
  type FromLine,
  isMessageNear,
  LONGEST_ENVELOPE,
  messageAt,
  WINDOW_BEFORE,
  WINDOW_BEHIND,
} from './from-line.ts';
import type { HeaderEnd } from './header-end.ts';
import type { Units } from './units.ts';

/** Where one message of a mailbox stands. All offsets are source units. */
export interface WalkedMessage {
  /** Where its `From ` line begins. */
  start: number;
  /** Where the next one begins, or the end of the source. */
  end: number;
  from: FromLine;
  /** Where its body ends, when its Content-Length says so and fits. */
  countedEnd?: number;
}

interface Beginning {
  start: number;
  from: FromLine;
}

/**
 * Walks the messages of a mailbox from the `From ` line at `first` on. `header` reads the header that begins at its first argument, behind
 * the `From ` line, and ends before its second; it is called once for each message, just before `found`. Where `found` answers `false` the walk
 * rests and returns where it goes on, since nothing but that is known between two messages. Linear in the source.
 */
export function walkMailbox(
  units: Units,
  first: Beginning,
  header: (start: number, limit: number) => HeaderEnd,
  found: (message: WalkedMessage) => unknown,
): Beginning | undefined {
  for (let at: Beginning | undefined = first; at !== undefined; ) {
    const { start, from } = at;
    const headerStart = behindEnvelopes(units, start);
    let next = nextBeginning(units, headerStart);
    const { bodyStart, contentLength, boundary } = header(headerStart, next?.start ?? units.length);
    if (from !== 'git' && boundary !== undefined) next = behindParts(units, next, bodyStart, boundary);
    const counted = contentLength === undefined ? undefined : behindCounted(units, bodyStart + contentLength);
    if (counted) next = counted.next;
    const end = next?.start ?? units.length;
    const bodyEnd = counted === undefined ? end : bodyStart + (contentLength ?? 0);
    // A number that counts the separator too says nothing about where the body ends.
    const goesOn = found({ start, end, from, ...(bodyEnd < end ? { countedEnd: bodyEnd } : {}) });
    at = next;
    if (goesOn === false) return at;
  }
  return undefined;
}

function nextBeginning(units: Units, from: number): Beginning | undefined {
  for (let at = units.nextFromLine(from); at !== -1; at = units.nextFromLine(at + 1)) {
    const kind = fromLineIn(units, at);
    if (kind) return { start: at, from: kind };
  }
  return undefined;
}

/** Before an envelope: the last line of the message above is seldom longer. In units. */
const NEAR = 160;

/** The line and little around it are looked at first: they tell of most messages, and a million are looked at. */
function fromLineIn(units: Units, at: number): FromLine | undefined {
  const above = Math.min(at, NEAR);
  const near = units.slice(at - above, at + LONGEST_ENVELOPE);
  const kind = envelopeAt(near, above);
  if (kind === undefined || isMessageNear(near, above, above === at)) return kind;
  const before = Math.min(at, WINDOW_BEFORE);
  return messageAt(units.slice(at - before, at + WINDOW_BEHIND), before, kind);
}

/** A mailbox in a mailbox: the From_ line that was there before is no field. */
function behindEnvelopes(units: Units, start: number): number {
  let at = start;
  do at = behindLine(units, at);
  while (units.slice(at, at + 6) === '>From ');
  return at;
}

function behindLine(units: Units, start: number): number {
  for (let width = 100; ; width *= 4) {
    const text = units.slice(start, start + width);
    const [, next] = lineEnd(text, 0, text.length);
    if (next < text.length || start + width >= units.length) return start + next;
  }
}

/**
 * What follows the end that Content-Length claims, when it fits: the next `From ` line, or the end of the source, stands there. A number that
 * leads anywhere else was true elsewhere, or never.
 */
function behindCounted(units: Units, end: number): { next: Beginning | undefined } | undefined {
  if (end > units.length) return undefined;
  const lineEnds = /^(?:\r?\n){0,2}/.exec(units.slice(end, end + 4))?.[0] ?? '';
  const start = end + lineEnds.length;
  if (start >= units.length) return { next: undefined };
  if (units.slice(start - 1, start + 5) !== '\nFrom ') return undefined;
  const from = fromLineIn(units, start);
  return from && { next: { start, from } };
}

/** What looks like messages of git in a part that is still open are patches attached to the mail. */
function behindParts(
  units: Units,
  given: Beginning | undefined,
  bodyStart: number,
  boundary: string,
): Beginning | undefined {
  const close = `\n--${boundary}--`;
  let next = given;
  let searched = Math.max(bodyStart - 1, 0);
  while (next?.from === 'git') {
    if (units.slice(searched, next.start).includes(close)) return next;
    searched = Math.max(next.start - close.length, searched);
    next = nextBeginning(units, next.start + 1);
  }
  return next;
}
