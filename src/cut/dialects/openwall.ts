import type { Source, Span } from '#mailast';
import type { Dialect, FieldCut, MessageCut } from '../message-cut.ts';
import { core, footerStart, linesWith, namedField, type PageLine, pageCut, pageLines } from './page.ts';

/**
 * A page of an archive made by blists (lists.openwall.net), saved as text: a bar, and a header with a tab behind each colon.
 *
 *     [<prev] [next>] [<thread-prev] [thread-next>] [day] [month] [year] [list]
 *     Date:	Mon, 3 Jul 2023 10:00:00 +0200
 *     From:	Ada Example <ada@...mple.org>
 */
export const openwall: Dialect = {
  name: 'openwall',
  recognises: (head) => barOf(head) !== undefined,
  cut: (source) => [cutPage(source)],
};

const LOSS =
  'This archive page has three dots in place of the start of each address domain, and shows no references: which mail this one answers is not known.';

const BAR = /(?:^|\s)(?:\[(?:<prev|next>|<thread-prev|thread-next>|day|month|year|list)\] ?){3,8}$/;
const FIELD = /^(Message-ID|Date|From|To|Cc|CC|Subject|Reply-To|In-Reply-To|References):/i;
const BELOW = /^(?:Powered by blists|Confused about mailing lists)\b/;

function isBar({ bullet, says }: PageLine): boolean {
  return !bullet && !says.startsWith('>') && BAR.test(says);
}

function barOf(text: string): PageLine | undefined {
  for (const line of pageLines(text, 0, text.length, 60)) if (isBar(line)) return line;
  return undefined;
}

function cutPage({ text }: Source): MessageCut {
  const bar = barOf(text);
  const { fields, bodyStart, indent } = headerOf(text, bar?.next ?? 0);
  const footer = footerStart(
    text,
    bodyStart,
    text.length,
    30,
    ({ says }) => BELOW.test(says),
    ({ says }) => BAR.test(says) || (says.length > 0 && says.length < 200 && !says.startsWith('>')),
  );
  return pageCut(text, {
    dialect: 'openwall',
    start: 0,
    end: text.length,
    fields,
    bodyStart,
    ...(footer === undefined ? {} : { footer }),
    inside: attachments(text, bodyStart, footer ?? text.length),
    loss: LOSS,
    indent,
  });
}

/** The fields below the bar, up to the empty line; folded lines are set in. */
function headerOf(text: string, from: number): { fields: FieldCut[]; bodyStart: number; indent: number } {
  const fields: FieldCut[] = [];
  let bodyStart = from;
  let indent = 0;
  for (const line of pageLines(text, from, text.length, 400)) {
    const name = FIELD.exec(line.says)?.[1];
    const last = fields.at(-1);
    if (name !== undefined && (!last || line.indent <= indent)) {
      if (!last) indent = line.indent;
      fields.push(namedField(text, name, line));
    } else if (last && line.says === '') return { fields, bodyStart: line.next, indent };
    else if (last && line.indent > indent) last.end = core(text, line).end;
    else if (line.says !== '') break;
    bodyStart = line.next;
  }
  return { fields, bodyStart, indent };
}

const ATTACHMENT = /^(?:View|Download) attachment ".{0,200}" of type ".{0,100}" \(\d{1,12} bytes\)$/;

/** Attachments are lines of the page below the text. */
function attachments(text: string, from: number, to: number): Span[] {
  const found: Span[] = [];
  for (const line of linesWith(text, ' attachment "', from, to)) {
    if (ATTACHMENT.test(line.says)) found.push(core(text, line));
  }
  return found;
}
