import type { Complaint, Span } from '#mailast';
import { cutHeader, type HeaderCut, isKnownField, leadingEmpty } from '../header.ts';
import { garbageAtEnd } from '../mailbox/garbage.ts';
import { fieldValue, headerEndOf } from '../mailbox/header-end.ts';
import { nextUnmarked, type UnmarkedStart } from '../mailbox/unmarked.ts';
import type { Dialect, FieldCut, MessageCut } from '../message-cut.ts';
import { cutMailbox, withoutSeparator } from './mbox.ts';

/**
 * A mail with its header: an `.eml` file, a message saved from a mail program; also several of them one behind the other, and a mailbox that
 * lost its first `From ` line.
 */
export const message: Dialect = {
  name: 'message',
  recognises(head) {
    const { fields } = cutHeader(head, leadingEmpty(head), head.length);
    if (isMime(head, fields[0])) return true;
    return fields.slice(0, 20).filter(({ name }) => isKnownField(name) && isWrittenByMail(name)).length >= 2;
  },
  cut({ text }) {
    const cuts: MessageCut[] = [];
    let start = leadingEmpty(text);
    while (true) {
      const header = cutHeader(text, start, text.length);
      const { fields, bodyStart } = innermost(text, header);
      const { boundary } = headerEndOf(text, fields, bodyStart, 0);
      const next = nextUnmarked(text, bodyStart, boundary);
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

/** Messages in messages are followed so many levels down. */
const DEEPEST = 20;

/** The header of the message that a message holds and is nothing but; else its own. It begins no message of the list. */
function innermost(text: string, header: HeaderCut): HeaderCut {
  let inner = header;
  for (let level = 0; level < DEEPEST; level++) {
    if (!/^message\/(?:rfc822|global)\b/i.test(fieldValue(text, inner.fields, 'content-type') ?? '')) break;
    inner = cutHeader(text, inner.bodyStart, text.length);
  }
  return inner;
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

/** A field that says how a body is parted stands in mail only, so one alone is enough: `Content-Type: multipart/mixed; boundary=x`. */
function isMime(head: string, field: FieldCut | undefined): boolean {
  if (field?.name.toLowerCase() !== 'content-type') return false;
  return /^\s*(?:multipart|message)\/[\w-]/i.test(head.slice(field.valueStart, field.end));
}

/** Mail writes `From` and `x-mailer`; `from:` and `to:` in small letters are keys of YAML and its kin. */
function isWrittenByMail(name: string): boolean {
  return /^[A-Z]|-/.test(name);
}
