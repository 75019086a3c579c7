import type { Complaint, Source } from '#mailast';
import { isKnownField } from '../header.ts';
import type { Dialect, FieldCut, MessageCut } from '../message-cut.ts';
import { quoteBreaks } from './flattened-quotes.ts';

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
    return fieldNames(line).length >= 3 || (line.match(QUOTE_RUN)?.length ?? 0) >= 3;
  },
  cut: (source) => [cutFlattened(source)],
};

const QUOTE_RUN = /(?:^| )>(?: ?>)*(?= )/g;
const FIELD = /(?:^|\s)([A-Z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*):(?=\s|$)/g;
const ATTRIBUTION = /(?:^|\s)On [^>]{5,160}? wrote: /;

function hasSecondLine(text: string): boolean {
  const first = text.search(/\S/);
  const lf = text.indexOf('\n', Math.max(first, 0));
  return lf !== -1 && /\S/.test(text.slice(lf, lf + 2000));
}

function fieldNames(text: string): RegExpExecArray[] {
  return [...text.matchAll(FIELD)].filter((match) => isKnownField(match[1] ?? ''));
}

function cutFlattened(source: Source): MessageCut {
  const { text } = source;
  const start = Math.max(text.search(/\S/), 0);
  const end = text.trimEnd().length;
  const firstQuote = firstMatch(text, /\s>(?: ?>)*\s/, start);
  const firstAttribution = firstMatch(text, ATTRIBUTION, start);
  const headerLimit = Math.min(firstQuote ?? end, firstAttribution ?? end);
  const fields = cutFields(text, start, headerLimit);
  const body = bodyStart(text, fields, headerLimit, firstAttribution, start);
  const last = fields.at(-1);
  if (last && last.end > body.at) last.end = Math.max(trimmedEnd(text, last.valueStart, body.at), last.valueStart);
  const quotes = quoteBreaks(text, body.at, end);
  return {
    dialect: 'flattened',
    span: { start: 0, end: text.length },
    fields,
    body: { start: body.at, end },
    furniture: [],
    breaks: quotes.breaks,
    escapedFrom: false,
    complaints: [...restored(start, end), ...body.complaints, ...quotes.complaints],
  };
}

function firstMatch(text: string, pattern: RegExp, from: number): number | undefined {
  const found = text.slice(from).search(pattern);
  return found === -1 ? undefined : from + found;
}

/** Only a first field at the very start makes a header: a text that begins otherwise has none. */
function cutFields(text: string, start: number, limit: number): FieldCut[] {
  const fields: FieldCut[] = [];
  for (const match of fieldNames(text.slice(start, limit))) {
    const name = match[1] ?? '';
    const nameStart = start + match.index + match[0].length - name.length - 1;
    if (fields.length === 0 && nameStart !== start) return [];
    const previous = fields.at(-1);
    if (previous) previous.end = Math.max(trimmedEnd(text, previous.valueStart, nameStart), previous.valueStart);
    const valueStart = Math.min(nameStart + name.length + 2, limit);
    fields.push({ name, start: nameStart, valueStart, end: limit });
  }
  return fields;
}

function trimmedEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && /\s/.test(text[at - 1] ?? '')) at--;
  return at;
}

/** Values that can be only so long: where such a field is the last one, the body begins behind its value. */
const ENDS: Record<string, RegExp> = {
  'x-mailing-list': /^\S+@\S+/,
  'mime-version': /^1\.0/,
  precedence: /^\w+/,
  'content-transfer-encoding': /^\w+/,
  date: /^.{10,40}? [+-]\d{4}(?: \(\w+\))?/,
  'user-agent': /^\S+(?: \([^)]{0,80}\))?/,
  'content-type': /^\S+(?: charset=\S+)?/,
};

function bodyStart(
  text: string,
  fields: readonly FieldCut[],
  headerLimit: number,
  attribution: number | undefined,
  start: number,
): { at: number; complaints: Complaint[] } {
  const last = fields.at(-1);
  if (!last) return { at: start, complaints: [] };
  const value = ENDS[last.name.toLowerCase()]?.exec(text.slice(last.valueStart, last.valueStart + 400));
  if (value) return { at: skipSpace(text, last.valueStart + value[0].length), complaints: [] };
  const at = attribution === undefined ? headerLimit : skipSpace(text, attribution);
  return { at, complaints: [bodyInferred(at)] };
}

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
        'This mail has lost its line ends. Lines were restored at header names, quote marks and the signature; where a quote or a paragraph ends without a mark, the text runs on.',
      severity: 'info',
      start,
      end: Math.min(end, start + 80),
    },
  ];
}
