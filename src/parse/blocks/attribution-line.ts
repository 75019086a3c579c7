import { findDate } from './attribution-date.ts';
import { authorName, isPlausible, withoutAddresses } from './attribution-name.ts';
import { PHRASES, QUOTING } from './attribution-phrases.ts';

/** What an attribution says, and what speaks for its being one. */
export interface AttributionLine {
  /** Absent when the line names nobody. */
  author?: string;
  /** As written, without what opens it. */
  date?: string;
  /** `sure`: no prose reads like this. `quoted`: it is one when a quote follows. */
  evidence: 'sure' | 'quoted';
}

/** Stands for what was taken out of a line: an address, a verb, a date. No mail holds it: text is cut there. */
const TAKEN = '\u0000';

/**
 * Author and date of a whole attribution, joined to one line of at most some hundred units. The order of its parts differs from language to language, so
 * the parts are taken out one by one (ids, addresses, verb, date), and what is left must be one name.
 */
export function readAttribution(line: string): AttributionLine | undefined {
  const visible = line.replace(INVISIBLE, '');
  const said = maySayWrote(visible);
  if (!said && !/[\d@]/.test(visible) && !QUOTING_WORD.test(visible)) return undefined;
  const { text, frame, ending } = unframed(visible.replaceAll(TAKEN, ' '));
  const withoutIds = /<|news:/i.test(text) ? text.replace(IDS, TAKEN) : text;
  const { rest: named, address } = withoutAddresses(withoutIds, TAKEN);
  const quoting = QUOTING_START.exec(named);
  const unquoted = quoting ? named.slice(quoting[0].length) : named;
  const { rest: unsaid, found: verb } = said ? takeOutLast(unquoted, VERBS) : { rest: unquoted };
  const { rest, date, full } = takeOutDate(unsaid);
  const parts = rest
    .split(TAKEN)
    .map(withoutAround)
    .filter((part) => /[\p{L}\p{N}]/u.test(part));
  if (parts.length > 1) return undefined;
  const author = authorName(parts[0] ?? address ?? '');
  if (author === undefined) return undefined;
  const known: Known = {
    verb: verb !== undefined,
    quoting: quoting !== null,
    full,
    address: address !== undefined,
    ending,
    frame,
  };
  const evidence = evidenceOf(known, author);
  return evidence && { author, ...(date === undefined ? {} : { date }), evidence };
}

interface Known {
  verb: boolean;
  quoting: boolean;
  full: boolean;
  address: boolean;
  ending: 'colon' | 'dots' | 'none';
  /** `dashes` around the line; a `star` before it. */
  frame: 'dashes' | 'star' | 'none';
}

function evidenceOf(known: Known, author: string): AttributionLine['evidence'] | undefined {
  const { verb, quoting, full, address, ending, frame } = known;
  const colon = ending === 'colon';
  // With a date and an address any name will do; without them it must look like one.
  if (!isPlausible(author, { full, address: address && (verb || full || quoting) })) return undefined;
  if (verb && frame === 'dashes' && (full || address)) return 'sure';
  if (colon && verb && (full || address)) return 'sure';
  if (verb && full && address) return 'sure';
  if (colon && full && (address || frame === 'star')) return 'sure';
  if (colon && quoting && address) return 'sure';
  const said = verb || (quoting && colon);
  return said || (full && (colon || address)) || (address && colon) ? 'quoted' : undefined;
}

