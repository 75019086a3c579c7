import type { Point, Position } from './nodes.ts';

/** Where the lines of a text begin and end. Lines end at LF; a CR before it belongs to the line end; a lone CR is data. */
export interface LineTable {
  /** At least 1: an empty text has one empty line. */
  readonly count: number;
  /** Offset of the first unit of line `index`, from 0. */
  start(index: number): number;
  /** Offset behind the last unit of line `index`, its line end not included. */
  end(index: number): number;
  /** The line that holds `offset`; a line end belongs to the line it ends. */
  at(offset: number): number;
  point(offset: number): Point;
  position(start: number, end: number): Position;
}

const CR = 13;

/** One pass over the text; memory is four bytes a line. */
export function lineTable(text: string): LineTable {
  const starts = lineStarts(text);
  const count = starts.length;
  const start = (index: number): number => starts[index] ?? text.length;
  const end = (index: number): number => {
    if (index >= count - 1) return text.length;
    const lf = start(index + 1) - 1;
    return lf > start(index) && text.charCodeAt(lf - 1) === CR ? lf - 1 : lf;
  };
  const at = (offset: number): number => {
    let low = 0;
    let high = count - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (start(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const point = (offset: number): Point => {
    const line = at(offset);
    return { line: line + 1, column: offset - start(line) + 1, offset };
  };
  return { count, start, end, at, point, position: (from, to) => ({ start: point(from), end: point(to) }) };
}

function lineStarts(text: string): Uint32Array {
  let starts = new Uint32Array(1024);
  let count = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    if (count === starts.length) {
      const larger = new Uint32Array(count * 2);
      larger.set(starts);
      starts = larger;
    }
    starts[count++] = at + 1;
  }
  return starts.subarray(0, count);
}
