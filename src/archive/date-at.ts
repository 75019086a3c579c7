const MONTHS = 'janfebmaraprmayjunjulaugsepoctnovdec';
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const MINUTE = 60_000;
const [TAB, SPACE, PLUS, COMMA, MINUS, ZERO, COLON] = [9, 32, 43, 44, 45, 48, 58];

/**
 * The time that [start, end) of a header says in the form that mail programs write (`Mon, 3 Jul 2023 10:00:00 +0200`), in milliseconds since 1970. Anything
 * rarer is NaN: it is read when it is asked for. By units, since a million are read.
 */
export function dateAt(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && (text.charCodeAt(at) === SPACE || text.charCodeAt(at) === TAB)) at++;
  if (text.charCodeAt(at + 3) === COMMA && text.charCodeAt(at + 4) === SPACE) at += 5;
  if (text.charCodeAt(at) === SPACE) at++;
  const long = isDigit(text, at + 1);
  const day = digits(text, at, long ? 2 : 1);
  at += long ? 2 : 1;
  const month = MONTHS.indexOf(text.slice(at + 1, at + 4).toLowerCase()) / 3;
  const year = digits(text, at + 5, 4);
  const time = timeOf(text, at + 10);
  if (text.charCodeAt(at) !== SPACE || text.charCodeAt(at + 4) !== SPACE || text.charCodeAt(at + 9) !== SPACE)
    return Number.NaN;
  if (!(month >= 0 && Number.isInteger(month) && year >= 1000 && isDay(day, month, year))) return Number.NaN;
  return at + 21 > end ? Number.NaN : Date.UTC(year, month, day) + time;
}

/** `10:00:00 +0200` or `10:00 +0200`, in milliseconds; NaN where it is none. */
function timeOf(text: string, start: number): number {
  const [hour, minute] = [digits(text, start, 2), digits(text, start + 3, 2)];
  const full = text.charCodeAt(start + 5) === COLON;
  const second = full ? digits(text, start + 6, 2) : 0;
  const at = start + (full ? 8 : 5);
  const sign = text.charCodeAt(at + 1);
  const [hours, minutes] = [digits(text, at + 2, 2), digits(text, at + 4, 2)];
  const marks = text.charCodeAt(start + 2) === COLON && text.charCodeAt(at) === SPACE;
  if (!marks || (sign !== PLUS && sign !== MINUS) || isDigit(text, at + 6) || text.charCodeAt(at + 6) === COLON)
    return Number.NaN;
  if (!(hour < 24 && minute < 60 && second < 60 && minutes < 60)) return Number.NaN;
  const offset = (hours * 60 + minutes) * MINUTE;
  return (hour * 60 + minute) * MINUTE + second * 1000 + (sign === MINUS ? offset : -offset);
}

function isDay(day: number, month: number, year: number): boolean {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day >= 1 && day <= (month === 1 && !isLeap ? 28 : (DAYS[month] ?? 0));
}

/** So many decimal digits; NaN where there is anything else. */
function digits(text: string, start: number, count: number): number {
  let value = 0;
  for (let at = start; at < start + count; at++) {
    if (!isDigit(text, at)) return Number.NaN;
    value = value * 10 + text.charCodeAt(at) - ZERO;
  }
  return value;
}

function isDigit(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= ZERO && unit < COLON;
}
