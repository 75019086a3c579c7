import type { MessageReading } from '#parse';
import { type Address, addressesOf } from '../addresses.ts';
import { isoDate } from '../date.ts';
import { fieldsOf, messageIdsOf } from '../header.ts';
import type { MessageKind } from '../kind.ts';
import { type SeriesPlace, seriesOf } from '../series.ts';

/** One mail of a thread, as far as trailers and series ask. */
export interface ThreadMail {
  key: string;
  kind: MessageKind;
  reading: MessageReading;
  messageId?: string;
  /** Ids of the mails before this one: the one that it answers first, then the others, nearest first. */
  answers: readonly string[];
  sender?: Address;
  /** In milliseconds; absent when the header has no date that can be read. */
  sent?: number;
  place: SeriesPlace;
  /** Whether its subject says which version it is, and which of how many. */
  says: { version: boolean; part: boolean };
}

export function threadMail(key: string, kind: MessageKind, reading: MessageReading): ThreadMail {
  const header = fieldsOf(reading.tree);
  const ids = (name: string): string[] => (header.get(name) ?? []).flatMap(messageIdsOf);
  const messageId = ids('message-id')[0];
  const sender = (header.get('from') ?? []).flatMap(addressesOf)[0];
  const sent = Date.parse(isoDate(header.get('date')?.[0] ?? '') ?? '');
  const place = seriesOf(header.get('subject')?.[0] ?? '', true) ?? NO_PLACE;
  return {
    key,
    kind,
    reading,
    ...(messageId === undefined ? {} : { messageId }),
    answers: [...ids('in-reply-to').slice(0, 1), ...ids('references').reverse()],
    ...(sender === undefined ? {} : { sender }),
    ...(Number.isNaN(sent) ? {} : { sent }),
    place,
    says: { version: /v\d/i.test(place.prefixes.join(' ')) && place.version > 0, part: place.part !== undefined },
  };
}

const NO_PLACE: SeriesPlace = { prefixes: [], version: 1, clean: '' };
