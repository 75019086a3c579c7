import {
  cut,
  type FieldCut,
  headerAt,
  joinsOrEnds,
  type MessageCut,
  mailboxBeginning,
  type Units,
  walkMailbox,
} from '#cut';
import { decode } from '#decode';
import type { Complaint, Source, Span } from '#mailast';
import { Numbers } from './growing.ts';
import type { NamedIdNumbers } from './named-ids.ts';

/** The messages of one source, found in a fast pass: boundaries and ids. What the header says is read again when it is asked for. */
export interface IndexedSource {
  dialect: string;
  /** About the source as a whole. */
  complaints: readonly Complaint[];
  count: number;
  /** Where message `index` stands, in source units. */
  span(index: number): Span;
  /** The values of these fields of message `index`, decoded and unfolded, by their names in small letters; the first one of each name. */
  header(index: number, names: readonly string[]): ReadonlyMap<string, string>;
}

/**
 * Indexes the bytes of one source. A mailbox is walked without ever being made one string; other sources are small, and are cut as a
 * whole. The ids of each message are added to `named`, in order. Never fails on input.
 */
export function indexSource(units: Units, named: NamedIdNumbers): IndexedSource {
  const first = mailboxBeginning(units);
  return first ? indexMailbox(units, first, named) : indexWhole(units, named);
}

function indexMailbox(units: Units, first: Parameters<typeof walkMailbox>[1], named: NamedIdNumbers): IndexedSource {
  const starts = new Numbers();
  const headers = new Numbers();
  const ends = new Numbers();
  walkMailbox(
    units,
    first,
    (start, limit) => {
      const header = headerAt(units, start, limit, joinsOrEnds);
      headers.push(start);
      named.add(header.text, header.fields);
      return header.end;
    },
    ({ start, end }) => {
      // What stands above the first message belongs to it.
      starts.push(starts.length === 0 ? 0 : start);
      ends.push(end);
    },
  );
  return {
    dialect: 'mbox',
    complaints: [],
    count: starts.length,
    span: (index) => ({ start: starts.at(index), end: ends.at(index) }),
    header(index, names) {
      const { text, fields } = headerAt(units, headers.at(index), ends.at(index));
      return valuesOf({ units: 'bytes', text }, fields, names);
    },
  };
}

function indexWhole(units: Units, named: NamedIdNumbers): IndexedSource {
  const whole: Source = { units: 'bytes', text: units.slice(0, units.length) };
  const { source, dialect, messages, complaints } = cut(whole);
  for (const { fields } of messages) named.add(source.text, fields);
  return {
    dialect,
    complaints,
    count: messages.length,
    span: (index) => messages[index]?.span ?? { start: 0, end: 0 },
    header: (index, names) => valuesOf(source, messages[index]?.fields ?? [], names, messages[index]),
  };
}

function valuesOf(
  source: Source,
  fields: readonly FieldCut[],
  names: readonly string[],
  message?: MessageCut,
): ReadonlyMap<string, string> {
  const wanted = fields.filter(({ name }) => names.includes(name.toLowerCase()));
  const end = fields.at(-1)?.end ?? 0;
  const empty: MessageCut = {
    dialect: 'mbox',
    span: { start: 0, end },
    body: { start: end, end },
    furniture: [],
    breaks: [],
    escapedFrom: false,
    complaints: [],
    ...(message?.markup === undefined ? {} : { markup: message.markup }),
    fields: wanted,
  };
  const values = new Map<string, string>();
  for (const { name, value } of decode(source, empty).fields) {
    const key = name.toLowerCase();
    if (!values.has(key)) values.set(key, value);
  }
  return values;
}
