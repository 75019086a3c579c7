/** What a term of a query is looked for in. `any` is subject, author and text. */
export type Field = 'any' | 'subject' | 'author' | 'list' | 'file' | 'text' | 'date' | 'id';

export interface Term {
  field: Field;
  /** In small letters. */
  value: string;
  /** Messages with it are left out. */
  not: boolean;
  /** Of a date: from and to, in milliseconds since 1970, the end exclusive; either may be open. */
  from?: number;
  to?: number;
}

/** A query of a reader: every term counts. `wrong` says which terms mean nothing here. */
export interface Query {
  text: string;
  terms: readonly Term[];
  wrong: readonly string[];
}

/** The prefixes of public-inbox's own search that can be answered from mail at hand. */
const PREFIXES: ReadonlyMap<string, Field> = new Map([
  ['s', 'subject'],
  ['f', 'author'],
  ['d', 'date'],
  ['l', 'list'],
  ['dfn', 'file'],
  ['b', 'text'],
  ['m', 'id'],
]);

/** Reads `s:valve f:ada d:20240101..20240201 dfn:drivers/valve.c "two words" -f:bo`. */
export function readQuery(text: string, now: number): Query {
  const terms: Term[] = [];
  const wrong: string[] = [];
  for (const [written, minus = '', prefix = '', quoted, word = ''] of text.matchAll(
    /(-?)(?:([A-Za-z]{1,8}):)?(?:"([^"]*)"|([^\s"]+))/g,
  )) {
    const field = prefix === '' ? 'any' : PREFIXES.get(prefix.toLowerCase());
    const value = (quoted ?? word).toLowerCase().replace(/\*$/, '').trim();
    if (value === '' || /^(?:and)$/.test(value)) continue;
    const range = field === 'date' ? readDates(value, now) : {};
    // A word with a colon in it is a word: `kvm:x86`.
    if (field === undefined && quoted === undefined && !KNOWN_ELSEWHERE.has(prefix.toLowerCase()))
      terms.push({ field: 'any', value: `${prefix}:${value}`.toLowerCase(), not: minus !== '' });
    else if (field === undefined || range === undefined) wrong.push(written);
    else terms.push({ field, value, not: minus !== '', ...range });
  }
  return { text: text.trim(), terms, wrong };
}

/** Prefixes that the servers know and we do not. */
const KNOWN_ELSEWHERE: ReadonlySet<string> = new Set(
  'a bs c dfa dfb dfctx dfhh dfpre dfpost dfblob dt lid mid n nq patchid q rt t tc tcf tid forpatchid changedfiles'.split(
    ' ',
  ),
);

const DAY = 86_400_000;

/** `20240108`, `20240101..20240201`, `2.weeks.ago..`: days, the last one included. */
function readDates(value: string, now: number): { from?: number; to?: number } | undefined {
  const [first = '', last = first, more] = value.split('..');
  const [start, end] = [dayOf(first, now), dayOf(last, now)];
  if (more !== undefined || start === 'wrong' || end === 'wrong' || (start ?? end) === undefined) return undefined;
  return { ...(start === undefined ? {} : { from: start }), ...(end === undefined ? {} : { to: end + DAY }) };
}

const LENGTHS: ReadonlyMap<string, number> = new Map([
  ['day', DAY],
  ['week', 7 * DAY],
  ['month', 30 * DAY],
  ['year', 365 * DAY],
]);

/** The beginning of a day, in UTC. */
function dayOf(text: string, now: number): number | undefined | 'wrong' {
  if (text === '') return undefined;
  const [, year, month, day] = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(text) ?? [];
  if (year !== undefined) {
    const time = Date.UTC(Number(year), Number(month) - 1, Number(day));
    return new Date(time).getUTCDate() === Number(day) ? time : 'wrong';
  }
  const [, count, unit = ''] = /^(\d{1,4})\.(day|week|month|year)s?\.ago$/.exec(text) ?? [];
  const length = LENGTHS.get(unit);
  if (count === undefined || length === undefined) return text === 'today' ? now - (now % DAY) : 'wrong';
  return now - (now % DAY) - Number(count) * length;
}
