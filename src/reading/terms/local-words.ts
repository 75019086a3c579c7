import type { Word } from './initials.ts';

const WORD = /[A-Za-z0-9]+(?:[-/][A-Za-z0-9]+)*(?:['\u2019]s)?/g;

/** What may stand between two words of one name: white space and quote marks; before the abbreviation also the comma of a list. */
const BETWEEN = /^[\s"'`\u201c\u201d]*$/;
const BETWEEN_LISTED = /^[\s"'`\u201c\u201d]*(?:,\s+)?["'`]?$/;

/** How much of a text is looked at before or behind a place for words of a name. */
const MOST_UNITS = 160;

/** The words that stand before `end` without a stop between them, last first. */
export function wordsBefore(text: string, end: number, most: number): Word[] {
  const from = Math.max(0, end - MOST_UNITS);
  const words = wordsIn(text.slice(from, end), from);
  const before: Word[] = [];
  let edge = end;
  for (let at = words.length - 1; at >= 0 && before.length < most; at--) {
    const word = words[at];
    // A word that the window cuts may be longer than it looks.
    if (!word || (word.start === from && from > 0) || !BETWEEN_LISTED.test(text.slice(word.end, edge))) break;
    if (isGlued(text, word)) break;
    before.push(word);
    edge = word.start;
  }
  return before;
}

/** The words that stand behind `start` without a stop between them. */
export function wordsBehind(text: string, start: number, most: number): Word[] {
  const behind: Word[] = [];
  let edge = start;
  for (const word of wordsIn(text.slice(start, start + MOST_UNITS), start)) {
    if (behind.length >= most || !BETWEEN.test(text.slice(edge, word.start)) || isGlued(text, word)) break;
    behind.push(word);
    edge = word.end;
  }
  return behind;
}

/** Part of an identifier, a path or an address. */
function isGlued(text: string, { start, end }: Word): boolean {
  return /[\w@.$#/]/.test(text.charAt(start - 1)) || /^(?:[_@(]|\.\w)/.test(text.slice(end, end + 2));
}

function wordsIn(text: string, base: number): Word[] {
  return [...text.matchAll(WORD)].map((match) => ({
    text: match[0].replace(/['\u2019]s$/, ''),
    start: base + match.index,
    end: base + match.index + match[0].length,
  }));
}