/** Marks of writing direction, which mailers put around names. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** Signs around an attribution: `* `, `+++ `, `---- On ... wrote ----`, `"Ada" == `, and what ends it. */
function unframed(line: string): { text: string; frame: Known['frame']; ending: Known['ending'] } {
  let text = line.replace(/[\s\u00a0\u3000]+/g, ' ').trim();
  const head = /^(?:[-\u2013\u2014=_]{2,80}|[*+#~]{1,4}(?= )|"[^"]{1,60}" == )\s?/.exec(text);
  if (head) text = text.slice(head[0].length);
  const tail = head && /\s?[-\u2013\u2014=_]{2,80}$/.exec(text);
  if (tail) text = text.slice(0, tail.index);
  const end = /\s?(?:(?<colon>[:\uff1a])|(?<dots>\.{2,5}:?|\u2026:?))$/.exec(text);
  if (end) text = text.slice(0, end.index);
  const isDashed = tail !== null && tail !== undefined;
  return {
    text,
    frame: isDashed ? 'dashes' : /^[*+]/.test(head?.[0] ?? '') ? 'star' : 'none',
    ending: end?.groups?.colon !== undefined ? 'colon' : end ? 'dots' : 'none',
  };
}

/** `in message <id>`, `in <id>`, `in article news:id`: where it was said. */
const IDS =
  /(?:\bin\s)?(?:the\s)?\b(?:message|article|posting|mail)\s<[^<>\s]{1,250}>|\bin\s<[^<>\s]{1,250}>|(?:\bin\s)?(?:message|article)?\s?\bnews:\S{1,250}/giu;

/** Takes out the last match: a verb ends what is said of a name, and a name may hold the same word. */
function takeOutLast(text: string, pattern: RegExp): { rest: string; found?: string } {
  const last = [...text.matchAll(pattern)].at(-1);
  if (!last) return { rest: text };
  return { rest: `${text.slice(0, last.index)}${TAKEN}${text.slice(last.index + last[0].length)}`, found: last[0] };
}

function takeOutDate(text: string): { rest: string; date?: string; full: boolean } {
  const date = findDate(text, (before) => OPENING_END.test(before));
  if (!date) return { rest: text, full: false };
  const before = text
    .slice(0, date.start)
    .replace(/[\s,([]{1,20}$/, ' ')
    .replace(OPENING_END, '');
  return {
    rest: `${before}${TAKEN}${text.slice(date.end)}`,
    date: text.slice(date.start, date.end),
    full: date.full,
  };
}

/** What stands around a name and is no part of it: commas, quotes and the small words of mailers. */
function withoutAround(part: string): string {
  let name = part;
  for (let count = 0; count < 4; count++) {
    const next = name.replace(name.includes('(') ? EDGES_BUT_BRACKET : EDGES, '').replace(AROUND, '');
    if (next === name) break;
    name = next;
  }
  return name;
}

const EDGES =
  /^[\s,;:.()[\]\u3001\uff0c\u060c\u2013\u2014-]{1,40}|[\s,;:()[\]\u3001\uff0c\u060c\u2013\u2014-]{1,40}$/gu;
/** `Example, Ada (Ada)`: the bracket at the end closes one inside. */
const EDGES_BUT_BRACKET =
  /^[\s,;:.([\u3001\uff0c\u060c\u2013\u2014-]{1,40}|[\s,;:([\u3001\uff0c\u060c\u2013\u2014-]{1,40}$/gu;

function escaped(phrase: string): string {
  return phrase.replace(/[.()/]/g, '\\$&').replaceAll(' ', '\\s');
}

/** Longer phrases first, so that the whole of one is taken. Scripts without spaces need no gap around a phrase. */
function anyOf(phrases: readonly string[]): string {
  return [...new Set(phrases)]
    .sort((a, b) => b.length - a.length)
    .map(escaped)
    .join('|');
}

const GLUED = '[\\p{sc=Han}\\p{sc=Hangul}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Thai}]';
const isGlued = (phrase: string): boolean => new RegExp(GLUED, 'u').test(phrase);
const all = (select: (row: (typeof PHRASES)[number]) => readonly string[]): string[] => PHRASES.flatMap(select);

const verbs = all((row) => row.verbs);
const VERBS = new RegExp(
  `(?<![\\p{L}\\p{N}'-])(?:${anyOf(verbs.filter((verb) => !isGlued(verb)))})(?![\\p{L}\\p{N}'-])|(?:${anyOf(verbs.filter(isGlued))})`,
  'giu',
);
const NOT_ASCII = /[^\t-~]/;
const GLUED_VERBS = new RegExp(anyOf(verbs.filter(isGlued)), 'iu');
/** Of each verb its longest word: `a écrit` begins with a word that stands everywhere. */
const WORDS_OF_VERBS = new Set(
  verbs.filter((verb) => !isGlued(verb)).map((verb) => wordsOf(verb).reduce((a, b) => (b.length > a.length ? b : a))),
);

/** Whether a verb may stand in a text, by a glance at its words: to look for every verb at every sign takes ten times as long. */
export function maySayWrote(line: string): boolean {
  const text = line.replace(INVISIBLE, '');
  return wordsOf(text).some((word) => WORDS_OF_VERBS.has(word)) || (NOT_ASCII.test(text) && GLUED_VERBS.test(text));
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().split(NOT_ASCII.test(text) ? /[^\p{L}\p{N}]/u : /[^a-z0-9]/);
}

const openings = all((row) => row.openings);
const OPENING_END = new RegExp(
  `(?:(?<![\\p{L}\\p{N}])(?:${anyOf(openings.filter((one) => !isGlued(one)))})|(?:${anyOf(openings.filter(isGlued))}))\\s{0,3}$`,
  'iu',
);
const around = all((row) => row.around ?? []);
const plain = anyOf(around.filter((one) => !isGlued(one)));
const glued = anyOf(around.filter(isGlued));
const AROUND = new RegExp(`^(?:${plain})(?=[\\s,])|(?<=\\s)(?:${plain})$|^(?:${plain})$|(?:${glued})$`, 'giu');
const QUOTING_START = new RegExp(`^(?:${anyOf(QUOTING)})\\s`, 'iu');
const QUOTING_WORD = new RegExp(`(?:${anyOf(QUOTING)})\\s`, 'iu');
