import { lineEnd } from '../header.ts';

/**
 * What kind of envelope a line that begins with `From ` is, when it is one:
 *
 *     From ada@example.org Fri Jul  1 03:42:49 2022                                    dated
 *     From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001          git
 *     From                                                                             bare
 */
export type FromLine = 'dated' | 'git' | 'bare';

/** An envelope is short; a longer line is text. In units. */
export const LONGEST_ENVELOPE = 320;
/** How many units before and behind the beginning of a line decide whether a message begins there. */
export const WINDOW_BEFORE = 1000;
export const WINDOW_BEHIND = 1000;

/**
 * What stands at `at`, the start of a line, when a message begins there: an envelope whose sender and date look like ones, with a header
 * field behind it. Prose that begins with "From " has neither. At most `WINDOW_BEFORE` and `WINDOW_BEHIND` units around `at` are looked at.
 */
export function fromLineAt(text: string, at: number): FromLine | undefined {
  const kind = envelopeAt(text, at);
  return kind && messageAt(text, at, kind);
}

/** The same for a line that is known to be an envelope. */
export function messageAt(text: string, at: number, kind: FromLine): FromLine | undefined {
  const limit = Math.min(text.length, at + WINDOW_BEHIND);
  const [, next] = lineEnd(text, at, limit);
  // The file may have been cut off behind the envelope.
  if (next >= text.length) return kind !== 'bare' && behindEmptyLine(text, at) ? kind : undefined;
  if (!fieldStands(text, next, limit)) return undefined;
  return startsPart(text, at) ? undefined : kind;
}

/**
 * Whether the window around an envelope at `at` is wide enough to tell that a message begins there: a field stands behind it, and the line above is none of a
 * part's header. `false` says nothing. What it tells is what `messageAt` tells; `whole` says that the source begins with the window.
 */
export function isMessageNear(text: string, at: number, whole: boolean): boolean {
  const [, next] = lineEnd(text, at, text.length);
  if (next >= text.length || !FIELD.test(text.slice(next, next + 200))) return false;
  const end = text.slice(0, at).trimEnd().length;
  const start = end === 0 ? 0 : text.lastIndexOf('\n', end - 1) + 1;
  if (start === 0 && !whole) return false;
  return end > 0 && !/^(?:--\S|content-|[ \t]|[!-9;-~]{1,100}:)/i.test(text.slice(start, end));
}

/** The same at the very start of a source, where less evidence will do: no other reading is at hand. */
export function firstFromLineAt(text: string, at: number): FromLine | undefined {
  const kind = envelopeAt(text, at);
  if (kind !== 'bare') return kind;
  const limit = Math.min(text.length, at + WINDOW_BEHIND);
  const [, next] = lineEnd(text, at, limit);
  return next >= text.length || fieldStands(text, next, limit) ? kind : undefined;
}

/** What the line at `at` is by itself and the line above it; what stands behind it is not looked at. */
export function envelopeAt(text: string, at: number): FromLine | undefined {
  if (!text.startsWith('From ', at)) return undefined;
  const [end] = lineEnd(text, at, Math.min(text.length, at + LONGEST_ENVELOPE));
  if (end - at >= LONGEST_ENVELOPE) return undefined;
  const rest = text.slice(at + 5, end).trim();
  if (rest === '' || rest === '-') return behindEmptyLine(text, at) ? 'bare' : undefined;
  if (!rest.includes(':')) return undefined;
  const date = dateIn(rest);
  if (!date) return undefined;
  const sender = rest.slice(0, date.index).trim();
  if (/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(sender)) return 'git';
  return isSender(sender, BEGINS_WITH_WEEKDAY.test(date[0]), behindEmptyLine(text, at)) ? 'dated' : undefined;
}

function dateIn(rest: string): RegExpExecArray | undefined {
  for (const form of DATES) {
    const date = form.exec(rest);
    if (date) return date;
  }
  return undefined;
}

const WEEKDAY = '(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? {1,3}';
const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}';
const TIME = '\\d{1,2}:\\d\\d(?::\\d\\d)?';
const ZONES = '(?: {1,3}(?:[a-z]{1,5}|[+-]\\d\\d:?\\d\\d|\\([a-z ]{1,30}\\))){0,2}';
const BEHIND = '(?: remote from \\S{1,100})?$';
const BEGINS_WITH_WEEKDAY = new RegExp(`^ ?${WEEKDAY}`, 'i');

/** The forms of date that real mailboxes have behind the sender; in a line of at most `LONGEST_ENVELOPE` units. */
const DATES: readonly RegExp[] = [
  // Fri Jul  1 03:42:49 2022, with a zone before or behind the year
  `(?:^| )(?:${WEEKDAY})?${MONTH} {1,3}\\d{1,2},? {1,3}${TIME}${ZONES} {1,3}\\d{4}${ZONES}${BEHIND}`,
  // Fri, 1 Jul 2022 03:42:49 +0200, and with dashes in the date
  `(?:^| )(?:${WEEKDAY})?\\d{1,2}[ -]${MONTH}[ -](?:\\d{4}|\\d\\d) {1,3}${TIME}${ZONES}${BEHIND}`,
  // 2022-07-01T03:42:49Z
  `(?:^| )\\d{4}-\\d\\d-\\d\\d[ t]${TIME}(?:\\.\\d{1,9})? ?(?:z|utc|[+-]\\d\\d:?\\d\\d)?${BEHIND}`,
].map((form) => new RegExp(form, 'i'));

/**
 * Whether this is a sender: an address in any of its forms (`ada@example.org`, `ada at example.org`, `"Ada Example" <ada@example.org>`) or,
 * before a date with its weekday, one word; behind an empty line also a name of at most three words, or none.
 */
function isSender(sender: string, weekday: boolean, separated: boolean): boolean {
  if (/^\S{0,250}@\S{0,250}$|^\S{1,100} at \S{1,100}$|^[^@]{0,150}<\S{1,150}>$/.test(sender)) return true;
  if (!weekday) return false;
  return sender.split(/\s+/).length <= (separated ? 3 : 1) && (sender !== '' || separated);
}

const FIELD = /^[!-9;-~]{1,100}[ \t]{0,2}:/;

/** Whether a header field begins at `start`, or the envelope of a mailbox that this one was put into. */
function fieldStands(text: string, start: number, limit: number): boolean {
  const [end] = lineEnd(text, start, Math.min(limit, start + 200));
  const line = text.slice(start, end);
  return FIELD.test(line) || line.startsWith('>From ');
}

function behindEmptyLine(text: string, at: number): boolean {
  if (at === 0) return true;
  if (text.charCodeAt(at - 1) !== LF) return false;
  const before = text.charCodeAt(at - 2) === CR ? at - 3 : at - 2;
  return before < 0 || text.charCodeAt(before) === LF;
}

const LF = 10;
const CR = 13;

/**
 * Whether the line is the first one of a MIME part: an attached patch begins as a mailbox does.
 *
 *     --=_boundary
 *     Content-Type: text/x-patch
 *
 *     From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001
 */
function startsPart(text: string, at: number): boolean {
  if (at === 0 || !behindEmptyLine(text, at)) return false;
  let content = false;
  let end = text.slice(0, at).trimEnd().length;
  while (end > Math.max(0, at - WINDOW_BEFORE)) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    const line = text.slice(start, end);
    if (/^--\S/.test(line)) return content;
    if (/^content-/i.test(line)) content = true;
    else if (!/^[ \t]|^[!-9;-~]{1,100}:/.test(line)) return false;
    end = start - 1;
  }
  return false;
}
