import type { Run } from '../construct.ts';
import { authorName, withoutAddresses } from './attribution-name.ts';
import { HEADER_LABELS, type Label, LONGEST_LABEL } from './header-labels.ts';
import { ORIGINAL_MESSAGE } from './original-message.ts';

/** What a mailer copied above a message: its author and date, and the first line behind the block. */
export interface AttributionBlock {
  author?: string;
  date?: string;
  next: number;
}

/** A block has at most so many lines: a long list of readers is folded over many. */
const MOST_LINES = 40;
const MOST_UNITS = 400;

/**
 * The header lines of a message that stands below without marks, perhaps under a line that says so.
 *
 *     -----Original Message-----
 *     From: Ada Example [mailto:ada@example.org]
 *     Sent: Monday, July 3, 2023 10:00 AM
 *     To: Ben Sample
 *     Subject: RE: tea
 *
 *     From: Ada Example <ada@example.org> Sent: Monday, July 3, 2023 10:00 AM
 */
export function readBlock(run: Run, line: number): AttributionBlock | undefined {
  const first = ownOf(run, line);
  const said = originalMessage(first);
  if (said) return afterTitle(run, line, said);
  const known = run.noHeader && run.noHeader.from <= line && line < run.noHeader.to;
  if (known || labelOf(first) === undefined) return undefined;
  const one = readOneLine(line, first);
  if (one) return one;
  const fields = readFields(run, line);
  const block = proven(fields, run, line);
  // Fewer of these lines prove no more.
  if (!block) run.noHeader = { from: line, to: fields.next };
  return block;
}

/** Whether a line says that a message of somebody else begins below. */
export function beginsBlock(line: string): boolean {
  return labelOf(line) !== undefined || originalMessage(line) !== undefined;
}

function afterTitle(run: Run, line: number, said: { author?: string }): AttributionBlock {
  const named = said.author === undefined ? {} : { author: said.author };
  let below = line + 1;
  while (below < Math.min(run.to, line + 3) && run.heads.blank(below)) below++;
  if (below >= run.to || labelOf(ownOf(run, below)) === undefined) return { ...named, next: line + 1 };
  const fields = readFields(run, below);
  if (fields.seen.size < 2) return { ...named, next: line + 1 };
  return { ...named, ...answerOf(fields) };
}

interface Fields {
  seen: Set<Label>;
  from?: string;
  sent?: string;
  next: number;
}

function readFields(run: Run, line: number): Fields {
  const fields: Fields = { seen: new Set(), next: line };
  let last: Label | undefined;
  let folds = 0;
  for (let at = line; at < Math.min(run.to, line + MOST_LINES) && !run.heads.blank(at); at++) {
    const own = ownOf(run, at);
    const field = labelOf(own);
    if (field) {
      if (fields.seen.has(field.label) && field.label === 'from') break;
      fields.seen.add(field.label);
      if (field.label === 'from') fields.from = field.value;
      if (field.label === 'sent') fields.sent ??= field.value;
      folds = 0;
    } else if (isFolded(own, last, folds++)) {
      if (last === 'from') fields.from = `${fields.from ?? ''} ${own.trim()}`;
    } else break;
    last = field?.label ?? last;
    fields.next = at + 1;
  }
  return fields;
}

/** A line that goes on with a field: indented, an address, or the rest of a list of readers or of a subject. */
function isFolded(own: string, last: Label | undefined, folds: number): boolean {
  if (/^[ \t]{1,40}\S|^<\S{1,200}>;?\s{0,8}$/.test(own)) return true;
  if (last === 'to' || last === 'cc') return /[;,@>]\s{0,8}$/.test(own) || own.includes('@');
  return last === 'subject' && folds === 0 && own.length < 80 && !/[.:]\s{0,8}$/.test(own);
}

/**
 * Three header lines that name an author and say when or to whom it was written. `From` with a subject alone may be the header that git puts above a
 * commit message.
 */
function proven(fields: Fields, run: Run, line: number): AttributionBlock | undefined {
  const { seen } = fields;
  if (!seen.has('from')) return undefined;
  const dated = seen.has('sent') && (seen.has('to') || seen.has('subject'));
  const isMail = seen.has('to') || isSent(run, line, fields.next);
  return dated && isMail ? answerOf(fields) : undefined;
}

/** `Sent:` and its translations stand in no header of git; `Date:` does. */
function isSent(run: Run, from: number, to: number): boolean {
  for (let line = from; line < to; line++) {
    const field = labelOf(ownOf(run, line));
    if (field?.label === 'sent' && !/^(?:date|datum|data|dato|fecha|дата)$/.test(field.word)) return true;
  }
  return false;
}

function answerOf({ from, sent, next }: Fields): AttributionBlock {
  const author = from === undefined ? undefined : nameIn(from);
  const date = sent?.trim();
  return { ...(author === undefined ? {} : { author }), ...(date ? { date } : {}), next };
}

function nameIn(from: string): string | undefined {
  const { rest, address } = withoutAddresses(from, '\u0000');
  return authorName(rest.replaceAll('\u0000', ' ').replace(/[\s,;[\]()]{1,40}$/, '')) ?? address;
}

/** `From: Ada Example <ada@example.org> Sent: Monday, July 3, 2023 10:00 AM`. */
function readOneLine(line: number, own: string): AttributionBlock | undefined {
  const both = /^\*?from:\*?\s(.{2,200}?),?\s{1,4}\*?sent:\*?\s(.{6,80})$/i.exec(own.trim());
  if (!both) return undefined;
  const author = nameIn(both[1] ?? '');
  const date = both[2]?.trim();
  return author === undefined ? undefined : { author, ...(date ? { date } : {}), next: line + 1 };
}

/** `From: x`, `*From:* x`, `De : x`, `发件人：x`. */
function labelOf(line: string): { label: Label; word: string; value: string } | undefined {
  const own = line.slice(0, LONGEST_LABEL + 12);
  const colon = /[:\uff1a]/.exec(own);
  if (!colon) return undefined;
  const word = own
    .slice(0, colon.index)
    .replace(/[*_\u200e\u200f]/g, '')
    .trim()
    .toLowerCase();
  const label = HEADER_LABELS.get(word);
  if (label === undefined) return undefined;
  const value = line
    .slice(colon.index + 1)
    .replace(/^[*_\s]{1,4}/, '')
    .trim();
  return { label, word, value };
}

const TITLES = new Set(ORIGINAL_MESSAGE);

/** `-----Original Message-----`, `----- Forwarded message from Ada Example <ada@example.org> -----`, `Begin forwarded message:`. */
function originalMessage(line: string): { author?: string } | undefined {
  const own = line.trim();
  const last = own.charCodeAt(own.length - 1);
  if (own.length > 160 || (own.charCodeAt(0) !== DASH && last !== COLON)) return undefined;
  if (/^begin forwarded message:$/i.test(own)) return {};
  const framed = /^-{3,60}\s?([^-].{2,120}?)\s?-{3,60}$/.exec(own)?.[1];
  if (framed === undefined) return undefined;
  const title = framed.toLowerCase().replaceAll('\u2019', "'");
  if (TITLES.has(title)) return {};
  const named = /^(?:forwarded|original) (?:message|mail) (?:from|by) (.{2,100})$/i.exec(framed);
  const author = named && nameIn(named[1] ?? '');
  return author ? { author } : undefined;
}

const DASH = 45;
const COLON = 58;

function ownOf(run: Run, line: number): string {
  return run.heads.own(line).slice(0, MOST_UNITS);
}
