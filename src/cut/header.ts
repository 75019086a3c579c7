import type { Complaint, Span } from '#mailast';
import type { FieldCut } from './message-cut.ts';

export interface HeaderCut {
  fields: FieldCut[];
  /** Where the body begins, behind the empty line. */
  bodyStart: number;
  complaints: Complaint[];
}

const COLON = 58;
const SPACE = 32;
const TAB = 9;

/**
 * Where the colon of a header field stands, or -1. A name is printable ASCII without space and colon (RFC 5322, 2.2); spaces before the
 * colon, which old mailers wrote, are no part of it.
 */
export function fieldColon(text: string, start: number, end: number): number {
  let spaced = false;
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (unit === COLON) return at > start ? at : -1;
    if (unit === SPACE || unit === TAB) spaced = true;
    else if (spaced || unit < 33 || unit > 126) return -1;
    if (spaced && at === start) return -1;
  }
  return -1;
}

/** How long a header may be, in source units; fields that begin behind it are passed over. Real headers have some 10,000. */
const LONGEST = 1_000_000;

/**
 * Reads header fields from `start` up to the empty line, or to `limit`; where a million headers are read, only the fields whose name, from `start` to
 * the colon, is `wanted`. Linear; never fails.
 */
export function cutHeader(
  text: string,
  start: number,
  limit: number,
  wanted?: (text: string, start: number, colon: number) => boolean,
): HeaderCut {
  const header = readHeader(text, start, limit, wanted);
  const first = header.fields.findIndex((one) => one.start - start > LONGEST);
  const left = header.fields[first];
  if (!left) return header;
  const reason = `This header is longer than ${LONGEST} bytes; the fields from here on were passed over.`;
  const tooLong: Complaint = {
    ruleId: 'header-too-long',
    reason,
    severity: 'warning',
    start: left.start,
    end: left.end,
  };
  const kept = header.complaints.filter((one) => (one.start ?? 0) < left.start);
  return { ...header, fields: header.fields.slice(0, first), complaints: [...kept, tooLong] };
}

function readHeader(
  text: string,
  start: number,
  limit: number,
  wanted: ((text: string, start: number, colon: number) => boolean) | undefined,
): HeaderCut {
  const fields: FieldCut[] = [];
  const complaints: Complaint[] = [];
  /** Stands for every field that is not wanted. */
  const passed: Span = { start, end: start };
  let last: Span | undefined;
  let tooLong = false;
  let at = start;
  while (at < limit) {
    const [end, next] = lineEnd(text, at, limit);
    if (end === at) return { fields, bodyStart: next, complaints };
    const first = text.charCodeAt(at);
    const folded = (first === SPACE || first === TAB) && last !== undefined;
    const colon = folded ? -1 : fieldColon(text, at, end);
    if (last && folded) last.end = end;
    else if (colon !== -1) {
      if (tooLong || (wanted && !wanted(text, at, colon))) {
        passed.start = at;
        last = passed;
      } else {
        const read = field(text, at, colon, end);
        fields.push(read);
        last = read;
        tooLong = at - start > LONGEST;
      }
    } else if (last && !text.startsWith('--', at) && fieldFollows(text, next, limit)) {
      complaints.push(unreadable(at, end));
    } else if (last && end < next) {
      complaints.push(unmarkedEnd(at));
      return { fields, bodyStart: at, complaints };
    } else break;
    at = next;
  }
  if (last) complaints.push(cutOff(last.start, at < limit ? limit : last.end));
  return { fields, bodyStart: Math.min(at, limit), complaints };
}

function unreadable(start: number, end: number): Complaint {
  const reason = 'A line in the header is neither a field nor a continuation; it was passed over.';
  return { ruleId: 'header-line-unreadable', reason, severity: 'warning', start, end };
}

function cutOff(start: number, end: number): Complaint {
  return {
    ruleId: 'header-cut-off',
    reason:
      'The message ends inside its header: there is no empty line and no body. The file may have been cut off here.',
    severity: 'warning',
    start,
    end,
  };
}

function unmarkedEnd(at: number): Complaint {
  return {
    ruleId: 'header-end-unmarked',
    reason: 'No empty line ends the header; the body is taken to begin at the first line that is no header field.',
    severity: 'info',
    start: at,
    end: at,
  };
}

function field(text: string, start: number, colon: number, end: number): FieldCut {
  const afterColon = colon + 1;
  const valueStart = text.charCodeAt(afterColon) === SPACE ? afterColon + 1 : afterColon;
  return { name: text.slice(start, colon).trimEnd(), start, valueStart: Math.min(valueStart, end), end };
}

function fieldFollows(text: string, start: number, limit: number): boolean {
  if (start >= limit) return false;
  const [end] = lineEnd(text, start, limit);
  return fieldColon(text, start, end) !== -1;
}

/** Where the first line that holds more than white space begins; the length of the text when there is none. */
export function leadingEmpty(text: string): number {
  let lineStart = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 10) lineStart = at + 1;
    else if (unit !== 13 && unit !== SPACE && unit !== TAB) return lineStart;
  }
  return text.length;
}

/** The end of the line that begins at `start` (LF and CRLF end a line) and the start of the next one. */
export function lineEnd(text: string, start: number, limit: number): [end: number, next: number] {
  const lf = text.indexOf('\n', start);
  if (lf === -1 || lf >= limit) return [limit, limit];
  return [lf > start && text.charCodeAt(lf - 1) === 13 ? lf - 1 : lf, lf + 1];
}

/** Fields that stand in real list mail; two of them in a row at the top make a text a message. */
const KNOWN = new Set(
  (
    'from to cc bcc subject date message-id in-reply-to references received return-path delivered-to sender reply-to ' +
    'mime-version content-type content-transfer-encoding user-agent precedence list-id list-unsubscribe list-archive ' +
    'list-post list-help list-subscribe dkim-signature authentication-results received-spf arc-seal arc-message-signature ' +
    'arc-authentication-results organization importance errors-to resent-from resent-to resent-date resent-message-id ' +
    'mail-followup-to content-disposition content-language content-id lines status x-mailer x-mailing-list'
  ).split(' '),
);

export function isKnownField(name: string): boolean {
  const lower = name.toLowerCase();
  return KNOWN.has(lower) || /^(x|arc)-[a-z]/.test(lower);
}
