import type { Complaint, Source } from '#mailast';
import { isKnownField } from '../header.ts';
import type { Dialect, FieldCut, MessageCut } from '../message-cut.ts';
import { isFlatPatch, patchBreaks } from './flattened-patch.ts';
import { quoteBreaks } from './flattened-quotes.ts';
import { markRuns } from './quote-marks.ts';

/**
 * A raw mail that lost its line ends (and usually every `<token>`): one endless line. Lines are restored only where the text itself
 * says so: at the names of known header fields, at quote marks, at the signature. Nothing is inserted: the space that
 * stands where a line end stood is read as one.
 *
 *     Received: by host; Fri, 29 Apr 2022 ... Subject: Re: tea From: Ada To: Ben ... On Thu, Ben wrote: > > > Why > > tea?
 */
export const flattened: Dialect = {
  name: 'flattened',
  recognises(head, source) {
    const line = head.trim();
    if (line.length < 300 || hasSecondLine(source.text)) return false;
    if (distinct(fieldNames(line, 0, line.length)) >= LEAST_FIELDS || isFlatPatch(line)) return true;
    // Without a header, quotes must tell: `a > b` stands in much that is no mail.
    return markRuns(line, 0, line.length).length >= 3 && firstMatch(line, ATTRIBUTION, 0) !== undefined;
  },
  cut: (source) => [cutFlattened(source)],
};

const FIELD = /(?<=^|\s)[A-Z][A-Za-z0-9-]{1,60}:(?=\s|$)/g;
const FROM_LINE = /^From \S{1,200} {1,3}\w{3} \w{3} {1,2}\d{1,2} \d\d:\d\d:\d\d \d{4} (?=[A-Z])/;
const ATTRIBUTION = /(?<=^|\s)On [^>]{5,160}? wrote: /g;

function hasSecondLine(text: string): boolean {
  const first = text.search(/\S/);
  const lf = text.indexOf('\n', Math.max(first, 0));
  return lf !== -1 && /\S/.test(text.slice(lf, lf + 2000));
}

interface FieldName {
  name: string;
  start: number;
}

/** So many different fields make a header; a patch may begin with `From:` alone. */
const LEAST_FIELDS = 3;

function distinct(names: readonly FieldName[]): number {
  return new Set(names.map(({ name }) => name.toLowerCase())).size;
}

/** The names of known header fields in [start, limit), each at the start of a word and followed by a colon. */
function fieldNames(text: string, start: number, limit: number): FieldName[] {
  const names: FieldName[] = [];
  FIELD.lastIndex = start;
  for (let match = FIELD.exec(text); match && match.index < limit; match = FIELD.exec(text)) {
    const name = match[0].slice(0, -1);
    if (isKnownField(name)) names.push({ name, start: match.index });
  }
  return names;
}

function cutFlattened(source: Source): MessageCut {
  const { text } = source;
  const end = text.trimEnd().length;
  const start = text.length - text.trimStart().length;
  const firstQuote = markRuns(text, start, end)[0]?.marks[0];
  const firstAttribution = firstMatch(text, ATTRIBUTION, start);
  const headerLimit = Math.min(firstQuote ?? end, firstAttribution ?? end);
  const fields = cutFields(text, start, headerLimit);
  const body = bodyStart(text, fields, start);
  const last = fields.at(-1);
  if (last) endValue(text, last, Math.min(last.end, body.at));
  const quotes = quoteBreaks(text, body.at, end);
  const breaks = [...quotes.breaks, ...patchBreaks(text, body.at, Math.max(firstQuote ?? end, body.at))];
  return {
    dialect: 'flattened',
    span: { start: 0, end: text.length },
    fields,
    body: { start: body.at, end },
    furniture: [],
    breaks: [...new Set(breaks)].sort((a, b) => a - b),
    escapedFrom: false,
    stripped: true,
    complaints: [...restored(start, end), ...body.complaints, ...quotes.complaints],
  };
}

function firstMatch(text: string, pattern: RegExp, from: number): number | undefined {
  pattern.lastIndex = from;
  return pattern.exec(text)?.index;
}

/** Only a first field at the very start makes a header: a text that begins otherwise has none. The `From ` line of a mailbox may stand before. */
function cutFields(text: string, begin: number, limit: number): FieldCut[] {
  const start = begin + (FROM_LINE.exec(text.slice(begin, begin + 400))?.[0].length ?? 0);
  const names = fieldNames(text, start, limit);
  if (names[0]?.start !== start || distinct(names) < LEAST_FIELDS) return [];
  const fields: FieldCut[] = [];
  const once = new Set<string>();
  for (const { name, start: nameStart } of names) {
    const lower = name.toLowerCase();
    const previous = fields.at(-1);
    // A second `From:` is the header of a mail that the body cites.
    if (once.has(lower)) {
      if (previous) endValue(text, previous, nameStart);
      break;
    }
    if (ONCE.has(lower)) once.add(lower);
    if (previous) endValue(text, previous, nameStart);
    if (previous && endsHeader(text, previous)) break;
    const valueStart = Math.min(nameStart + name.length + 2, limit);
    fields.push({ name, start: nameStart, valueStart, end: limit });
  }
  return fields;
}

