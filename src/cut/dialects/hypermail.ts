import type { Source, Span } from '#mailast';
import { cutHeader, lineEnd } from '../header.ts';
import type { Dialect, FieldCut, MessageCut } from '../message-cut.ts';

/**
 * A page of a hypermail archive, saved as text: the subject alone, an empty line, `From:` without an address, and a date that only
 * hypermail writes.
 *
 *     Re: [PATCH v2 3/7] x86/tea: warm the pot
 *
 *     From: Ada Example
 *     Date: Mon Jul 10 2023 - 13:58:29 EST
 */
export const hypermail: Dialect = {
  name: 'hypermail',
  recognises: (head) =>
    /^Date: \w{3} \w{3} \d\d? \d{4} - \d\d:\d\d:\d\d\b/m.test(head) && titleLine(head) !== undefined,
  cut: (source) => [cutPage(source)],
};

/** The first line that is not empty and not navigation, when a `From:` field follows it after empty lines only. */
function titleLine(text: string): Span | undefined {
  let title: Span | undefined;
  for (let at = 0; at < text.length; ) {
    const [end, next] = lineEnd(text, at, text.length);
    const line = text.slice(at, Math.min(end, at + 1000));
    if (title && line.startsWith('From: ')) return title;
    if (line.trim() !== '' && !isNavigation(line)) {
      if (title) return undefined;
      title = { start: at, end };
    }
    at = next;
  }
  return undefined;
}

function isNavigation(line: string): boolean {
  return /^(?:\* )?(?:Next message|Previous message|Next in thread|Previous in thread|In reply to|Maybe in reply to|Reply|Messages sorted by|Next by thread|Next by date|Contemporary messages sorted|\[ ?date|\[ ?Next)\b/i.test(
    line.trim(),
  );
}

function cutPage(source: Source): MessageCut {
  const { text } = source;
  const title = titleLine(text) ?? { start: 0, end: 0 };
  const subject: FieldCut = { name: 'Subject', start: title.start, valueStart: title.start, end: title.end };
  const fieldsStart = text.indexOf('\nFrom: ', title.end - 1) + 1;
  const { fields, bodyStart, complaints } = cutHeader(text, fieldsStart, text.length);
  const furniture: Span[] = [];
  collectNavigation(text, 0, title.start, furniture);
  const bodyEnd = footerStart(text, bodyStart);
  collectNavigation(text, bodyStart, bodyEnd, furniture);
  if (bodyEnd < text.length) furniture.push({ start: bodyEnd, end: trimEnd(text, bodyEnd, text.length) });
  return {
    dialect: 'hypermail',
    span: { start: 0, end: text.length },
    fields: [subject, ...fields],
    body: { start: bodyStart, end: text.length },
    furniture,
    breaks: [],
    escapedFrom: false,
    complaints,
  };
}

/** Adds every navigation line between `start` and the first other line. */
function collectNavigation(text: string, start: number, end: number, found: Span[]): void {
  for (let at = start; at < end; ) {
    const [lineStop, next] = lineEnd(text, at, end);
    const line = text.slice(at, Math.min(lineStop, at + 1000));
    if (isNavigation(line)) found.push({ start: at, end: lineStop });
    else if (line.trim() !== '') return;
    at = next;
  }
}

/** Where the navigation lines at the bottom begin: the last lines of the page, read upwards; at most 40 lines are looked at. */
function footerStart(text: string, from: number): number {
  let footer = text.length;
  let end = text.length;
  for (let count = 0; count < 40 && end > from; count++) {
    const lf = text.lastIndexOf('\n', end - 1);
    const start = Math.max(lf + 1, from);
    const line = text.slice(start, Math.min(end, start + 1000));
    if (isNavigation(line)) footer = start;
    else if (line.trim() !== '') break;
    if (lf < from) break;
    end = lf;
  }
  return footer;
}

function trimEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && (text[at - 1] === '\n' || text[at - 1] === '\r' || text[at - 1] === ' ')) at--;
  return at;
}
