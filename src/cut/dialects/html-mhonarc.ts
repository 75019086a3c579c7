import type { Span } from '#mailast';
import type { FieldCut, MessageCut } from '../message-cut.ts';
import { between, betweenPatterns, htmlCut } from './html-cut.ts';
import { bareField } from './page.ts';

const MHONARC =
  'Of the header, a MHonArc page keeps the subject, the sender, the date and ids in its source; domains of addresses may be masked.';
const MAIL_ARCHIVE =
  'This archive page shows the name of the sender, and of the header no more than subject and date; quote marks may have been taken away.';

const BODY = '<!--X-Body-of-Message-->';
/** What stands behind the body: its comment, or what the mail archive writes instead. */
const ENDS = ['<!--X-Body-of-Message-End-->', '<!--X-MsgBody-End-->', '<div class="msgButtons'];

/**
 * The source of a MHonArc page: comments hold the fields and mark the body.
 *
 *     <!--X-Subject: Re: [PATCH] tea: warm the pot -->
 *     <!--X-Message-Id: 20230703.1@example.org -->
 *     <!--X-Reference: 20230702.1@example.org -->
 *     <!--X-Body-of-Message-->
 */
export function mhonarcHtml(html: string): MessageCut[] | undefined {
  const at = html.indexOf(BODY);
  if (at === -1) return undefined;
  const start = at + BODY.length;
  const ends = ENDS.map((end) => html.indexOf(end, start)).filter((end) => end !== -1);
  const body = { start, end: Math.min(html.length, ...ends) };
  const fields = fieldsOf(html, at);
  const own = fields.some(({ name }) => name === 'Subject' || name === 'Message-ID');
  return [
    htmlCut(html, {
      dialect: own ? 'mhonarc' : 'mail-archive',
      start: 0,
      end: html.length,
      fields: own ? fields : schemaFields(html, at),
      body,
      loss: own ? MHONARC : MAIL_ARCHIVE,
    }),
  ];
}

const COMMENTS: readonly (readonly [comment: string, field: string])[] = [
  ['X-Subject', 'Subject'],
  ['X-Date', 'Date'],
  ['X-Message-Id', 'Message-ID'],
];
const LISTED = ['To', 'Cc', 'In-reply-to'];

function fieldsOf(html: string, to: number): FieldCut[] {
  const fields: FieldCut[] = [];
  for (const [comment, name] of COMMENTS) {
    const value = between(html, `<!--${comment}: `, ' -->', 0, to);
    if (value) fields.push(bareField(name, value));
  }
  for (const value of references(html, to)) fields.push(bareField('References', value));
  const turned = between(html, '<!--X-From-R13: ', ' -->', 0, to);
  const sender = turned ? undefined : listed(html, 'From', to);
  if (turned) fields.push({ ...bareField('From', turned), written: 'rot13' });
  else if (sender) fields.push(bareField('From', sender));
  for (const name of LISTED) {
    const value = listed(html, name, to);
    if (value) fields.push(bareField(name, value));
  }
  return fields;
}

/** Each reference has a comment of its own. */
function references(html: string, to: number): Span[] {
  const found: Span[] = [];
  let value = between(html, '<!--X-Reference: ', ' -->', 0, to);
  while (value && found.length < MOST_REFERENCES) {
    found.push(value);
    value = between(html, '<!--X-Reference: ', ' -->', value.end, to);
  }
  return found;
}

const MOST_REFERENCES = 1000;

/** A field in the visible list: `<li><em>To</em>: ...</li>`. */
function listed(html: string, name: string, to: number): Span | undefined {
  const label = new RegExp(`<(?:em|strong|b)>${name}:?</(?:em|strong|b)>:? ?`, 'gi');
  return betweenPatterns(html, label, /<\/li>|<li>|<br\b|<\/ul>/gi, 0, to);
}

/** The mail archive names subject and author in the words of schema.org. */
function schemaFields(html: string, to: number): FieldCut[] {
  const name = (open: RegExp): Span | undefined => betweenPatterns(html, open, /<\/span>/gi, 0, to);
  const subject =
    name(/<span class="subject">(?:<a\b[^<>]{0,400}>)?<span itemprop="name">/gi) ??
    betweenPatterns(html, /<h1\b[^<>]{0,400}>/gi, /<\/h1>/gi, 0, to);
  const author = name(/itemtype="https?:\/\/schema\.org\/Person"[^<>]{0,100}>\s{0,20}<span itemprop="name">/gi);
  const date = betweenPatterns(html, /<span class="date">(?:<a\b[^<>]{0,400}>)?/gi, /<\/(?:a|span)>/gi, 0, to);
  return [
    ...(subject ? [bareField('Subject', subject)] : []),
    ...(author ? [bareField('From', author)] : []),
    ...(date ? [bareField('Date', date)] : []),
  ];
}
