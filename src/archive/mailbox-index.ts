import { cut, type FieldCut, headerAt, type MessageCut, mailboxBeginning, type Units } from '#cut';
import { decode, unfold } from '#decode';
import { type Complaint, type Source, type Span, textOfUnits } from '#mailast';
import { MailboxWalk } from './mailbox-walk.ts';
import type { MessageTable } from './message-table.ts';
import { NamedIdNumbers } from './named-ids.ts';

/** The messages of one source, found in a fast pass: boundaries and ids. What the header says is read again when it is asked for. */
export interface IndexedSource {
  dialect: string;
  /** About the source as a whole. */
  complaints: readonly Complaint[];
  count: number;
  /** Where message `index` stands, in source units. */
  span(index: number): Span;
  /** The name of the blob that message `index` is, where each is one of its own; `span` is then of the blob. */
  blob?(index: number): string;
  /** The path of the file that message `index` stands in, where there are several; `span` is then of its content. */
  file?(index: number): string;
  /** When message `index` was sent, in milliseconds since 1970; NaN where only its header, read again, can tell. */
  time(index: number): number;
  /** The values of these fields of message `index`, decoded and unfolded, by their names in small letters; the first one of each name. */
  header(index: number, names: readonly string[]): ReadonlyMap<string, string>;
  /** The same fields so that they can be kept: as they were written, one unit a byte, each with a line end behind it. */
  written(index: number, names: readonly string[]): string;
}

/** How far the fast pass has come. */
export interface IndexProgress {
  /** Units of the source, from its start. */
  read: number;
  messages: number;
}

/**
 * Indexes the bytes of one source. A mailbox is walked without ever being made one string; other sources are small, and are cut as a
 * whole. The ids of each message are added to `named`, in order. Never fails on input.
 */
export function indexSource(units: Units, named: NamedIdNumbers): IndexedSource {
  const steps = indexInSlices(units, Number.POSITIVE_INFINITY, named);
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

/** The same in slices of about `budget` units, one for each turn of a host that must not wait. */
export function* indexInSlices(
  units: Units,
  budget: number,
  named: NamedIdNumbers,
): Generator<IndexProgress, IndexedSource> {
  const first = mailboxBeginning(units);
  if (!first) return indexWhole(units, named);
  const walk = new MailboxWalk(units, first, named);
  while (walk.goOn(budget)) yield walk.progress;
  return tableSource(walk.places(), units);
}

/** The table of a mailbox, which can be kept; in slices as above. Absent where the source is no mailbox. */
export function* tableInSlices(units: Units, budget: number): Generator<IndexProgress, MessageTable | undefined> {
  const first = mailboxBeginning(units);
  if (!first) return undefined;
  const named = new NamedIdNumbers();
  const walk = new MailboxWalk(units, first, named);
  while (walk.goOn(budget)) yield walk.progress;
  return { ...walk.places(), ids: named.table() };
}

/** What a table says of the messages in a source, which must be the one that it was made from. */
export function tableSource(
  { starts, headers, dates, length }: Omit<MessageTable, 'ids'>,
  units: Units,
): IndexedSource {
  const endOf = (index: number): number => starts[index + 1] ?? length;
  const headerOf = (index: number): HeaderAt => headerAt(units, headers[index] ?? 0, endOf(index));
  return {
    dialect: 'mbox',
    complaints: [],
    count: starts.length,
    span: (index) => ({ start: starts[index] ?? 0, end: endOf(index) }),
    time: (index) => dates[index] ?? Number.NaN,
    header(index, names) {
      const { text, fields } = headerOf(index);
      return valuesOf({ units: 'bytes', text }, fields, names);
    },
    written(index, names) {
      const { text, fields } = headerOf(index);
      return writtenIn(text, fields, names);
    },
  };
}

type HeaderAt = ReturnType<typeof headerAt>;

export function writtenIn(text: string, fields: readonly FieldCut[], names: readonly string[]): string {
  const wanted = fields.filter(({ name }) => names.includes(name.toLowerCase()));
  return wanted.map(({ start, end }) => `${text.slice(start, end)}\n`).join('');
}

/** A text cannot be longer on every engine; in units. Mail that is no mailbox is a few MB at most. */
const MOST_WHOLE = 2 ** 28;

const TOO_LARGE: Complaint = {
  ruleId: 'too-large-for-mail',
  reason:
    'This file is no mailbox, and too large to be a mail or a page. Open an mbox, a mail, a patch or a saved archive page.',
  severity: 'error',
  start: 0,
  end: 0,
};

function indexWhole(units: Units, named: NamedIdNumbers): IndexedSource {
  const isTooLarge = units.length > MOST_WHOLE;
  const whole: Source = { units: 'bytes', text: isTooLarge ? '' : units.slice(0, units.length) };
  const { source, dialect, messages, complaints: found } = cut(whole);
  const complaints = isTooLarge ? [TOO_LARGE] : found;
  for (const { fields } of messages) named.add(source.text, fields);
  return {
    dialect,
    complaints,
    count: messages.length,
    span: (index) => messages[index]?.span ?? { start: 0, end: 0 },
    time: () => Number.NaN,
    header: (index, names) => valuesOf(source, messages[index]?.fields ?? [], names, messages[index]),
    written(index, names) {
      const { fields = [], markup } = messages[index] ?? {};
      // On a page the signs of a header are written in another way.
      if (markup === undefined) return writtenIn(source.text, fields, names);
      const values = valuesOf(source, fields, names, messages[index]);
      return textOfUnits(new TextEncoder().encode([...values].map(([name, value]) => `${name}: ${value}\n`).join('')));
    },
  };
}

/** The values of some of the fields that stand in a source, decoded. */
export function valuesOf(
  source: Source,
  fields: readonly FieldCut[],
  names: readonly string[],
  message?: MessageCut,
): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  const coded: FieldCut[] = [];
  for (const field of fields) {
    const key = field.name.toLowerCase();
    if (!names.includes(key) || values.has(key)) continue;
    const plain = message?.markup === undefined ? plainValue(source.text, field) : undefined;
    // Its place among the others is kept.
    values.set(key, plain ?? '');
    if (plain === undefined) coded.push(field);
  }
  if (coded.length > 0) decodeInto(values, source, coded, message);
  return values;
}

function decodeInto(
  values: Map<string, string>,
  source: Source,
  fields: readonly FieldCut[],
  message: MessageCut | undefined,
): void {
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
    fields,
  };
  for (const { name, value } of decode(source, empty).fields) values.set(name.toLowerCase(), value);
}

const [TAB, LF, CR, FIRST, LAST] = [9, 10, 13, 32, 126];

/** The value of a field that is ASCII without coded words: most are, and need no decoding. */
function plainValue(text: string, { valueStart, end, written }: FieldCut): string | undefined {
  if (written !== undefined) return undefined;
  for (let at = valueStart; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= FIRST ? unit > LAST : unit !== TAB && unit !== LF && !(unit === CR && text.charCodeAt(at + 1) === LF))
      return undefined;
  }
  const value = text.slice(valueStart, end);
  return value.includes('=?') ? undefined : unfold(value);
}
