import type { Trailer, Trailers } from '#mailast';
import type { Construct, Run } from '../construct.ts';
import { type TrailerLine, trailerLine } from './trailer-line.ts';

/** So many lines behind a possible trailer are looked at for a sure one. */
const MOST_AHEAD = 12;
/** So many lines a mailer makes of one trailer, or a maintainer of one note. */
const MOST_WRAPPED = 8;
/** How much of a line is looked at. */
const MOST_UNITS = 400;

/**
 * A block of trailers, with continuation lines, and with notes between them. `Note: this` is prose: a line counts by its token and its value
 * together, or by a sure one in the same block.
 *
 *     Fixes: 0123456789ab ("tea: warm the pot before the
 *     water boils")
 *     Cc: stable@example.org # 5.10+
 *     Signed-off-by: Ada Example <ada@example.org>
 *     [ben: reworded the log]
 *     Signed-off-by: Ben Sample
 *     <ben@example.org>
 */
export const trailers: Construct = {
  name: 'trailers',
  read(run, line) {
    if (!beginsTrailers(run, line)) return undefined;
    const children: Trailer[] = [];
    let end = line;
    for (let next = line; next < run.to && !run.heads.blank(next); ) {
      const trailer = trailerAt(run, next);
      if (trailer) {
        const { token, value } = trailer;
        children.push({ type: 'trailer', token, value, position: run.placing.span(next, trailer.next) });
        end = trailer.next;
      }
      const behind = trailer?.next ?? noteEnd(run, next);
      if (behind === undefined) break;
      next = behind;
    }
    const node: Trailers = { type: 'trailers', children, position: run.placing.span(line, end) };
    return { node, next: end };
  },
};

/** Whether a line inside prose ends it: it is a trailer without a doubt. */
export function interruptsAsTrailer(run: Run, line: number): boolean {
  const trailer = trailerLine(run.heads.own(line));
  // Where empty lines were lost, and addresses with them, a name is all that is left.
  const likely = run.heads.stripped && trailer?.evidence === 'likely' && /-by$/i.test(trailer.token);
  return (likely || trailer?.evidence === 'sure') && !isInPastedHeader(run, line);
}

function beginsTrailers(run: Run, line: number): boolean {
  const first = trailerAt(run, line);
  if (!first || isInPastedHeader(run, line)) return false;
  if (first.evidence === 'sure') return true;
  let likely = first.evidence === 'likely' ? 1 : 0;
  const to = Math.min(run.to, line + MOST_AHEAD);
  for (let next = first.next; next < to && !run.heads.blank(next); ) {
    const trailer = trailerAt(run, next);
    if (trailer?.evidence === 'sure') return true;
    if (trailer?.evidence === 'likely') likely++;
    const behind = trailer?.next ?? noteEnd(run, next);
    // A single `Link: https://...` with prose right behind it is a line of that prose.
    if (behind === undefined) return likely > (run.heads.stripped && /-by$/i.test(first.token) ? 0 : 1);
    next = behind;
  }
  return likely > 0;
}

/** A header that somebody pasted: `Cc:` and `Message-ID:` behind `Subject:` are fields of it. */
function isInPastedHeader(run: Run, line: number): boolean {
  const above = line > run.from ? run.heads.own(line - 1) : '';
  return above.length <= LONGEST_FIELD && PASTED_FIELD.test(above);
}

/** A line of a header is short; a paragraph that lost its line ends may begin with `From:`. */
const LONGEST_FIELD = 200;
const PASTED_FIELD =
  /^[ \t*]{0,8}(?:from|to|sent|date|subject|reply-to|importance|organization)[ \t]{0,2}:\*{0,2}[ \t]/i;

/** The trailer that begins at a line, with what a mailer, or its author, has put on lines of its own; `next` is the line behind it. */
function trailerAt(run: Run, line: number): (TrailerLine & { next: number }) | undefined {
  const first = trailerLine(run.heads.own(line));
  if (!first) return undefined;
  const pieces = [first.value];
  let seen = first.value.slice(0, MOST_UNITS);
  let next = line + 1;
  const to = Math.min(run.to, next + MOST_WRAPPED);
  while (
    next < to &&
    !run.heads.blank(next) &&
    continues(run.heads.own(next).slice(0, MOST_UNITS), first.token, seen)
  ) {
    const piece = run.heads.own(next).trim();
    pieces.push(piece);
    seen = `${seen} ${piece}`.trim().slice(0, MOST_UNITS);
    next++;
  }
  if (seen === '') return undefined;
  if (next === line + 1) return { ...first, next };
  // The lines together may say more than the first alone: an address, a link.
  const evidence = trailerLine(`${first.token}: ${seen}`)?.evidence ?? first.evidence;
  return { token: first.token, value: pieces.join(' ').trim(), evidence, next };
}

function continues(line: string, token: string, value: string): boolean {
  if (trailerLine(line) || /^\s{0,40}\[/.test(line)) return false;
  if (/^[ \t]{1,40}\S/.test(line)) return true;
  // `Link:` alone, its target on the next line; `Signed-off-by:` alone, the name on the next.
  if (value === '') return /-by$/i.test(token) ? NAMED.test(line) : /^https?:\/\/\S{1,390}\s{0,8}$/.test(line);
  // A title that was broken: the bracket before it is still open.
  if (/^fixes$/i.test(token)) return value.includes('(') && !value.endsWith(')') && /\)\s{0,8}$/.test(line);
  return /-by$/i.test(token) && !value.includes('@') && NAMED.test(line);
}

/** The rest of a name, and an address. */
const NAMED = /^(?:[\p{L}.'-]{1,40}\s){0,3}<[^<>\s]{1,200}@[^<>\s]{1,200}>\s{0,8}$/u;

/** `[ben: reworded the log]` or `(cherry picked from commit ...)` with a trailer behind it: the first line behind the note. */
function noteEnd(run: Run, line: number): number | undefined {
  const first = run.heads.own(line).slice(0, MOST_UNITS).trim();
  if (/^\((?:cherry picked|backported|picked) from commit [0-9a-f]{7,64}/i.test(first)) return line + 1;
  if (!/^\[.{2}/.test(first) || /^\[(?:\d{1,3}|\*)\]/.test(first)) return undefined;
  let next = line + 1;
  const to = Math.min(run.to, line + MOST_WRAPPED);
  while (
    next < to &&
    !run.heads
      .own(next - 1)
      .trimEnd()
      .endsWith(']')
  ) {
    if (run.heads.blank(next) || trailerLine(run.heads.own(next))) break;
    next++;
  }
  if (next >= run.to || run.heads.blank(next)) return undefined;
  const behind = run.heads.own(next);
  return trailerLine(behind) || NOTE.test(behind.slice(0, 60)) ? next : undefined;
}

const NOTE = /^\s{0,40}[[(]/;
