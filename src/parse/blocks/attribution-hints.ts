import { DATE_WORDS } from './attribution-calendar.ts';
import { PHRASES, QUOTING } from './attribution-phrases.ts';

/** First words of the phrases that open an attribution. */
const OPENERS: ReadonlySet<string> = new Set(
  [...PHRASES.flatMap(({ openings, around = [] }) => [...openings, ...around]), ...QUOTING].map(firstWord),
);

/** Last words of the phrases that end one. */
const ENDERS: ReadonlySet<string> = new Set(
  PHRASES.flatMap(({ verbs }) => verbs).map((verb) => verb.split(' ').at(-1) ?? verb),
);

function firstWord(phrase: string): string {
  const space = phrase.indexOf(' ');
  return space === -1 ? phrase : phrase.slice(0, space);
}

/**
 * Whether an attribution may begin at a line, by a glance at its ends: prose is looked at line by line, and most of it has neither. A line that ends like
 * one, opens like one (`On 3 ...`), or holds an address.
 */
export function mayBegin(line: string, next: string): boolean {
  if (mayEnd(line)) return true;
  if (line.includes('<') || /^\s{0,8}</.test(next)) return true;
  if (line.length <= LONG_NAME) {
    const below = firstWord(next.trimStart());
    if (/^\d/.test(below) || VERBS.has(below.toLowerCase())) return true;
  }
  const word = /^[\s*+>\u200e-\u202e-]{0,8}([^\s,:]{1,20})/.exec(line)?.[1]?.toLowerCase() ?? '';
  if (/^\d/.test(word)) return true;
  const plain = word.replace(/\.$/, '');
  return (OPENERS.has(plain) || DATE_WORDS.has(plain)) && (line.length <= SHORT || /[\d\u0080-\uffff]/.test(line));
}

const VERBS: ReadonlySet<string> = new Set(PHRASES.flatMap(({ verbs }) => verbs).map(firstWord));
/** A line that holds a name and nothing else is no longer. */
const LONG_NAME = 40;
/** A mailer that wraps this early has not come to the numbers of the date. */
const SHORT = 24;

/** Whether an attribution may end where a text ends: at a colon, a verb, dots, dashes or an address. */
export function mayEnd(text: string): boolean {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) <= 32) end--;
  const last = text.charAt(end - 1);
  if (last === ':' || last === '\uff1a' || last === '>') return text.lastIndexOf('(') <= text.lastIndexOf(')');
  // Marks of writing direction may stand behind the colon.
  if (last > '\u2000' && last < '\u2070') return /[:\uff1a>…]/.test(text.slice(end - 4, end));
  while (end > 0 && (text.charCodeAt(end - 1) === DASH || text.charCodeAt(end - 1) === STOP)) end--;
  while (end > 0 && text.charCodeAt(end - 1) <= 32) end--;
  const start = text.lastIndexOf(' ', end - 1) + 1;
  return end - start <= LONGEST_END && ENDERS.has(text.slice(start, end).toLowerCase());
}

const DASH = 45;
const STOP = 46;
const LONGEST_END = Math.max(...[...ENDERS].map((word) => word.length));
