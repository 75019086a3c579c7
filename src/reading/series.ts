import { withoutReply } from './reply-prefix.ts';

/** What a subject says about its place in a series. Prefixes are kept as they are written. */
export interface SeriesPlace {
  prefixes: readonly string[];
  version: number;
  part?: number;
  total?: number;
  /** The subject without `Re:` and without its prefixes. */
  clean: string;
}

/** More brackets than these in front of a subject are not read. */
const MOST_BRACKETS = 20;

/**
 * `Re: [RFC PATCH v2 net-next 03/10] tea: warm the pot`. Absent when no prefix says patch, pull, a version or a number; where the mail is
 * known to carry a patch or a pull request (`known`), any bracket in front counts.
 */
export function seriesOf(subject: string, known = false): SeriesPlace | undefined {
  const { brackets, rest } = bracketsOf(withoutReply(subject));
  const prefixes = brackets.flatMap(wordsOf);
  if (prefixes.length === 0 || !(known || prefixes.some((prefix) => TELLING.test(prefix)))) return undefined;
  const numbers = first(prefixes, PART);
  const version = first(prefixes, VERSION)?.[1] ?? /\(v(\d{1,4})\)\s{0,8}$/i.exec(rest)?.[1];
  return {
    prefixes,
    version: version === undefined ? 1 : Number(version),
    ...(numbers ? { part: Number(numbers[1]), total: Number(numbers[2]) } : {}),
    clean: rest,
  };
}

/** `3/10`, `PATCH3/10`, `v2PATCH3/10`, and `3 of 10`, as hg writes it. */
const PART = /^(?:v\d{1,4})?[a-z-]{0,12}?(\d{1,5})(?:\/| of )(\d{1,5})$/i;
/** `v2`, `V2.1`, `PATCHv2`, `RFC-v3`, `PATCH-v2`, `v2PATCH1/3`; `ipv6` is the name of a tree. */
const VERSION = /^(?:[a-z]{0,10}(?:patch|rfc|resend|pull)-?)?v(\d{1,4})(?:\.\d{1,3})?(?:patch.{0,12})?$/i;
const TELLING = /patch|^rfc|^v\d{1,4}$|^\d{1,5}(?:\/| of )\d{1,5}$|^(?:pull|pull-request|resend|rebased|rft)$/i;

function first(words: readonly string[], pattern: RegExp): RegExpExecArray | undefined {
  for (const word of words) {
    const match = pattern.exec(word);
    if (match) return match;
  }
  return undefined;
}

function wordsOf(bracket: string): string[] {
  const counted = /^(.{0,60}?)\b(\d{1,5} of \d{1,5})\b(.{0,200})$/i.exec(bracket);
  const parts = counted
    ? [...(counted[1] ?? '').split(BETWEEN), counted[2] ?? '', ...(counted[3] ?? '').split(BETWEEN)]
    : bracket.split(BETWEEN);
  return parts.filter((word) => word !== '');
}

const BETWEEN = /[\s,;[\]]+/;

/** The brackets in front of a subject, without themselves, and what stands behind them. Brackets in brackets belong to the outer one. */
function bracketsOf(subject: string): { brackets: string[]; rest: string } {
  const brackets: string[] = [];
  let rest = subject;
  while (rest.startsWith('[') && brackets.length < MOST_BRACKETS) {
    const end = bracketEnd(rest);
    if (end === undefined) break;
    brackets.push(rest.slice(1, end - 1));
    // `[PATCH]: tea`, `[PATCH] Re: tea`
    rest = withoutReply(rest.slice(end).replace(/^[\s:]{1,20}/, ''));
  }
  return { brackets, rest };
}

/** Behind the bracket that closes the first one, which stands at most 200 units behind it. */
function bracketEnd(text: string): number | undefined {
  let depth = 0;
  for (let at = 0; at < Math.min(text.length, 202); at++) {
    if (text[at] === '[') depth++;
    if (text[at] === ']' && --depth === 0) return at + 1;
  }
  // An inner bracket that nobody closed.
  const close = text.slice(0, 202).indexOf(']');
  return close === -1 ? undefined : close + 1;
}
