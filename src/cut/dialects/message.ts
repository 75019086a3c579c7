import type { Complaint, Span } from '#mailast';
import { cutHeader, type HeaderCut, isKnownField, leadingEmpty } from '../header.ts';
import { garbageAtEnd } from '../mailbox/garbage.ts';
import { headerEndOf } from '../mailbox/header-end.ts';
import { nextUnmarked, type UnmarkedStart } from '../mailbox/unmarked.ts';
import type { Dialect, MessageCut } from '../message-cut.ts';
import { cutMailbox, withoutSeparator } from './mbox.ts';

/**
 * A mail with its header: an `.eml` file, a message saved from a mail program; also several of them one behind the other, and a mailbox that
 * lost its first `From ` line.
 */
export const message: Dialect = {
  name: 'message',
  recognises(head) {
    const { fields } = cutHeader(head, leadingEmpty(head), head.length);
    return fields.slice(0, 20).filter(({ name }) => isKnownField(name) && isWrittenByMail(name)).length >= 2;
  },
  cut({ text }) {
    const cuts: MessageCut[] = [];
    let start = leadingEmpty(text);
    while (true) {
      const header = cutHeader(text, start, text.length);
      const { boundary } = headerEndOf(text, header.fields, header.bodyStart, 0);
      const next = nextUnmarked(text, header.bodyStart, boundary);
      const span = { start: cuts.length === 0 ? 0 : start, end: next?.start ?? text.length };
      cuts.push(cutOne(text, span, header, next));
      if (!next) return cuts;
      if (next.marked) return [...cuts, ...cutMailbox(text, { start: next.start, from: 'dated' })];
      start = next.start;
    }
  },
};

function cutOne(text: string, span: Span, header: HeaderCut, next: UnmarkedStart | undefined): MessageCut {
  const { fields, bodyStart } = header;
  const garbage = next ? undefined : garbageAtEnd(text, bodyStart);
  const end = next?.marked ? withoutSeparator(text, bodyStart, span.end) : (garbage?.end ?? span.end);
  const complaints: Complaint[] = [...header.complaints];
  if (span.start > 0) complaints.unshift(unmarked(span.start, fields[0]?.end));
  if (next?.marked) complaints.unshift(withoutEnvelope(fields[0]));
  if (garbage) complaints.push(garbage.complaint);
  return {
    dialect: 'message',
    span,
    fields,
    body: { start: bodyStart, end },
    furniture: garbage ? [{ start: garbage.start, end: garbage.end }] : [],
    breaks: [],
    escapedFrom: false,
    complaints,
  };
}

function unmarked(start: number, end = start): Complaint {
  const reason =
    'No line divides this message from the one above; it was taken to begin because a whole header stands here.';
  return { ruleId: 'message-unmarked', reason, severity: 'info', start, end };
}

function withoutEnvelope(field: Span | undefined): Complaint {
  const reason = 'The first message of this mailbox has no "From " line; its beginning may be missing.';
  return { ruleId: 'from-line-missing', reason, severity: 'info', start: field?.start ?? 0, end: field?.end ?? 0 };
}

/** Mail writes `From` and `x-mailer`; `from:` and `to:` in small letters are keys of YAML and its kin. */
function isWrittenByMail(name: string): boolean {
  return /^[A-Z]|-/.test(name);
}
