import type { Complaint, Span } from '#mailast';
import { lineEnd } from '../header.ts';
import type { FieldCut, MessageCut } from '../message-cut.ts';

/** One line of a page that a browser saved as text. */
export interface PageLine extends Span {
  /** Where the next line begins. */
  next: number;
  /** Units of white space before it. */
  indent: number;
  /** Whether it is an item of a list. */
  bullet: boolean;
  /** Its first 400 units without what the way of saving adds: indents, bullets, the numbers and addresses of links. */
  says: string;
}

const LONGEST = 400;
/** A no-break space; in bytes it is two units. */
const SPACES = /(?:\s|\u00c2\u00a0|\u00a0)+/g;
const BULLET = /^(?:[*+•◦o-]|\u00e2\u0080\u00a2|\u00e2\u0097\u00a6) /;

/** The lines of [from, to) one by one, at most `most` of them. */
export function* pageLines(text: string, from: number, to: number, most: number): Generator<PageLine> {
  let count = 0;
  for (let at = from; at < to && count < most; count++) {
    const line = pageLine(text, at, to);
    yield line;
    at = line.next;
  }
}

/** The lines of [from, to) that hold `words`; a line is looked at once. */
export function* linesWith(text: string, words: string, from: number, to: number): Generator<PageLine> {
  for (let at = text.indexOf(words, from); at !== -1 && at < to; ) {
    const line = pageLine(text, Math.max(text.lastIndexOf('\n', at) + 1, from), to);
    yield line;
    at = text.indexOf(words, line.next);
  }
}

function pageLine(text: string, start: number, to: number): PageLine {
  const [end, next] = lineEnd(text, start, to);
  const written = text.slice(start, Math.min(end, start + LONGEST));
  const plain = written
    .replace(SPACES, ' ')
    .replace(/\[\d{1,4}\](?=\S)/g, '')
    .replace(/ <(?:https?:|mailto:|[#./])[^<>]{0,300}>/g, '')
    .trim();
  const says = plain.replace(BULLET, '');
  const indent = written.length - written.trimStart().length;
  return { start, end, next, indent, bullet: says !== plain, says };
}

/** What is known about one message of a page. All lines between `start` and `bodyStart` that are no field are furniture. */
export interface PageMessage {
  dialect: string;
  start: number;
  end: number;
  fields: readonly FieldCut[];
  bodyStart: number;
  /** Where the page's own lines behind the text begin. */
  footer?: number;
  /** Furniture inside the body. */
  inside?: readonly Span[];
  /** What this page lost, in one sentence. */
  loss: string;
  complaints?: readonly Complaint[];
  indent?: number;
  stripped?: boolean;
  answers?: number;
}

/** The cut of one message of a page: its fields, its body, and everything else as furniture. */
export function pageCut(text: string, page: PageMessage): MessageCut {
  const { dialect, start, end, bodyStart, footer, loss, indent = 0 } = page;
  const fields = [...page.fields].sort((a, b) => a.start - b.start);
  const first = fields[0]?.start ?? bodyStart;
  const last = fields.at(-1)?.end ?? bodyStart;
  const furniture = [...wholeLines(text, start, first), ...wholeLines(text, last, bodyStart), ...(page.inside ?? [])];
  if (footer !== undefined) furniture.push(...trimmed(text, footer, end));
  return {
    dialect,
    span: { start, end },
    fields,
    body: { start: bodyStart, end },
    furniture,
    breaks: [],
    escapedFrom: false,
    complaints: [lost(loss, fields[0] ?? { start, end: start }), ...(page.complaints ?? [])],
    ...(indent > 0 ? { indent } : {}),
    ...(page.stripped ? { stripped: true } : {}),
    ...(page.answers === undefined ? {} : { answers: page.answers }),
  };
}

/** What the page does not show of the mail, said once for each message. */
function lost(reason: string, { start, end }: Span): Complaint {
  return { ruleId: 'archive-page-loss', reason, severity: 'info', start, end };
}

/** The lines of [from, to) that hold something, whole ones only: `from` and `to` may be inside a line. */
function wholeLines(text: string, from: number, to: number): Span[] {
  const spans: Span[] = [];
  const start = from === 0 || text.charCodeAt(from - 1) === 10 ? from : lineEnd(text, from, to)[1];
  for (let at = start; at < to; ) {
    const [end, next] = lineEnd(text, at, to);
    const whole = next > end || end === text.length;
    if (whole && /\S/.test(text.slice(at, end))) spans.push({ start: at, end });
    at = next;
  }
  return spans;
}

/** [start, end) without white space at its end; nothing when it holds no more. */
export function trimmed(text: string, start: number, end: number): Span[] {
  let at = end;
  while (at > start && /\s/.test(text.charAt(at - 1))) at--;
  return at > start ? [{ start, end: at }] : [];
}

/** A field whose name the page does not write: the whole span is its value. */
export function bareField(name: string, { start, end }: Span): FieldCut {
  return { name, start, valueStart: start, end };
}

/** A field as `Name: value` somewhere in a line; the value ends with the line, without white space. */
export function namedField(text: string, name: string, { start, end }: Span): FieldCut {
  const at = text.indexOf(`${name}:`, start);
  const colon = at + name.length + 1;
  const [value] = trimmed(text, colon, end);
  return { name, start: at, valueStart: text.charAt(colon) === ' ' ? colon + 1 : colon, end: value?.end ?? colon };
}

/** A line without the white space around it. */
export function core(text: string, { start, end }: Span): Span {
  let at = start;
  while (at < end && /\s/.test(text.charAt(at))) at++;
  return trimmed(text, at, end)[0] ?? { start: at, end: at };
}

/** A page whose lines hold neither empty lines nor white space in front lost both; a few lines tell nothing. */
export function isStripped(text: string, from: number, to: number): boolean {
  let lines = 0;
  for (const { start, end, indent } of pageLines(text, from, to, 400)) {
    if (end === start || indent > 0) return false;
    lines++;
  }
  return lines >= 8;
}

/**
 * Where the page's lines at the bottom begin: read upwards over at most `most` lines that are empty or `belongs`, the highest one that `begins`.
 */
export function footerStart(
  text: string,
  from: number,
  to: number,
  most: number,
  begins: (line: PageLine) => boolean,
  belongs: (line: PageLine) => boolean,
): number | undefined {
  let footer: number | undefined;
  let end = to;
  for (let count = 0; count < most && end > from; count++) {
    const start = Math.max(text.lastIndexOf('\n', end - 1) + 1, from);
    const line = pageLine(text, start, end);
    if (begins(line)) footer = start;
    else if (line.says !== '' && !belongs(line)) break;
    end = start - 1;
  }
  return footer;
}
