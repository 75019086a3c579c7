import type { Complaint, Span } from '#mailast';
import { cutHeader, type HeaderCut, leadingEmpty, lineEnd } from '../header.ts';
import { type FromLine, firstFromLineAt, fromLineAt } from '../mailbox/from-line.ts';
import { type Garbage, garbageAtEnd } from '../mailbox/garbage.ts';
import { headerEndOf } from '../mailbox/header-end.ts';
import { unitsOf } from '../mailbox/units.ts';
import { type WalkedMessage, walkMailbox } from '../mailbox/walk.ts';
import type { Dialect, MessageCut } from '../message-cut.ts';

/**
 * Messages behind `From ` lines that look like envelopes: mboxrd, mboxo, mboxcl and mboxcl2, and what `git format-patch` and patchwork write.
 *
 *     From ada@example.org Fri Jul  1 03:42:49 2022
 *     Subject: ...
 */
export const mbox: Dialect = {
  name: 'mbox',
  recognises: (head) => beginningOf(head) !== undefined,
  cut({ text }) {
    const first = beginningOf(text);
    return first ? withTextAbove(text, cutMailbox(text, first)) : [];
  },
};

/** A mailbox that does not begin with its first message: the first lines are garbage, or the end of a message that was cut off above. */
export const mboxBehindText: Dialect = {
  name: 'mbox',
  recognises: (head, { text }) => {
    const first = firstInside(text);
    return first !== undefined && (first.start < head.length || firstInside(text, first.start + 1) !== undefined);
  },
  cut({ text }) {
    const first = firstInside(text);
    return first ? withTextAbove(text, cutMailbox(text, first)) : [];
  },
};

/** Where the first message of a mailbox begins. */
export interface MailboxBeginning {
  start: number;
  from: FromLine;
}

export function beginningOf(text: string): MailboxBeginning | undefined {
  const start = leadingEmpty(text);
  const from = firstFromLineAt(text, start);
  return from && { start, from };
}

function firstInside(text: string, behind = 0): MailboxBeginning | undefined {
  for (let at = text.indexOf('\nFrom ', behind); at !== -1; at = text.indexOf('\nFrom ', at + 1)) {
    const from = fromLineAt(text, at + 1);
    if (from === 'dated' || from === 'git') return { start: at + 1, from };
  }
  return undefined;
}

/** A message that was walked, with its header. */
interface Held extends WalkedMessage {
  header: HeaderCut;
}

/** Cuts the messages from `first` on. */
export function cutMailbox(text: string, first: MailboxBeginning): MessageCut[] {
  const held: Held[] = [];
  let header: HeaderCut = { fields: [], bodyStart: first.start, complaints: [] };
  walkMailbox(
    unitsOf(text),
    first,
    (start, limit) => {
      header = cutHeader(text, start, limit);
      return headerEndOf(text, header.fields, header.bodyStart, 0);
    },
    (message) => held.push({ ...message, header }),
  );
  const unescaped = held.some((message) => isUnescaped(text, message));
  const last = held.at(-1);
  const garbage = last && garbageAtEnd(text, last.header.bodyStart);
  return held.map((message) => cutOne(text, message, unescaped, message === last ? garbage : undefined));
}

function cutOne(text: string, message: Held, unescaped: boolean, garbage: Garbage | undefined): MessageCut {
  const { start, end, header, countedEnd, from } = message;
  const { fields, bodyStart, complaints } = header;
  const textEnd = garbage?.start ?? end;
  const bodyEnd = countedEnd ?? withoutSeparator(text, bodyStart, textEnd);
  return {
    dialect: 'mbox',
    span: { start, end },
    fields,
    body: { start: bodyStart, end: garbage ? garbage.end : bodyEnd },
    furniture: garbage ? [{ start: garbage.start, end: garbage.end }] : [],
    breaks: [],
    escapedFrom: from !== 'git' && !(unescaped && countedEnd !== undefined),
    complaints: [...complaints, ...(garbage ? [garbage.complaint] : []), ...cutOff(text, message)],
  };
}

/** A body with a line that no mbox with escapes would have: this one counts instead (mboxcl2), and `>From ` stands as it was written. */
function isUnescaped(text: string, { header, countedEnd }: Held): boolean {
  if (countedEnd === undefined) return false;
  const found = unitsOf(text).nextFromLine(header.bodyStart);
  return found !== -1 && found < countedEnd;
}

/** The empty line at the end of every message, of the last one too, belongs to the mailbox. */
export function withoutSeparator(text: string, bodyStart: number, end: number): number {
  const lineStart = text.endsWith('\r\n', end) ? end - 2 : end - 1;
  if (lineStart < bodyStart || text.charCodeAt(end - 1) !== LF) return end;
  return text.charCodeAt(lineStart - 1) === LF ? lineStart : end;
}

const LF = 10;

function cutOff(text: string, { end, header: { bodyStart, complaints } }: Held): Complaint[] {
  if (end < text.length || bodyStart >= end || /\s$/.test(text.slice(-1))) return [];
  if (complaints.some(({ ruleId }) => ruleId === 'header-cut-off')) return [];
  const reason = 'The mailbox ends in the middle of a line: its end may be missing.';
  return [{ ruleId: 'mailbox-cut-off', reason, severity: 'info', start: end - 1, end }];
}

/** What stands above the first message is kept as furniture of it; empty lines are just passed over. */
function withTextAbove(text: string, [top, ...others]: MessageCut[]): MessageCut[] {
  if (!top) return [];
  const above: Span = { start: leadingEmpty(text), end: top.span.start };
  const span = { start: 0, end: top.span.end };
  while (above.end > above.start && /\s/.test(text.charAt(above.end - 1))) above.end--;
  if (above.end <= above.start) return [{ ...top, span }, ...others];
  const [end] = lineEnd(text, above.start, above.end);
  const complaint: Complaint = {
    ruleId: 'text-above-mailbox',
    reason: 'Text stands above the first message of this mailbox; it was kept apart from the messages.',
    severity: 'warning',
    start: above.start,
    end,
  };
  const { furniture, complaints } = top;
  return [{ ...top, span, furniture: [above, ...furniture], complaints: [complaint, ...complaints] }, ...others];
}
