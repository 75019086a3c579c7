import type { Span } from '#mailast';

/** A line that parts a multipart body; `end` is behind its line end. */
export interface Delimiter extends Span {
  /** Whether it is the last one: the boundary with two hyphens behind it. */
  closes: boolean;
}

const LF = 10;
const CR = 13;

/**
 * The next line of [from, limit) that is the boundary and nothing else: two hyphens, the boundary, two more when it is the last, white
 * space that a relay may have added (RFC 2046, 5.1.1). `from` is the start of a line. Linear in what it passes over.
 */
export function nextDelimiter(text: string, boundary: string, from: number, limit: number): Delimiter | undefined {
  const mark = `--${boundary}`;
  for (let at = lineThatBegins(text, mark, from, limit); at !== -1; at = lineThatBegins(text, mark, at + 1, limit)) {
    const behind = at + mark.length;
    const closes = behind + 2 <= limit && text.startsWith('--', behind);
    const end = restIsBlank(text, closes ? behind + 2 : behind, limit);
    if (end !== -1) return { start: at, end, closes };
  }
  return undefined;
}

/** Looks at nothing behind `limit`: a message may hold many bodies whose boundary stands nowhere. */
function lineThatBegins(text: string, mark: string, from: number, limit: number): number {
  const stretch = text.slice(from, limit);
  for (let at = stretch.indexOf(mark); at !== -1; at = stretch.indexOf(mark, at + 1)) {
    if (from + at === 0 || text.charCodeAt(from + at - 1) === LF) return from + at;
  }
  return -1;
}

/** Behind the line end when nothing but white space stands before it; -1 when something does. */
function restIsBlank(text: string, from: number, limit: number): number {
  for (let at = from; at < limit; at++) {
    const unit = text.charCodeAt(at);
    if (unit === LF) return at + 1;
    if (unit !== 32 && unit !== 9 && unit !== CR) return -1;
  }
  return limit;
}

/** The end of what stands before a delimiter: its line end belongs to the delimiter (RFC 2046, 5.1.1). */
export function endBefore(text: string, delimiter: number, start: number): number {
  if (delimiter <= start || text.charCodeAt(delimiter - 1) !== LF) return delimiter;
  const crlf = delimiter - 2 >= start && text.charCodeAt(delimiter - 2) === CR;
  return crlf ? delimiter - 2 : delimiter - 1;
}

/**
 * The boundary that a body uses when its header does not say it: that of the first line of two hyphens and more behind which a field that
 * describes a part follows. Absent when there is no such line.
 */
export function usedBoundary(text: string, from: number, limit: number): string | undefined {
  for (let at = lineThatBegins(text, '--', from, limit); at !== -1; at = lineThatBegins(text, '--', at + 1, limit)) {
    const lf = text.indexOf('\n', at);
    if (lf === -1 || lf >= limit) return undefined;
    if (lf - at < LONGEST && /^content-[a-z-]{2,40}:/i.test(text.slice(lf + 1, Math.min(lf + 60, limit)))) {
      return text.slice(at + 2, lf).trimEnd();
    }
  }
  return undefined;
}

/** A boundary has at most 70 units (RFC 2046); some programs write longer ones. */
const LONGEST = 300;
