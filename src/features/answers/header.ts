import type { HeaderField, Source } from '#mailast';
import { type Address, addressesOf, isoDate, messageIdsOf } from '#reading';
import type { Page } from '../reading.ts';

/** What a message says about itself in its header. What the text does not give is absent. */
export interface HeaderAnswer {
  messageId?: string;
  inReplyTo: readonly string[];
  references: readonly string[];
  from?: Address;
  to: readonly Address[];
  cc: readonly Address[];
  subject?: string;
  /** As it is written, encoded words and all, unfolded. */
  subjectRaw?: string;
  /** ISO 8601 with its own offset. */
  date?: string;
  /** In written order; `start` and `end` in bytes of the file. */
  headers: readonly { name: string; value: string; start: number; end: number }[];
}

export function headerAnswer(page: Page, source: Source): HeaderAnswer {
  const values = (name: string): readonly string[] => page.fields.get(name) ?? [];
  const header = page.message.tree.children.find((child) => child.type === 'header');
  const fields = header?.children ?? [];
  const subject = fields.find((field) => field.name.toLowerCase() === 'subject');
  const messageId = values('message-id').flatMap(messageIdsOf)[0];
  const addresses = (name: string): Address[] => fieldAddresses(page, source, name);
  const [from] = addresses('from');
  const date = isoDate(values('date')[0] ?? '');
  return {
    ...(messageId === undefined ? {} : { messageId }),
    inReplyTo: values('in-reply-to').flatMap(messageIdsOf),
    references: values('references').flatMap(messageIdsOf),
    ...(from === undefined ? {} : { from }),
    to: addresses('to'),
    cc: addresses('cc'),
    ...(subject === undefined ? {} : { subject: subject.value, subjectRaw: rawValue(page, source, subject) }),
    ...(date === undefined ? {} : { date }),
    headers: page.message.readable.fields.map(({ name, value, source }) => ({ name, value, ...source })),
  };
}

/** The addresses of all fields of a name, which is in small letters. Without the source, names with a comma are joined as well as they can be. */
export function fieldAddresses(page: Page, source: Source | undefined, name: string): Address[] {
  const header = page.message.tree.children.find((child) => child.type === 'header');
  const fields = (header?.children ?? []).filter((field) => field.name.toLowerCase() === name);
  return fields.flatMap((field) => addressesIn(page, source, field));
}

/** As it is written where it has encoded words: a comma in one of them parts no addresses. */
function addressesIn(page: Page, source: Source | undefined, field: HeaderField): Address[] {
  const written = source ? rawValue(page, source, field) : field.value;
  return addressesOf(written.includes('=?') ? written : field.value);
}

function placeOf(page: Page, field: HeaderField): { start: number; end: number } {
  return page.place({ start: field.position.start.offset, end: field.position.end.offset });
}

/** The title line of an archive page has no name before its value. */
function rawValue(page: Page, source: Source, field: HeaderField): string {
  const { start, end } = placeOf(page, field);
  const written = textOf(source, source.text.slice(start, end));
  const name = `${field.name}:`;
  return (written.startsWith(name) ? written.slice(name.length) : written).replace(/\r?\n(?=[ \t])/g, '').trim();
}

function textOf(source: Source, units: string): string {
  if (source.units === 'utf16') return units;
  return new TextDecoder().decode(Uint8Array.from(units, (unit) => unit.charCodeAt(0)));
}
