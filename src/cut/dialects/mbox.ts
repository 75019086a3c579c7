import type { Source } from '#mailast';
import { cutHeader, leadingEmpty, lineEnd } from '../header.ts';
import type { Dialect, MessageCut } from '../message-cut.ts';

/**
 * Messages behind `From ` lines. A line is a boundary when it looks like one (a time and a year, a commit hash as
 * `git format-patch` writes it, or `From patchwork`) and a header follows: prose that begins with "From " is not.
 *
 *     From ada@example.org Fri Jul  1 03:42:49 2022
 *     Subject: ...
 */
export const mbox: Dialect = {
  name: 'mbox',
  recognises(head) {
    const first = leadingEmpty(head);
    return head.startsWith('From ', first) && isBoundary(head, first, head.length);
  },
  cut(source) {
    const starts = boundaries(source.text);
    const cuts = starts.map((start, index) => cutOne(source, start, starts[index + 1] ?? source.text.length));
    const [first] = cuts;
    if (first) first.span = { start: 0, end: first.span.end };
    return cuts;
  },
};

const DATED = /^From (?:.{0,250}\d\d:\d\d(?::\d\d)? .{0,30}\d{4}|[0-9a-f]{40}(?:[0-9a-f]{24})? |patchwork )/;
const FIELD = /^[!-9;-~]{1,100} ?:/;

function isBoundary(text: string, start: number, limit: number): boolean {
  const [end, next] = lineEnd(text, start, limit);
  const line = text.slice(start, Math.min(end, start + 320));
  if (DATED.test(line)) return next >= limit || startsHeader(text, next, limit);
  // Some programs write nothing behind `From `; then an empty line must stand before it and a field behind it.
  return line.trimEnd() === 'From' && behindEmptyLine(text, start) && FIELD.test(lineAt(text, next, limit));
}

function startsHeader(text: string, start: number, limit: number): boolean {
  const line = lineAt(text, start, limit);
  return line === '' || FIELD.test(line) || line.startsWith('>From ');
}

/** The line that begins at `start`, at most 400 units of it. */
function lineAt(text: string, start: number, limit: number): string {
  const [end] = lineEnd(text, start, Math.min(limit, start + 400));
  return text.slice(start, end);
}

function behindEmptyLine(text: string, start: number): boolean {
  return start < 2 || text.endsWith('\n\n', start) || text.endsWith('\n\r\n', start);
}

function boundaries(text: string): number[] {
  const starts = [leadingEmpty(text)];
  for (let at = text.indexOf('\nFrom ', starts[0]); at !== -1; at = text.indexOf('\nFrom ', at + 1)) {
    if (isBoundary(text, at + 1, text.length)) starts.push(at + 1);
  }
  return starts;
}

function cutOne(source: Source, start: number, end: number): MessageCut {
  let [, headerStart] = lineEnd(source.text, start, end);
  // A mailbox in a mailbox: the From_ line that was there before is no field.
  while (headerStart < end && source.text.startsWith('>From ', headerStart)) {
    [, headerStart] = lineEnd(source.text, headerStart, end);
  }
  const { fields, bodyStart, complaints } = cutHeader(source.text, headerStart, end);
  return {
    dialect: 'mbox',
    span: { start, end },
    fields,
    body: { start: bodyStart, end: withoutSeparator(source.text, bodyStart, end) },
    furniture: [],
    breaks: [],
    escapedFrom: true,
    complaints,
  };
}

/** The empty line before the next `From ` line belongs to the mailbox, not to the message. */
function withoutSeparator(text: string, bodyStart: number, end: number): number {
  if (end === text.length) return end;
  for (const separator of ['\r\n\r\n', '\n\n']) {
    if (text.endsWith(separator, end) && end - separator.length / 2 >= bodyStart) return end - separator.length / 2;
  }
  return end;
}
