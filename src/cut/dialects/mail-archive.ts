import type { Source, Span } from '#mailast';
import type { Dialect, FieldCut, MessageCut } from '../message-cut.ts';
import { bareField, core, footerStart, type PageLine, pageCut, pageLines } from './page.ts';

/**
 * A page of mail-archive.com, saved as text: the subject, then the sender and the date in one line or two; one message or several.
 *
 *     Re: [PATCH] tea: warm the pot
 *     Ada Example Mon, 03 Jul 2023 10:00:00 -0700
 *
 *     Warm the cup instead.
 *     Reply via email to
 */
export const mailArchive: Dialect = {
  name: 'mail-archive',
  recognises(head, { text }) {
    const first = headsOf(head).next().value;
    return first !== undefined && (SITE.test(head + text.slice(-TAIL)) || isTop(head, first));
  },
  cut: cutPage,
};

const LOSS =
  'This archive page shows the name of the sender at most, no Message-ID and no references; quote marks may have been taken away.';

/** Words of the site; they stand above or below the messages. */
const SITE =
  /\b(?:mail-archive\.com|The Mail Archive|Reply via email to|\[EMAIL PROTECTED\])|^\s{0,8}(?:\* )?View by (?:thread|date)\s*$/im;
const TAIL = 4000;
const DATE =
  /(?:^|\s|(?<=[a-z]))((?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d(?::\d\d)?(?: [+-]\d{4})?(?: \([A-Z]{2,5}\))?)$/;
const NAVIGATION =
  /^(?:Skip to site navigation|Chronological|Thread|Find(?: in this (?:group|list))?|(?:<-- )?(?:Previous|Next) message(?:-->)?|View by (?:thread|date)|Reply via email to|The Mail Archive.{0,60}|Mail list logo|Messages by (?:date|thread)|\[?(?:advanced search|prev in|next in).{0,40}|Add your mailing list|FAQ|Support|Privacy)$/i;

interface Head {
  title: Span;
  sender?: Span;
  date: Span;
  /** Where the title begins, and where the text does. */
  start: number;
  bodyStart: number;
}

/** A line with a date at its end, a name before it or above, and a title above that. A second message has the same title. */
function* headsOf(text: string): Generator<Head> {
  let above: PageLine[] = [];
  let first: string | undefined;
  for (const line of pageLines(text, 0, text.length, Number.POSITIVE_INFINITY)) {
    const date = line.bullet || line.says.startsWith('>') ? undefined : DATE.exec(line.says)?.[1];
    const head = date === undefined ? undefined : headAt(text, above, line, date);
    const title = head && withoutReply(text.slice(head.title.start, head.title.end));
    if (head && (first === undefined || first === title)) {
      first = title;
      above = [];
      yield head;
    } else if (NAVIGATION.test(line.says)) above = [];
    else if (line.says !== '') above = [...above.slice(-1), line];
  }
}

/** Without a word of the site: a subject that only mail has, and the sender and the date right below it, at the top of the page. */
function isTop(text: string, { title, sender, date }: Head): boolean {
  const subject = text.slice(title.start, title.end);
  const above = text.slice(0, title.start).split('\n', MOST_ABOVE + 1).length;
  const between = text.slice(title.end, date.start).split('\n', MOST_BETWEEN + 1).length;
  const onlyMail = /^(?:re|aw|fwd?): |^\[[^\]]{2,60}\]/i.test(subject);
  return sender !== undefined && onlyMail && above <= MOST_ABOVE && between <= MOST_BETWEEN;
}

const MOST_ABOVE = 8;
const MOST_BETWEEN = 4;

function headAt(text: string, above: readonly PageLine[], line: PageLine, date: string): Head | undefined {
  const { start, end } = core(text, line);
  const dateStart = text.lastIndexOf(date, end);
  if (dateStart < start) return undefined;
  const before = core(text, { start, end: dateStart });
  const alone = before.end === before.start;
  const named = alone && above.length > 1 && isName(above.at(-1)?.says ?? '');
  if (!alone && !isName(text.slice(before.start, before.end))) return undefined;
  const title = above.at(named ? -2 : -1);
  if (!title) return undefined;
  const name = named ? above.at(-1) : before;
  return {
    title: core(text, title),
    ...(alone && !named ? {} : { sender: core(text, name ?? before) }),
    date: { start: dateStart, end: dateStart + date.length },
    start: title.start,
    bodyStart: line.next,
  };
}

function isName(says: string): boolean {
  return /^[^:>[\]]{1,60}$/.test(says) && says.split(' ').length <= 6;
}

function withoutReply(subject: string): string {
  return subject.replace(/^(?:re: ?){1,9}/i, '').replace(/\s+/g, ' ');
}

function cutPage({ text }: Source): MessageCut[] {
  const heads = [...headsOf(text)];
  return heads.map((head, index) => {
    const end = heads[index + 1]?.start ?? text.length;
    const footer = footerStart(
      text,
      head.bodyStart,
      end,
      60,
      ({ says }) => NAVIGATION.test(says),
      () => false,
    );
    return pageCut(text, {
      dialect: 'mail-archive',
      start: index === 0 ? 0 : head.start,
      end,
      fields: fieldsOf(head),
      bodyStart: head.bodyStart,
      ...(footer === undefined ? {} : { footer }),
      loss: LOSS,
      indent: head.title.start - head.start,
    });
  });
}

function fieldsOf({ title, sender, date }: Head): FieldCut[] {
  return [bareField('Subject', title), ...(sender ? [bareField('From', sender)] : []), bareField('Date', date)];
}
