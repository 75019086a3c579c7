import type { Posting } from '#archive';
import { addressesOf } from './addresses.ts';
import { isoDate } from './date.ts';
import { saysReply, withoutReply } from './reply-prefix.ts';
import { seriesOf } from './series.ts';

/** What threading is told about a message where its ids say nothing; the values are those of its header, decoded. */
export function postingOf(header: { subject?: string; from?: string; date?: string }): Posting | undefined {
  const { subject, from = '', date = '' } = header;
  if (subject === undefined) return undefined;
  const series = seriesOf(subject);
  const sender = addressesOf(from)[0]?.address?.toLowerCase();
  const time = timeOf(isoDate(date));
  return {
    clean: series?.clean ?? withoutReply(subject),
    reply: saysReply(subject),
    ...(series === undefined ? {} : { version: series.version }),
    ...(series?.part === undefined ? {} : { part: series.part }),
    ...(series?.total === undefined ? {} : { total: series.total }),
    ...(sender === undefined ? {} : { sender }),
    ...(time === undefined ? {} : { date: time }),
  };
}

function timeOf(date: string | undefined): number | undefined {
  const time = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(time) ? undefined : time;
}
