import { type LineTable, lineTable, type Span } from '#mailast';
import { peelDashEscapes, type Suspects, settle } from './mark-exceptions.ts';

/** Quotes nest to so many levels; deeper lines stand in the last one. */
export const DEEPEST = 64;

/** The lines of a readable text with their quote marks peeled off. Index from 0; offsets in the readable text. */
export interface LineHeads {
  readonly text: string;
  readonly table: LineTable;
  /** The page lost white space at the start of lines, or empty lines. */
  readonly stripped: boolean;
  /** True number of quote marks of the line. */
  depth(line: number): number;
  /** Where the line's own text begins: behind its marks and the one space after them. */
  start(line: number): number;
  end(line: number): number;
  /** The line's own text. */
  own(line: number): string;
  blank(line: number): boolean;
  /** Offset of mark number `mark` (from 1, at most the line's depth). */
  mark(line: number, mark: number): number;
}

const MARK = 62;
const SPACE = 32;

/**
 * Peels the marks of every line once: `> `, `>`, `>>`, `> >`, mixed. Marks may be set apart by one space each. What looks like a mark and is none,
 * and what is one without looking like it, is in `mark-exceptions.ts`.
 *
 *     > >>> text      depth 4
 */
export function lineHeads(text: string, body: Span, stripped = false): LineHeads {
  const table = lineTable(text);
  const first = table.at(body.start);
  const depths = new Uint32Array(table.count);
  const starts = new Uint32Array(table.count);
  const blanks = new Uint8Array(table.count);
  const suspects: Suspects = { short: [], decorated: [], initials: [] };
  for (let line = first; line < table.count; line++) {
    const end = table.end(line);
    let at = line === first ? body.start : table.start(line);
    let depth = 0;
    for (let next = at; next < end; ) {
      const unit = text.charCodeAt(next);
      if (unit === MARK) {
        depth++;
        at = ++next;
      } else if (unit === SPACE && depth > 0 && text.charCodeAt(next + 1) === MARK && next === at) next++;
      else break;
    }
    if (depth > 0 && at < end && text.charCodeAt(at) === SPACE) at++;
    depths[line] = depth;
    starts[line] = at;
    suspect(suspects, text, line, depth, at, end);
  }
  const peeled = { text, table, first, depths, starts };
  settle(peeled, suspects);
  peelDashEscapes(peeled);
  for (let line = first; line < table.count; line++)
    blanks[line] = isBlank(text, starts[line] ?? 0, table.end(line)) ? 1 : 0;
  const start = (line: number): number => starts[line] ?? text.length;
  return {
    text,
    table,
    stripped,
    depth: (line) => depths[line] ?? 0,
    start,
    end: (line) => table.end(line),
    own: (line) => text.slice(start(line), table.end(line)),
    blank: (line) => blanks[line] === 1,
    mark: (line, mark) => markOffset(text, line === first ? body.start : table.start(line), mark),
  };
}

/** Notes a line that the plain rule may read wrong, by a glance at its first signs. */
function suspect(suspects: Suspects, text: string, line: number, depth: number, at: number, end: number): void {
  if (depth > 0 && end - at <= 40) suspects.short.push(line);
  if (depth >= 3 && (text.startsWith('On ', at) || text.startsWith('"', at))) suspects.decorated.push(line);
  if (depth === 0 && beginsWithInitials(text, at, end)) suspects.initials.push(line);
}

/** A short word of letters and a mark right behind it. */
function beginsWithInitials(text: string, at: number, end: number): boolean {
  const most = Math.min(end, at + 17);
  for (let next = at; next < most; next++) {
    const unit = text.charCodeAt(next);
    if (unit === MARK) return next > at;
    const isLetter = (unit | 32) >= 97 && (unit | 32) <= 122;
    if (!isLetter && unit !== 46 && !(unit === SPACE && next - at < 2)) return false;
  }
  return false;
}

/** White space, and the no-break spaces that web pages leave. */
function isBlank(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (unit !== SPACE && unit !== 9 && unit !== 0xa0) return false;
  }
  return true;
}

function markOffset(text: string, start: number, mark: number): number {
  let at = start;
  for (let count = 0; at < text.length; at++) {
    if (text.charCodeAt(at) === MARK && ++count === mark) return at;
  }
  return start;
}
