import type { Line, LineTable, Position } from '#mailast';
import type { LineHeads } from './line-heads.ts';
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
  const line = (index: number, start = heads.start(index)): Line => {
    const end = heads.end(index);
    return {
      type: 'line',
      position: positionInLine(table, index, start, end),
      children: phrasing(heads.text, start, end, (from, to) => positionInLine(table, index, from, to), labels),
    };
  };
  return {
    position: (start, end) => table.position(start, end),
    lines(from, to, start) {
      const lines: Line[] = [];
      for (let index = from; index < to; index++) lines.push(line(index, index === from ? start : undefined));
      return lines;
    },
    span(from, to) {
      const start = heads.start(from);
      const end = Math.max(heads.end(Math.max(to - 1, from)), start);
      return { start: pointInLine(table, from, start), end: pointInLine(table, Math.max(to - 1, from), end) };
    },
  };
}

function pointInLine(table: LineTable, line: number, offset: number): Position['start'] {
  return { line: line + 1, column: offset - table.start(line) + 1, offset };
}

/** A span whose line is known needs no search for it. */
function positionInLine(table: LineTable, line: number, start: number, end: number): Position {
  return { start: pointInLine(table, line, start), end: pointInLine(table, line, end) };
}
