import type { Span } from '#mailast';
import { areInitials, isSmallWord, lettersOf, singular, type Word } from './initials.ts';
import { wordsBefore, wordsBehind } from './local-words.ts';

/** An abbreviation that a text itself writes out. Offsets in that text. */
export interface Expansion {
  /** Without plural: `PAMT`. */
  term: string;
  /** What the letters stand for, as it is written, on one line. */
  expansion: string;
  /** Where the abbreviation stands, and where the words. */
  abbreviated: Span;
  written: Span;
}

const ABBREVIATION = '[A-Z][A-Za-z0-9]{0,11}(?:[-/][A-Za-z0-9]{1,11}){0,2}';
const QUOTE = '["\'\u201c\u201d]?';

/** What stands before or behind the abbreviation in its brackets: `(aka TDMR)`, `(TDMR for short)`, `(TDMR, see below)`. */
const IN_BRACKETS = new RegExp(
  `^\\s?(?:(?:or|aka|a\\.k\\.a\\.|i\\.e\\.,?|hereafter|henceforth|abbreviated(?: as)?|also known as|in short|short:?)\\s)?${QUOTE}(${ABBREVIATION})${QUOTE}(?:\\s(?:for short|hereafter)|[,;]\\s[^()]{0,60})?\\s?$`,
);

/** `TD Memory Region, or TDMR`, `... aka TDMR`, `... abbreviated as TDMR`. */
const SET_APART = new RegExp(
  `(?:,\\s(?:or(?:\\s(?:just|simply))?|i\\.e\\.,?|in short|also known as|hereafter|henceforth)|,?\\s(?:aka|a\\.k\\.a\\.|abbreviated(?:\\s(?:as|to))?))\\s${QUOTE}(${ABBREVIATION})${QUOTE}(?=[\\s,.;:)]|$)`,
  'g',
);

/** `TDMR stands for TD Memory Region`, `TDMR, short for ...`, `TDMR (short for ...`, and a line of a list: `TDMR: TD Memory Region`. */
const STANDS_FOR = new RegExp(
  `(?<![\\w./@-])(${ABBREVIATION})${QUOTE}(?:\\s(?:stands\\sfor|means|is\\sshort\\sfor|is\\san\\s(?:abbreviation|acronym)\\s(?:for|of))|,\\sshort\\sfor|,\\si\\.e\\.,?)\\s`,
  'g',
);
const LISTED = new RegExp(
  `(?<=(?:^|\\n)[ \\t]{0,8}(?:[-*+o]\\s{1,3})?)(${ABBREVIATION})(?::|\\s=|\\s[-\u2013\u2014])\\s{1,4}`,
  'g',
);

/** A name in more words than this is none. */
const mostWords = (letters: string): number => letters.length + 4;

/**
 * The abbreviations that a text writes out, in order: `Physical Address Metadata Table (PAMT)`, `PAMT (Physical ...)`, `TD Memory Region, or TDMR`,
 * `TDMR stands for ...`. The letters must be the initials of the words, one for one: a wrong meaning is worse than none. `isCode` asks for three letters at least.
 */
export function expansionsIn(text: string, isCode = false): Expansion[] {
  const found = [...inBrackets(text), ...setApart(text), ...standsFor(text)];
  const least = isCode ? 3 : 2;
  return found
    .filter(({ term }) => term.replace(/[-/]/g, '').length >= least)
    .sort((one, other) => one.abbreviated.start - other.abbreviated.start);
}

function* inBrackets(text: string): Generator<Expansion> {
  for (let open = text.indexOf('('); open !== -1; open = text.indexOf('(', open + 1)) {
    if (open < 2 || !/\s/.test(text.charAt(open - 1))) continue;
    const close = text.slice(open + 1, open + 120).search(/[()]/);
    if (close === -1 || text.charAt(open + 1 + close) !== ')') continue;
    const content = text.slice(open + 1, open + 1 + close);
    const [, abbreviation] = IN_BRACKETS.exec(content.replace(/\s/g, ' ')) ?? [];
    const made =
      (abbreviation === undefined ? undefined : writtenBefore(text, open, abbreviation, open + 1)) ??
      writtenInside(text, open, open + 1 + close);
    if (made) yield made;
  }
}

function* setApart(text: string): Generator<Expansion> {
  for (const match of text.matchAll(SET_APART)) {
    const made = match[1] === undefined ? undefined : writtenBefore(text, match.index, match[1], match.index);
    if (made) yield made;
  }
}

