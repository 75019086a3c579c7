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
  return Object.assign(whenAsked(from, date), {
    clean: series?.clean ?? withoutReply(subject),
    reply: saysReply(subject),
    ...(series === undefined ? {} : { version: series.version }),
    ...(series?.part === undefined ? {} : { part: series.part }),
    ...(series?.total === undefined ? {} : { total: series.total }),
  });
}

/** Of most messages nobody asks for more than the subject: sender and date are read when they are. */
function whenAsked(from: string, date: string): Pick<Posting, 'sender' | 'date'> {
  let sender: { address: string | undefined } | undefined;
  let time: { date: number | undefined } | undefined;
  return {
    get sender() {
      sender ??= { address: addressesOf(from)[0]?.address?.toLowerCase() };
      return sender.address;
    },
    get date() {
      time ??= { date: timeOf(isoDate(date)) };
      return time.date;
    },
  };
}

function timeOf(date: string | undefined): number | undefined {
  const time = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(time) ? undefined : time;
}
