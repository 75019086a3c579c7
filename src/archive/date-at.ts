const MONTHS = 'janfebmaraprmayjunjulaugsepoctnovdec';
const USUAL =
  /^\s{0,9}(?:[A-Za-z]{3}, {1,2})?(\d{1,2}) ([A-Za-z]{3}) (\d{4}) (\d\d):(\d\d)(?::(\d\d))? ([+-])(\d\d)(\d\d)(?![\d:])/;

/** What the usual form of a date takes, in units. */
const LONGEST = 64;

/**
 * The time that [start, end) of a header says in the form that mail programs write (`Mon, 3 Jul 2023 10:00:00 +0200`), in milliseconds since 1970. Anything
 * rarer is NaN: it is read when it is asked for.
 */
export function dateAt(text: string, start: number, end: number): number {
  const match = USUAL.exec(text.slice(start, Math.min(end, start + LONGEST)));
  if (!match) return Number.NaN;
  const [, day = '', name = '', year = '', hour = '', minute = '', second = '0', sign, hours = '', minutes = ''] =
    match;
  const month = MONTHS.indexOf(name.toLowerCase());
  const [h, m, s] = [Number(hour), Number(minute), Number(second)];
  if (month < 0 || month % 3 !== 0 || h > 23 || m > 59 || s > 59 || Number(minutes) > 59) return Number.NaN;
  const time = Date.UTC(Number(year), month / 3, Number(day), h, m, s);
  // The calendar has the day, and the year is no small number.
  if (new Date(time).getUTCDate() !== Number(day) || Number(year) < 1000) return Number.NaN;
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return sign === '-' ? time + offset : time - offset;
}
