import type { Construct, Found, Run } from '../construct.ts';
import { beginsBlock, readBlock } from './attribution-block.ts';
import { mayBegin, mayEnd } from './attribution-hints.ts';
import { type AttributionLine, maySayWrote, readAttribution } from './attribution-line.ts';

/** At most so many lines, and so many units, make an attribution that a mailer has wrapped. */
const MOST_LINES = 4;
const MOST_UNITS = 500;

/**
 * Who wrote the quote one level deeper, or, with header lines, the text below. What prose might say too needs a quote behind it.
 *
 *     On Thu, Jul 06, 2023, Ada Example wrote:
 *     On Wed, Mar 30, 2022 at 10:48 PM Ada Example
 *     <ada@example.org> wrote:
 *     Ada Example wrote:
 *     * Ada Example <ada@example.org> [2023-07-03 10:00:00]:
 *     Am 03.07.2023 um 10:00 schrieb Ada Example:
 *     -----Original Message-----
 *     From: Ada Example
 */
export const attribution: Construct = {
  name: 'attribution',
  read(run, line) {
    if (run.lastAttribution?.line === line) return run.lastAttribution.found;
    const found = readAt(run, line);
    run.lastAttribution = { line, found };
    return found;
  },
};

function readAt(run: Run, line: number): Found | undefined {
  const first = run.heads.own(line);
  if (first.length > MOST_UNITS) return undefined;
  if (beginsBlock(first)) {
    const block = readBlock(run, line);
    if (block) return foundAt(run, line, block.next, { ...block, unmarked: !quoteFollows(run, block.next) });
  }
  return mayBegin(first, ownAfter(run, line)) ? readWrapped(run, line, first) : undefined;
}

function ownAfter(run: Run, line: number): string {
  return line + 1 < run.limit ? run.heads.own(line + 1).slice(0, MOST_UNITS) : '';
}

/** Joins the lines of a wrapped attribution until they say all of one. */
function readWrapped(run: Run, line: number, first: string): Found | undefined {
  let joined = first;
  let gap = 0;
  for (let next = line; ; ) {
    if (joined.length > MOST_UNITS) return undefined;
    const quoted = quoteFollows(run, next + 1);
    // Without a quote below it takes a verb or a colon.
    if (mayEnd(joined) && (quoted || /[:\uff1a\u2000-\u206f]\s{0,4}$/.test(joined) || maySayWrote(joined))) {
      const said = readAttribution(joined);
      if (said && (said.evidence === 'sure' || quoted)) return foundAt(run, line, next + 1, said);
      // What ends in a colon and is no attribution for want of a quote does not become one by more words.
      if (said && /[:\uff1a]\s{0,4}$/.test(joined)) return undefined;
    }
    next++;
    if (next - line >= MOST_LINES + gap || !goesOn(run, line, next)) return undefined;
    // `Ada Example`, an empty line, `<`: the rest of an address that a mailer pushed down.
    if (run.heads.blank(next)) {
      if (gap > 0 || !/^<\S{0,200}$/.test(ownAfter(run, next).trim())) return undefined;
      gap = 2;
    } else joined = `${joined} ${run.heads.own(next).trim()}`;
  }
}

/**
 * Whether line `next` may go on with what began at `line`. It stands at the same depth; a mailer that wraps a quoted line may have left the marks away, and then
 * only the quote below says that it belongs up here.
 */
function goesOn(run: Run, line: number, next: number): boolean {
  if (next < run.to) return true;
  const { heads } = run;
  if (next !== run.to || next >= run.limit || next === line || heads.blank(next)) return false;
  return heads.depth(next) < run.depth && next + 1 < run.limit && heads.depth(next + 1) > run.depth;
}

type Said = Pick<AttributionLine, 'author' | 'date'> & { unmarked?: boolean };

function foundAt(run: Run, line: number, next: number, { author, date, unmarked }: Said): Found {
  return {
    node: {
      type: 'attribution',
      ...(author === undefined ? {} : { author }),
      ...(date === undefined ? {} : { date }),
      ...(unmarked ? { unmarked: true } : {}),
      position: run.placing.span(line, next),
      children: run.placing.lines(line, next),
    },
    next,
  };
}

/** Whether the next line that is not empty is quoted deeper; at most two empty lines are looked over. */
function quoteFollows(run: Run, line: number): boolean {
  const { heads } = run;
  for (let next = line; next < Math.min(run.limit, line + 3); next++) {
    if (heads.depth(next) > run.depth) return true;
    if (!heads.blank(next)) return false;
  }
  return false;
}