function* standsFor(text: string): Generator<Expansion> {
  for (const [pattern, whole] of [
    [STANDS_FOR, false],
    [LISTED, true],
  ] as const) {
    for (const match of text.matchAll(pattern)) {
      const made = match[1] === undefined ? undefined : writtenBehind(text, match, match[1], whole);
      if (made) yield made;
    }
  }
}

/** The words before `end` that the abbreviation is of; the fewest that do. */
function writtenBefore(text: string, end: number, abbreviation: string, from: number): Expansion | undefined {
  const letters = lettersOf(abbreviation);
  if (letters === undefined) return undefined;
  const before = wordsBefore(text, end, mostWords(letters)).reverse();
  for (let first = before.length - 1; first >= 0; first--) {
    const words = before.slice(first);
    if (isNameFor(letters, words) && isOneName(text, words))
      return expansion(text, abbreviation, text.indexOf(abbreviation, from), words);
  }
  return undefined;
}

/** `PAMT (Physical Address Metadata Table)`: all that stands in the brackets, or up to a comma. */
function writtenInside(text: string, open: number, close: number): Expansion | undefined {
  const abbreviation = new RegExp(`(?<![\\w./@-])${ABBREVIATION}(?=${QUOTE}\\s?$)`).exec(
    text.slice(Math.max(0, open - 40), open),
  );
  const letters = abbreviation ? lettersOf(abbreviation[0]) : undefined;
  if (!abbreviation || letters === undefined) return undefined;
  const lead =
    /^\s?(?:(?:short for|aka|a\.k\.a\.|i\.e\.,?|stands for)\s)?/.exec(text.slice(open + 1, close))?.[0].length ?? 0;
  const words = wordsBehind(text, open + 1 + lead, mostWords(letters)).filter(({ end }) => end <= close);
  const rest = text.slice(words.at(-1)?.end ?? open, close);
  if (!/^["'\u201d]?\s?(?:$|[,;:]\s|\s[-\u2013\u2014]\s)/.test(rest) || !isNameFor(letters, words)) return undefined;
  return expansion(text, abbreviation[0], Math.max(0, open - 40) + abbreviation.index, words);
}

/** The words behind that the abbreviation is of. A line of a list is nothing else than the name. */
function writtenBehind(
  text: string,
  match: RegExpExecArray,
  abbreviation: string,
  whole: boolean,
): Expansion | undefined {
  const letters = lettersOf(abbreviation);
  if (letters === undefined || (whole && letters.length < 3)) return undefined;
  const behind = wordsBehind(text, match.index + match[0].length, mostWords(letters));
  if (behind[0] && isArticle(behind[0])) behind.shift();
  for (let count = 1; count <= behind.length; count++) {
    const words = behind.slice(0, count);
    const rest = text.slice(words.at(-1)?.end ?? 0).slice(0, 3);
    if (!isNameFor(letters, words) || (whole && !/^["']?[ \t]?(?:$|[\n,.;(])/.test(rest))) continue;
    return expansion(text, abbreviation, match.index, words);
  }
  return undefined;
}

/** Commas stand only in a list that ends: `Reliability, Availability, and Serviceability`. */
function isOneName(text: string, words: readonly Word[]): boolean {
  const written = text.slice(words[0]?.start, words.at(-1)?.end);
  return !written.includes(',') || /\s(?:and|or)\s[\w-]+$/.test(written);
}

function isArticle({ text }: Word): boolean {
  return /^(?:an?|the)$/i.test(text);
}

/** Two letters are too easily the initials of some words: then the name has capitals, or nothing but its two words. */
function isNameFor(letters: string, words: readonly Word[]): boolean {
  const texts = words.map(({ text }) => text);
  if (letters.length === 2 && texts.some(isSmallWord)) return false;
  return areInitials(letters, texts) && !texts.some((text) => lettersOf(text) === letters);
}

function expansion(text: string, abbreviation: string, at: number, words: readonly Word[]): Expansion | undefined {
  const start = words[0]?.start;
  const end = words.at(-1)?.end;
  if (start === undefined || end === undefined || at < 0) return undefined;
  return {
    term: singular(abbreviation),
    expansion: text.slice(start, end).replace(/[\s"`\u201c\u201d]+/g, ' '),
    abbreviated: { start: at, end: at + abbreviation.length },
    written: { start, end },
  };
}
