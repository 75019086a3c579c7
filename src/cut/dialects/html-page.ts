import type { Complaint, Source } from '#mailast';
import { isKnownField } from '../header.ts';
import type { Dialect, FieldCut, MessageCut } from '../message-cut.ts';
import { htmlCut } from './html-cut.ts';
import { hypermailHtml } from './html-hypermail.ts';
import { mhonarcHtml } from './html-mhonarc.ts';
import { patchworkHtml } from './html-patchwork.ts';
import { pipermailHtml } from './html-pipermail.ts';
import { type Projection, project } from './html-projection.ts';
import { hypermail } from './hypermail.ts';
import { loreStripped } from './lore-stripped.ts';
import { loreText } from './lore-text.ts';
import { loreThread } from './lore-thread.ts';
import { mailArchive } from './mail-archive.ts';
import { marc } from './marc.ts';
import { mhonarc } from './mhonarc.ts';
import { openwall } from './openwall.ts';
import { bareField, namedField, pageLines, trimmed } from './page.ts';
import { pipermail } from './pipermail.ts';

/**
 * A page of an archive saved as HTML. Where the archive's program marks fields and body in its source, they are taken from there; otherwise the
 * page is shown as text, and read as that text would be. The text itself is always the HTML's.
 *
 *     <html><head><title>...</title></head><body><pre id=b>From: Ada Example &lt;ada@example.org&gt; ...
 */
export const htmlPage: Dialect = {
  name: 'html-page',
  recognises: (head, { text }) => isHtml(head) && archivePage(text) !== undefined,
  cut: ({ text }) => archivePage(text) ?? [],
};

/** Any other HTML: its text, with the header of a mail if it shows one. */
export const htmlText: Dialect = {
  name: 'html',
  recognises: isHtml,
  cut: ({ text }) => [otherPage(text)],
};

/** HTML begins with a tag or a comment, and soon says what it is. */
function isHtml(head: string): boolean {
  return (
    /^\s{0,400}<(?:!doctype html|!--|html\b|head\b|\?xml|body\b|pre\b|title\b|meta\b|table\b|div\b)/i.test(head) &&
    /<(?:!doctype html|html|head|title|body|pre)\b/i.test(head)
  );
}

/** The programs that mark what they write. */
const MARKED = [pipermailHtml, hypermailHtml, mhonarcHtml, patchworkHtml];
/** The rest is told by what the page shows. */
const SHOWN: readonly Dialect[] = [
  loreThread,
  loreText,
  loreStripped,
  hypermail,
  mhonarc,
  openwall,
  marc,
  pipermail,
  mailArchive,
];
const HEAD = 8192;

/** The messages of a page of an archive that is known. */
function archivePage(html: string): MessageCut[] | undefined {
  for (const read of MARKED) {
    const messages = read(html);
    if (messages) return messages;
  }
  const page = project(html);
  const source: Source = { units: 'utf16', text: page.text };
  const head = page.text.slice(0, HEAD);
  const dialect = SHOWN.find((one) => one.recognises(head, source));
  return dialect?.cut(source).map((message, index, all) => asHtml(html, page, message, all[index + 1]));
}

const WITH_IDS =
  'A thread page shows names without addresses; Message-IDs are taken from its links, and which message answers which from its tree of replies.';

