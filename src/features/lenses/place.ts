import { seriesOf } from '#reading';
import { messageAt, type Reading } from '../reading.ts';

/** Where a reader is in a source. */
export interface MessagePlace {
  /** The number of the message, from 1, and how many there are. */
  message: number;
  messages: number;
  /** What its subject says about a series. */
  version?: number;
  part?: number;
  total?: number;
}

/** The place of an offset; absent above the first message. Reads no message but this one. */
export function messagePlace(reading: Reading, offset: number): MessagePlace | undefined {
  const index = messageAt(reading, offset);
  if (index === undefined) return undefined;
  const place = { message: index + 1, messages: reading.messages };
  const series = seriesOf(reading.page(index)?.subject ?? '');
  if (series?.part === undefined) return place;
  const { version, part, total } = series;
  return { ...place, version, part, ...(total === undefined ? {} : { total }) };
}