/** Fields that stand once in a header (RFC 5322, 3.6). */
const ONCE = new Set(['from', 'to', 'cc', 'subject', 'date', 'message-id', 'in-reply-to', 'references']);

/** Ends a field before the space that stands for its line end; an eaten value leaves the name and its colon. */
function endValue(text: string, field: FieldCut, limit: number): void {
  field.end = trimmedEnd(text, field.start, limit);
  field.valueStart = Math.min(field.valueStart, field.end);
}

function trimmedEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && /\s/.test(text[at - 1] ?? '')) at--;
  return at;
}

/** A value that can be only so long, with words behind it: those are the text already. */
function endsHeader(text: string, { name, valueStart, end }: FieldCut): boolean {
  const value = SHORT.has(name.toLowerCase()) ? ENDS[name.toLowerCase()] : undefined;
  const found = value?.exec(text.slice(valueStart, Math.min(end, valueStart + 400)));
  return found != null && valueStart + found[0].length < end;
}

const SHORT = new Set(['x-mailing-list', 'mime-version', 'content-transfer-encoding', 'date']);

/** Values that can be only so long: where such a field is the last one, the body begins behind its value. */
const ENDS: Record<string, RegExp> = {
  'x-mailing-list': /^\S+@\S+/,
  'mime-version': /^1\.0(?: \([^)]{0,80}\))?/,
  precedence: /^\w+/,
  'content-transfer-encoding': /^[\w-]{1,40}/,
  date: /^.{10,40}? [+-]\d{4}(?: \(\w+\))?/,
  'user-agent': /^\S+(?: \([^)]{0,80}\))?/,
  'content-type': /^[^\s;]{1,80}(?:; ?[\w-]{1,40}=(?:"[^"]{0,200}"|[^\s;]{1,200})){0,10}/,
};

function bodyStart(text: string, fields: readonly FieldCut[], start: number): { at: number; complaints: Complaint[] } {
  const last = fields.at(-1);
  if (!last) return { at: start, complaints: [] };
  if (/^(?:to|cc)$/i.test(last.name)) return receivers(text, last);
  const value = ENDS[last.name.toLowerCase()]?.exec(text.slice(last.valueStart, last.valueStart + 400));
  if (value) return { at: skipSpace(text, last.valueStart + value[0].length), complaints: [] };
  const at = skipSpace(text, last.end);
  return { at, complaints: [bodyInferred(at)] };
}

/** One of several receivers: a name, an address, or both, with what is left of it when tokens were eaten. */
const RECEIVER =
  /\s{0,2}(?:"[^"]{0,80}"|[^\s,@"<>]{1,40}(?: [^\s,@"<>]{1,40}){0,4})?\s?(?:<?[^\s,<>@"]{1,80}@[^\s,<>"]{1,100}>?)?\s?,/y;
const LAST_RECEIVER =
  /\s{0,2}(?:(?:"[^"]{0,80}"|[^\s,@"<>]{1,40}(?: [^\s,@"<>]{1,40}){0,4})?\s?<?[^\s,<>@"]{1,80}@[^\s,<>"]{1,100}>?|"[^"]{0,80}"|\p{Lu}[^\s,]{0,40}(?: \p{Lu}[^\s,]{0,40})?)/uy;

/** Receivers are parted by commas; behind the last one the text begins, which is told only as far as its address ends. */
function receivers(text: string, field: FieldCut): { at: number; complaints: Complaint[] } {
  let at = field.valueStart;
  for (let count = 0; count < MOST_RECEIVERS; count++) {
    RECEIVER.lastIndex = at;
    const one = RECEIVER.exec(text);
    if (!one || at + one[0].length > field.end) break;
    at += one[0].length;
  }
  LAST_RECEIVER.lastIndex = at;
  const last = LAST_RECEIVER.exec(text.slice(0, field.end));
  const end = skipSpace(text, Math.min(last ? at + last[0].length : at, field.end));
  return { at: end, complaints: [bodyInferred(end)] };
}

const MOST_RECEIVERS = 1000;

function skipSpace(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ') at++;
  return at;
}

function bodyInferred(at: number): Complaint {
  return {
    ruleId: 'flattened-body-start-inferred',
    reason: 'The header and the body run together in one line; the body is taken to begin here.',
    severity: 'info',
    start: at,
    end: at,
  };
}

function restored(start: number, end: number): Complaint[] {
  return [
    {
      ruleId: 'flattened-lines-restored',
      reason:
        'This mail has lost its line ends, and what stood in angle brackets where that begins with a letter: addresses, Message-IDs, names of included files. Lines were restored at header names, quote marks, trailers, the lines of a diff that tell themselves, and the signature; elsewhere the text runs on.',
      severity: 'info',
      start,
      end: Math.min(end, start + 80),
    },
  ];
}
