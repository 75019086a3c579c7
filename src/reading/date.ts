const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Zones that have names in mail and on pages of archives (RFC 5322, 4.3, and Central Europe). */
const ZONES: Readonly<Record<string, string>> = {
  Z: '+00:00',
  UT: '+00:00',
  UTC: '+00:00',
  GMT: '+00:00',
  CET: '+01:00',
  CEST: '+02:00',
  EST: '-05:00',
  EDT: '-04:00',
  CST: '-06:00',
  CDT: '-05:00',
  MST: '-07:00',
  MDT: '-06:00',
  PST: '-08:00',
  PDT: '-07:00',
};

/** The day, in the orders that mail and archives write it. */
const DAYS = [
  // Mon, 3 Jul 2023; the zone of C stands in the same place as the month here
  /\b(?<day>\d{1,2}) (?<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6} (?<year>\d{4}|\d{2})\b/i,
  // Jul 10 2023 (hypermail), July 3, 2023 (patchwork)
  /\b(?<month>[A-Z][a-z]{2})[a-z]{0,6}\.? (?<day>\d{1,2}),? (?<year>\d{4})\b/,
  // Jul  3 10:00:00 PDT 2023 (pipermail)
  /\b(?<month>[A-Z][a-z]{2}) {1,2}(?<day>\d{1,2}) \d\d:\d\d(?::\d\d)? (?:[A-Z]{1,5} |[+-]\d{4} )?(?<year>\d{4})\b/,
  // 3 07 2023
  /\b(?<day>\d{1,2}) (?<number>\d{1,2}) (?<year>\d{4}|\d{2})(?= \d{1,2}:\d\d)/,
  // 2023-07-03 (marc, public-inbox)
  /\b(?<year>\d{4})-(?<number>\d{2})-(?<day>\d{2})(?=[T\s])/,
];
const TIME = /\b(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s([+-]\d{4}\b|[A-Z]{1,4}))?/;
/** `9:30 p.m. UTC`, `8 a.m.` */
const TWELVE = /\b(\d{1,2})(?::(\d{2}))? ([ap])\.m\.(?: ([A-Z]{1,4})\b)?/;

/** So many units hold a date; the rest of a longer field is not looked at. */
const LONGEST = 4000;

/**
 * A date of a header as ISO 8601 with its own offset; absent when it cannot be read, or is none of the calendar. Reads RFC 5322 with its old forms,
 * and what pages of archives print.
 */
export function isoDate(value: string): string | undefined {
  const words = withoutComments(value.slice(0, LONGEST)).replace(/\s{1,400}/g, ' ');
  const day = DAYS.map((form) => form.exec(words)?.groups).find((found) => found !== undefined);
  const time = timeIn(words);
  if (!day || !time) return undefined;
  const month = day.number === undefined ? monthOf(day.month) : two(day.number);
  if (month === undefined) return undefined;
  const date = `${fullYear(day.year ?? '')}-${month}-${two(day.day)}`;
  return isDate(date) ? `${date}T${time}` : undefined;
}

/** Comments hold comments; one that does not end takes the rest with it. */
function withoutComments(value: string): string {
  let words = '';
  let depth = 0;
  for (let at = 0; at < value.length; at++) {
    const sign = value.charAt(at);
    if (sign === '\\') at++;
    else if (sign === '(') depth++;
    else if (sign === ')') depth = Math.max(0, depth - 1);
    else if (depth === 0) words += sign;
  }
  return words;
}

/** The calendar has the day. */
function isDate(date: string): boolean {
  const time = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
}

function timeIn(value: string): string | undefined {
  const twelve = TWELVE.exec(value);
  if (twelve) {
    const [, hour = '', minute = '00', half, name] = twelve;
    return `${two(String((Number(hour) % 12) + (half === 'p' ? 12 : 0)))}:${minute}:00${zone(name)}`;
  }
  const [, hour, minute, second = '00', name] = TIME.exec(value) ?? [];
  if (hour === undefined || Number(hour) > 24 || Number(minute) > 59 || Number(second) > 60) return undefined;
  return `${two(hour)}:${minute}:${second}${zone(name)}`;
}

function monthOf(name = ''): string | undefined {
  const index = MONTHS.indexOf(name.toLowerCase());
  return index === -1 ? undefined : two(String(index + 1));
}

function fullYear(year: string): string {
  return year.length === 2 ? `${Number(year) < 70 ? 20 : 19}${year}` : year;
}

function two(value = ''): string {
  return value.padStart(2, '0');
}

/** No zone, one without a meaning, or one of the letters that old mailers got wrong (RFC 5322, 4.3): `-00:00`, which says that the offset is not known (RFC 3339, 4.3). */
function zone(text: string | undefined): string {
  if (text === undefined) return '-00:00';
  if (/^[+-]/.test(text)) return `${text.slice(0, 3)}:${text.slice(3)}`;
  return ZONES[text] ?? '-00:00';
}
