import type { Source } from '#mailast';
import type { Dialect, FieldCut, MessageCut } from '../message-cut.ts';
import { bareField, core, footerStart, namedField, type PageLine, pageCut, pageLines } from './page.ts';

/**
 * A page of a MHonArc archive (spinics and its kin), saved as text: the subject alone, a navigation bar, the body, and index links
 * at the end. Some archives list the header below the bar; the others name no sender.
 *
 *     Re: [PATCH] tea: warm the pot
 *
 *     [Date Prev][Date Next][Thread Prev][Thread Next][Date Index][Thread Index]
 */
export const mhonarc: Dialect = {
  name: 'mhonarc',
  recognises: (head) => barOf(head) !== undefined,
  cut: (source) => [cutPage(source)],
};

const WITHOUT_HEADER = 'This archive page does not say who wrote the message or when, and names no Message-ID.';
const WITH_HEADER =
  'This archive page shows only a part of the header; a Message-ID, references or addresses that are missing here were lost by the page.';

const BAR = /^\[(?:Date|Thread) (?:Prev|Next|Index)\b|^\[(?:Index|Message) (?:Nav|Prev|Next): \[/;
/** The lines that a page of this archive puts under a message. */
const BELOW =
  /^\[(?:Index of|Index|Date Prev|Date Next|Thread Prev)\b|^(?:Follow-Ups|References|(?:Prev|Previous|Next) by (?:Date|Thread)|Index\(es\)) ?:/i;
const AMONG = /^(?:Powered by|Date$|Thread$|From: |Re: |\[.{1,60}\])/;
const FIELD =
  /^(To|From|Subject|Date|Cc|Bcc|In-reply-to|References|Message-id|Reply-to|Sender|Resent-[A-Za-z-]{2,20}|User-agent|Organization|Delivered-to|Mail-followup-to|Importance|Priority|Comments|Keywords|X-[A-Za-z-]{2,30}): /i;

/** The bar: the first line of navigation; it stands within the first lines of the page. */
function barOf(text: string): PageLine | undefined {
  for (const line of pageLines(text, 0, text.length, 60)) if (!line.bullet && BAR.test(line.says)) return line;
  return undefined;
}

function cutPage(source: Source): MessageCut {
  const { text } = source;
  const bar = barOf(text);
  const { title, behind } = titleOf(text, bar);
  const list = headerList(text, behind);
  const listed = list.fields.some(({ name }) => name.toLowerCase() === 'subject');
  const fields = title && !listed ? [title, ...list.fields] : list.fields;
  const bodyStart = list.bodyStart;
  const footer = footerStart(
    text,
    bodyStart,
    text.length,
    80,
    ({ says }) => BELOW.test(says),
    ({ says, bullet }) => bullet || AMONG.test(says),
  );
  return pageCut(text, {
    dialect: 'mhonarc',
    start: 0,
    end: text.length,
    fields,
    bodyStart,
    ...(footer === undefined ? {} : { footer }),
    loss: list.fields.length > 0 ? WITH_HEADER : WITHOUT_HEADER,
    indent: bar?.indent ?? 0,
  });
}

/** The title stands above the bar, or below it where nothing is above. `behind` is where the rest of the page begins. */
function titleOf(text: string, bar: PageLine | undefined): { title?: FieldCut; behind: number } {
  if (!bar) return { behind: 0 };
  let behind = bar.next;
  for (const line of pageLines(text, bar.start, text.length, 12)) {
    if (!line.says.startsWith('[')) break;
    behind = line.next;
  }
  for (const line of pageLines(text, 0, bar.start, 60)) {
    if (line.says !== '') return { title: bareField('Subject', core(text, line)), behind };
  }
  for (const line of pageLines(text, behind, text.length, 12)) {
    if (line.says === '') continue;
    const alone = text.charCodeAt(line.next) === 10 || text.charCodeAt(line.next) === 13;
    return alone ? { title: bareField('Subject', core(text, line)), behind: line.next } : { behind };
  }
  return { behind };
}

/**
 * The header as a list. Without bullets it must name a receiver: a patch begins with `From:` and `Subject:` lines of its own.
 *
 *       * From: Ada Example <ada@example.org>
 *       * Date: Mon, 3 Jul 2023 10:00:00 +0200
 */
function headerList(text: string, from: number): { fields: FieldCut[]; bodyStart: number } {
  const fields: FieldCut[] = [];
  let bullets = true;
  let indent = 0;
  let bodyStart = from;
  for (const line of pageLines(text, from, text.length, 200)) {
    const name = FIELD.exec(line.says)?.[1];
    const last = fields.at(-1);
    if (name !== undefined) {
      fields.push(namedField(text, name, line));
      bullets &&= line.bullet;
      indent = line.indent;
    } else if (last && line.says !== '' && line.indent > indent) last.end = core(text, line).end;
    else if (line.says !== '' || last) break;
    if (last || name !== undefined) bodyStart = line.next;
  }
  const names = new Set(fields.map(({ name }) => name.toLowerCase()));
  const enough = names.has('from') && (names.has('to') || (bullets && (names.has('date') || names.has('subject'))));
  return enough ? { fields, bodyStart } : { fields: [], bodyStart: from };
}
