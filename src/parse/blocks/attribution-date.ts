import { DATE_WORDS, type DateWord } from './attribution-calendar.ts';

/** A stretch of text that reads as a date: [start, end). */
export interface DateStretch {
  start: number;
  end: number;
  /** It names a day of a year's calendar: a month with a number, or three numbers. `Monday` and `10:00` do not. */
  full: boolean;
}

interface Token {
  kind: 'number' | 'word' | 'other';
  text: string;
  start: number;
  end: number;
  is: ReadonlySet<DateWord>;
}

/**
 * What a date is made of: numbers with their signs (`2023-07-03`, `10:00`, `22h03`), words of East Asian dates, which no space parts, and
 * words. Everything but the gaps between them is a token. The groups have no names: to name them for each token takes longer than to find it.
 */
const TOKEN =
  /(\d{1,4}(?:[:./h-]\d{1,4}){0,6})|([(（][月火水木金土日월화수목금토일][)）]|上午|下午|中午|晚上|凌晨|早上|오전|오후|午前|午後|(?:星期|周|週|礼拜)[一二三四五六日天]|[月火水木金土日]曜日?|[월화수목금토일]요일|[年月日号號时時点點分秒년월일시분초에])|(\p{L}[\p{L}\p{M}'’׳]{0,30}(?:[.-]\p{L}[\p{L}\p{M}]{0,30}){0,3})|[^\s,.()[\]、，،;·@|+/–—-]/gu;

const NOTHING: ReadonlySet<DateWord> = new Set();
const UNIT: ReadonlySet<DateWord> = new Set<DateWord>(['unit']);
const DAY: ReadonlySet<DateWord> = new Set<DateWord>(['day']);
const HALF: ReadonlySet<DateWord> = new Set<DateWord>(['half']);
/** One sign of a script that puts no spaces between words. */
const ASIAN = /^[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}]$/u;
/** Small words between two parts of a date: `de`, `a las`, `kl.`. */
const MOST_LINKS = 3;

/** The longest date in a text of some hundred units; a stretch that is only a weekday counts when `opens` says so of what stands before it. */
export function findDate(text: string, opens: (before: string) => boolean): DateStretch | undefined {
  const tokens = tokensOf(text);
  let best: (DateStretch & { parts: number }) | undefined;
  for (let index = 0; index < tokens.length; ) {
    const stretch = new Stretch(tokens, index);
    const read = stretch.read();
    if (!read) {
      const token = tokens[index];
      if (!best && token?.is.has('day') && token.text.length > 1 && opens(text.slice(0, token.start))) {
        best = { start: token.start, end: token.end, full: false, parts: 0 };
      }
      index++;
      continue;
    }
    if (!best || read.parts > best.parts) best = { ...read, end: withBracket(text, read.start, read.end) };
    index = stretch.next;
  }
  return best && { start: best.start, end: best.end, full: best.full };
}

/** `10:00 (CEST)`: a bracket that was opened inside the date is closed inside it. */
function withBracket(text: string, start: number, end: number): number {
  const inside = text.slice(start, end);
  return text[end] === ')' && inside.lastIndexOf('(') > inside.lastIndexOf(')') ? end + 1 : end;
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const [found, number, asian, isWord] = match;
    const place = { text: found, start: match.index, end: match.index + found.length };
    if (number !== undefined) tokens.push({ kind: 'number', ...place, is: NOTHING });
    else if (asian !== undefined) tokens.push({ kind: 'word', ...place, is: asianWord(found) });
    else if (isWord !== undefined) {
      const word = found.toLowerCase().replace(/[’׳]/g, "'");
      tokens.push({
        kind: 'word',
        ...place,
        is: DATE_WORDS.get(word) ?? DATE_WORDS.get(word.replace(/'$/, '')) ?? NOTHING,
      });
    } else tokens.push({ kind: 'other', ...place, is: NOTHING });
  }
  return tokens;
}

function asianWord(word: string): ReadonlySet<DateWord> {
  if (word.length === 1) return UNIT;
  return /^(?:[上下中]午|晚上|凌晨|早上|오전|오후|午[前後])$/.test(word) ? HALF : DAY;
}

/** One stretch of date tokens, as long as it goes. */
class Stretch {
  /** The first token behind what was read. */
  next: number;
  #tokens: readonly Token[];
  #first: number;
  #parts = 0;
  #month = false;
  #day = false;
  #numbers = 0;
  #threeNumbers = false;
  #units = '';

  constructor(tokens: readonly Token[], first: number) {
    this.#tokens = tokens;
    this.#first = first;
    this.next = first;
  }

  read(): (DateStretch & { parts: number }) | undefined {
    let links = 0;
    for (let at = this.#first; links <= MOST_LINKS; at++) {
      const token = this.#tokens[at];
      if (!token) break;
      if (this.#takes(token, at)) {
        links = 0;
        this.next = at + 1;
        this.#parts++;
      } else if (at > this.#first && token.is.has('link')) links++;
      else break;
    }
    const start = this.#tokens[this.#first]?.start ?? 0;
    const end = this.#tokens[this.next - 1]?.end ?? start;
    const full = this.#threeNumbers || (this.#month && this.#numbers > 0) || /[月월].*[日일]/.test(this.#units);
    if (this.next === this.#first || this.#numbers === 0 || (!full && this.#parts < 2)) return undefined;
    return { start, end, full, parts: this.#parts };
  }

  #takes(token: Token, at: number): boolean {
    if (token.kind === 'number') return this.#takesNumber(token, at);
    const before = this.#tokens[at - 1];
    const behindNumber = at > this.#first && before?.kind === 'number';
    const isMonth = token.is.has('month') && !(token.is.has('day') && !this.#day && this.#leadsToMonth(at));
    if (isMonth && !this.#month && (behindNumber || this.#reaches(at, isNumber))) {
      this.#month = true;
      return true;
    }
    if (token.is.has('unit') && behindNumber && !(token.text.length > 1 && token.start > before.end + 1)) {
      this.#units += token.text;
      return true;
    }
    if (token.is.has('half') && (behindNumber || this.#reaches(at, isNumber))) return true;
    if (token.is.has('zone') && this.#numbers > 0) return true;
    if (!token.is.has('day') || this.#day || !this.#isDay(token, at)) return false;
    this.#day = true;
    return true;
  }

  /** A number stands alone; `v2` and `4fun` are words. */
  #takesNumber(token: Token, at: number): boolean {
    const before = this.#tokens[at - 1];
    const behind = this.#tokens[at + 1];
    const glued = at === this.#first && before?.end === token.start && !ASIAN.test(before.text);
    const begins = behind?.kind === 'word' && behind.start === token.end && behind.is.size === 0;
    if (glued || begins) return false;
    this.#numbers++;
    const numbers = token.text.split(/[./-]/);
    this.#threeNumbers ||= numbers.length === 3 && numbers.every((number) => /^\d{1,4}$/.test(number));
    // `28. 3. 2024`: three numbers, each with its full stop.
    const [first, second] = [this.#tokens[at - 2], before];
    this.#threeNumbers ||=
      at - 2 >= this.#first &&
      [first, second, token].every((one) => one?.kind === 'number' && /^\d{1,4}$/.test(one.text));
    return true;
  }

  /** A weekday leads to a number or a month; behind the numbers it leads to the time, stands in brackets, or ends what is said. */
  #isDay(token: Token, at: number): boolean {
    // `T` parts a date from its time; `v2` is no weekday.
    if (this.#numbers === 0 && token.text.length === 1 && this.#tokens[at + 1]?.start === token.end) return false;
    // `pe mar., 2 ian.`: the second word is the weekday.
    if (this.#tokens[at + 1]?.is.has('day') && this.#leadsToMonth(at + 1)) return false;
    if (this.#reaches(at, isNumber) || (this.#numbers === 0 && this.#reaches(at, isMonth))) return true;
    if (this.#numbers === 0 || token.text.length === 1) return false;
    const behind = this.#tokens[at + 1];
    const ends = behind === undefined || behind.kind === 'other';
    return ends || /^[(（]/.test(token.text) || behind.is.has('half') || behind.is.has('closing');
  }

  /** `mar, 2 ene`: the weekday, because a month follows the number. */
  #leadsToMonth(at: number): boolean {
    return this.#tokens[at + 1]?.kind === 'number' && this.#reaches(at + 1, isMonth);
  }

  /** Whether the next token that is no small word is wanted. */
  #reaches(at: number, wanted: (token: Token) => boolean): boolean {
    for (let next = at + 1; next <= at + 1 + MOST_LINKS; next++) {
      const token = this.#tokens[next];
      if (!token) return false;
      if (wanted(token)) return true;
      if (!token.is.has('link')) return false;
    }
    return false;
  }
}

function isNumber(token: Token): boolean {
  return token.kind === 'number';
}

function isMonth(token: Token): boolean {
  return token.is.has('month');
}
