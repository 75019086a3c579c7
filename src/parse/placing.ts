import type { Line, LineTable, Position } from '#mailast';
import { MOST_MARKS } from './limits.ts';
import type { LineHeads } from './line-heads.ts';
import { MOST_LINES_BELOW } from './phrasing/commit.ts';
import { phrasing } from './phrasing/phrasing.ts';

/** Makes positions and lines of prose for one readable text. */
export interface Placing {
  position(start: number, end: number): Position;
  /** Lines [from, to) as prose; the first one begins at `start` when that is given. */
  lines(from: number, to: number, start?: number): Line[];
  /** The span of the own text of lines [from, to). */
  span(from: number, to: number): Position;
}

export function placingOf(heads: LineHeads, labels: ReadonlySet<string>): Placing {
  const { table } = heads;
  let marks = 0;
  const line = (index: number, to: number, start = heads.start(index)): Line => {
    const end = heads.end(index);
    const place = (from: number, to: number): Position => positionInLine(table, index, from, to);
    const children = phrasing(heads.text, start, end, place, labels, MOST_MARKS - marks, () =>
      textBelow(heads, index, to),
    );
    marks += children.length - 1;
    return { type: 'line', position: place(start, end), children };
  };
  return {
    position: (start, end) => table.position(start, end),
    lines(from, to, start) {
      const lines: Line[] = [];
      for (let index = from; index < to; index++) lines.push(line(index, to, index === from ? start : undefined));
      return lines;
    },
    span(from, to) {
      const start = heads.start(from);
      const end = Math.max(heads.end(Math.max(to - 1, from)), start);
      return { start: pointInLine(table, from, start), end: pointInLine(table, Math.max(to - 1, from), end) };
    },
  };
}

/** The own text of the next lines of a block, as far as a title of a commit may go on. */
function textBelow(heads: LineHeads, index: number, to: number): string {
  let text = '';
  for (let next = index + 1; next < Math.min(to, index + 1 + MOST_LINES_BELOW); next++)
    text += `${heads.own(next).trim()} `;
  return text;
}

function pointInLine(table: LineTable, line: number, offset: number): Position['start'] {
  return { line: line + 1, column: offset - table.start(line) + 1, offset };
}

/** A span whose line is known needs no search for it. */
function positionInLine(table: LineTable, line: number, start: number, end: number): Position {
  return { start: pointInLine(table, line, start), end: pointInLine(table, line, end) };
}