/** A cut of the text that a page shows, as a cut of its HTML. */
function asHtml(html: string, page: Projection, message: MessageCut, next: MessageCut | undefined): MessageCut {
  const { fields, body, furniture, complaints } = message;
  const start = message.span.start === 0 ? 0 : page.spanOf(message.span.start, message.span.start).start;
  const end = next ? page.spanOf(next.span.start, next.span.start).start : html.length;
  const { start: bodyStart, inPre } = page.bodyFrom(body.start);
  const inBody = furniture.filter((span) => span.start >= body.start);
  const footer = inBody.at(-1);
  const [whole] = trimmed(page.text, body.start, body.end);
  const behind = footer && whole && footer.end >= whole.end ? footer : undefined;
  const mapped = fields.map((field) => bareField(field.name, page.spanOf(field.valueStart, field.end)));
  const permalinks = message.dialect === 'lore-thread' ? permalinkId(html, mapped, bodyStart) : [];
  return htmlCut(html, {
    dialect: message.dialect,
    start,
    end,
    fields: [...mapped, ...permalinks],
    ...(fields[0] ? { top: page.spanOf(fields[0].start, fields[0].start).start } : {}),
    body: { start: bodyStart, end: behind ? textEnd(page, body.start, behind.start, bodyStart) : end },
    markup: inPre ? 'pre' : 'html',
    loss: permalinks.length > 0 ? WITH_IDS : (complaints[0]?.reason ?? ''),
    inside: inBody.filter((span) => span !== behind).map((span) => page.spanOf(span.start, span.end)),
    ...(message.stripped ? { stripped: true } : {}),
    ...(message.answers === undefined ? {} : { answers: message.answers }),
  });
}

/** Where the HTML of the last text before `to` ends; what the page puts between it and its own lines is no text. */
function textEnd(page: Projection, from: number, to: number, none: number): number {
  const last = trimmed(page.text, from, to)[0];
  return last ? page.spanOf(last.start, last.end).end : none;
}

/** The links behind the date of a message on a thread page go to its Message-ID. */
function permalinkId(html: string, fields: readonly FieldCut[], to: number): FieldCut[] {
  const date = fields.find(({ name }) => name === 'Date');
  if (!date) return [];
  const behind = html.slice(date.end, Math.min(to, date.end + 1500));
  const link = /href="(?:\.\.\/){0,4}([^"/<>\s]{3,900})\/(?:raw)?"/i.exec(behind);
  if (!link?.[1]) return [];
  const start = date.end + link.index + link[0].indexOf(link[1]);
  return [{ ...bareField('Message-ID', { start, end: start + link[1].length }), written: 'percent' }];
}

const UNKNOWN: Complaint = {
  ruleId: 'html-page-unknown',
  reason: 'This is an HTML page of no archive that is known here; its text is read as one message.',
  severity: 'info',
  start: 0,
  end: 0,
};
const FOUND =
  'This is an HTML page of no archive that is known here; the lines that look like the header of a mail were read as one.';

/** A page that nobody knows: what looks like a header within its first lines makes it a mail. */
function otherPage(html: string): MessageCut {
  const page = project(html);
  const header = shownHeader(page.text);
  const body = header ? page.bodyFrom(header.bodyStart) : { start: 0, inPre: false };
  const cut = htmlCut(html, {
    dialect: 'html',
    start: 0,
    end: html.length,
    fields: header ? header.fields.map((one) => bareField(one.name, page.spanOf(one.valueStart, one.end))) : [],
    ...(header?.fields[0] ? { top: page.spanOf(header.fields[0].start, header.fields[0].start).start } : {}),
    body: { start: body.start, end: html.length },
    markup: body.inPre ? 'pre' : 'html',
    loss: FOUND,
  });
  return header ? cut : { ...cut, complaints: [UNKNOWN] };
}

/** Three known fields in a row, the sender among them, over an empty line or the text. */
function shownHeader(text: string): { fields: FieldCut[]; bodyStart: number } | undefined {
  let fields: FieldCut[] = [];
  let bodyStart = 0;
  for (const line of pageLines(text, 0, text.length, MOST_SEARCHED)) {
    const name = /^([A-Z][A-Za-z-]{1,40}): /.exec(line.says)?.[1];
    if (name !== undefined && isKnownField(name)) {
      fields.push(namedField(text, name, line));
      bodyStart = line.next;
    } else if (isHeader(fields)) break;
    else fields = [];
  }
  return isHeader(fields) ? { fields, bodyStart } : undefined;
}

const MOST_SEARCHED = 400;

function isHeader(fields: readonly FieldCut[]): boolean {
  return fields.length >= 3 && fields.some(({ name }) => name.toLowerCase() === 'from');
}
