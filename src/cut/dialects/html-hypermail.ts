import type { Span } from '#mailast';
import type { FieldCut, MessageCut } from '../message-cut.ts';
import { between, betweenPatterns, htmlCut } from './html-cut.ts';
import { bareField } from './page.ts';

const LOSS =
  'Of the header, a hypermail page keeps the subject, the sender, the date and ids in its source; receivers are not here, and white space of the text may be lost.';

const BODY = '<!-- body="start" -->';
/** The comments that hold a field. */
const COMMENTS: readonly (readonly [comment: string, field: string])[] = [
  ['sent', 'Date'],
  ['name', 'From'],
  ['subject', 'Subject'],
  ['id', 'Message-ID'],
  ['inreplyto', 'In-Reply-To'],
];
const MOST_HEADER = 4000;

/**
 * The source of a hypermail page: comments name the fields and the body.
 *
 *     <!-- sent="Mon Jul 10 2023 - 13:58:29 EST" -->
 *     <!-- id="20230710.1@example.org" -->
 *     <!-- body="start" -->
 */
export function hypermailHtml(html: string): MessageCut[] | undefined {
  const start = html.indexOf(BODY);
  if (start === -1) return undefined;
  const end = html.indexOf('<!-- body="end" -->', start);
  const body = bodyOf(html, start + BODY.length, end === -1 ? html.length : end);
  return [
    htmlCut(html, {
      dialect: 'hypermail',
      start: 0,
      end: html.length,
      fields: fieldsOf(html, body.start),
      body,
      loss: LOSS,
      stripped: !/<pre\b/i.test(html.slice(body.start, body.end)),
    }),
  ];
}

/** A visible sender with an address is worth more than the name in the comment. */
function fieldsOf(html: string, to: number): FieldCut[] {
  const sender = senderLine(html, to);
  const fields: FieldCut[] = [];
  for (const [comment, name] of COMMENTS) {
    const value = between(html, `<!-- ${comment}="`, '" -->', 0, to);
    const visible = name === 'From' && sender && (!value || html.slice(sender.start, sender.end).includes('@'));
    if (visible) fields.push(bareField(name, sender));
    else if (value && value.end > value.start) fields.push(bareField(name, value));
  }
  return fields;
}

function senderLine(html: string, to: number): Span | undefined {
  const label = /<(?:strong|dfn|b)>From:? ?<\/(?:strong|dfn|b)>:?/gi;
  return betweenPatterns(html, label, /<br\b|<\/(?:li|span|p)>|\n\n/gi, 0, to);
}

/** Newer pages show the header inside the body, and at its end when they received the mail. */
function bodyOf(html: string, start: number, end: number): Span {
  const shown = betweenPatterns(
    html,
    /<(?:address|ul|p) class="headers">/gi,
    /<\/(?:address|ul|p)>/gi,
    start,
    Math.min(end, start + MOST_HEADER),
  );
  const from = shown ? html.indexOf('>', shown.end) + 1 : start;
  const received = html.lastIndexOf('<span id="received">', end);
  return { start: from, end: received > from ? received : end };
}
