import { isoDate, type LogicalText, sentenceAround, seriesOf } from '#reading';
import type { Place } from '../plain.ts';
import type { Page } from '../reading.ts';

/** Words of a mail about a term: who said them, and where. */
export interface Said {
  /** The index of the message in the source, from 0. */
  message: number;
  /** The term as it stands there, in the units of the source. */
  place: Place;
  /** The first offset of the term in the readable text of its message. */
  at: number;
  /** Who said it: of a quote the one who is quoted. Absent when nobody says. */
  speaker?: string;
  quoted: boolean;
  /** The sentence it stands in, where that explains it. */
  sentence?: string;
  /** What the mail is called in a sentence: `patch 12/22, 27 Jun 2023`. */
  mail: string;
}

/** What stands at `start` to `end` of a logical text, as something that was said. */
export function saidAt(page: Page, where: LogicalText, start: number, end: number): Said | undefined {
  const span = where.spans(start, end)[0];
  if (!span) return undefined;
  const speaker = page.speakerAt(span.start);
  return {
    message: page.message.index,
    place: page.place(span),
    at: span.start,
    ...(speaker === undefined ? {} : { speaker }),
    quoted: where.depth > 0 || speaker !== page.voices.author,
    mail: mailName(page),
  };
}

/** The sentence around a place of a logical text. */
export function sentenceAt({ text }: LogicalText, at: number): string {
  const { start, end } = sentenceAround(text, at);
  return text.slice(start, end);
}

/** `patch 12/22, 27 Jun 2023`, `the cover letter`, `a mail of 27 Jun 2023`. */
function mailName({ subject = '', fields }: Page): string {
  const series = seriesOf(subject);
  const isReply = /^\s*re:/i.test(subject);
  const date = dayOf(fields.get('date')?.[0]);
  const numbered = series?.part !== undefined && series.total !== undefined;
  if (!numbered || isReply) return date === undefined ? 'another mail' : `a mail of ${date}`;
  const name = series.part === 0 ? 'the cover letter' : `patch ${series.part}/${series.total}`;
  return date === undefined ? name : `${name}, ${date}`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `27 Jun 2023`, as the sender's clock had it. */
function dayOf(field: string | undefined): string | undefined {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})/.exec((field && isoDate(field)) || '') ?? [];
  const name = MONTHS[Number(month) - 1];
  return name === undefined ? undefined : `${Number(day)} ${name} ${year}`;
}
