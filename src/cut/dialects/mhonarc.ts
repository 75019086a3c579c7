import type { Complaint, Span } from '#mailast';
import { lineEnd } from '../header.ts';
import type { Dialect, FieldCut } from '../message-cut.ts';

/**
 * A page of a MHonArc archive (spinics and its kin), saved as text: the subject alone, a navigation bar, the body, and index links
 * at the end. It names no sender.
 *
 *     Re: [PATCH] tea: warm the pot
 *
 *     [Date Prev][Date Next][Thread Prev][Thread Next][Date Index][Thread Index]
 */
export const mhonarc: Dialect = {
  name: 'mhonarc',
  recognises: (head) => BAR.test(head.slice(0, 4096)),
  cut(source) {
    const { text } = source;
    const bar = BAR.exec(text.slice(0, 4096));
    const barStart = (bar?.index ?? 0) + (bar?.[0].startsWith('\n') ? 1 : 0);
    const [barEnd, bodyStart] = lineEnd(text, barStart, text.length);
    const fields = titleField(text, barStart);
    const footer = footerStart(text, bodyStart);
    const furniture: Span[] = [{ start: barStart, end: barEnd }];
    if (footer) furniture.push(footer);
    const complaints: Complaint[] = [
      {
        ruleId: 'archive-page-without-sender',
        reason: 'This archive page does not say who wrote the message or when.',
        severity: 'info',
        start: 0,
        end: fields[0]?.end ?? 0,
      },
    ];
    return [
      {
        dialect: 'mhonarc',
        span: { start: 0, end: text.length },
        fields,
        body: { start: bodyStart, end: text.length },
        furniture,
        breaks: [],
        escapedFrom: false,
        complaints,
      },
    ];
  },
};

const BAR = /(?:^|\n)\[(?:Date|Thread) Prev\]\[?.{0,200}\[(?:Date|Thread) Index\]/;
const INDEX = /^\[(?:Index|Date Prev|Thread Prev)\b/;
const MARKS = /[\u00c2\u00a0\s]+/g;

function titleField(text: string, barStart: number): FieldCut[] {
  for (let at = 0; at < barStart; ) {
    const [end, next] = lineEnd(text, at, barStart);
    if (text.slice(at, end).trim() !== '') return [{ name: 'Subject', start: at, valueStart: at, end }];
    at = next;
  }
  return [];
}

/** The index links and the line of the archive's engine at the very end; at most 12 lines are looked at, from below. */
function footerStart(text: string, from: number): Span | undefined {
  let end = text.length;
  let last: number | undefined;
  for (let count = 0; count < 12 && end > from; count++) {
    const start = Math.max(text.lastIndexOf('\n', end - 1) + 1, from);
    const line = text
      .slice(start, Math.min(end, start + 4000))
      .replace(MARKS, ' ')
      .trim();
    if (line !== '') last ??= end;
    if (INDEX.test(line)) return { start, end: last ?? end };
    if (line !== '' && !/^(?:Powered by|\[.{1,60}\])/.test(line)) return undefined;
    end = start - 1;
  }
  return undefined;
}
