import type { Position } from '#mailast';
import type { LineHeads } from '../../line-heads.ts';

/** Lines of one depth that stand together, up to `to`. */
export interface Stretch {
  heads: LineHeads;
  to: number;
  depth: number;
}

/** How the lines of one diff stand behind their quote marks. */
export interface Setting {
  /** Spaces that somebody put before every line of it. */
  indent: number;
  /** The quote marks stand alone: a space behind them is the first unit of the line. */
  bare: boolean;
}

/** The lines of a stretch as the diff in it reads them. */
export interface DiffLines extends Setting {
  readonly to: number;
  readonly heads: LineHeads;
  /** Whether `line` is in the stretch and stands as far in as the diff does. */
  has(line: number): boolean;
  start(line: number): number;
  end(line: number): number;
  own(line: number): string;
  /** The first 600 units of a line, or nothing behind the end: enough for every header. */
  head(line: number): string;
  /** The first unit of a line, a no-break space as a space; empty when it has none, or a lone CR. */
  mark(line: number): string;
  blank(line: number): boolean;
  /** The span of lines [from, to). */
  span(from: number, to: number): Position;
}

const SPACE = 32;
const MARK = 62;
const MOST_UNITS = 600;

/** Diffs that readers paste into their words stand at most so far in. */
const DEEPEST_INDENT = 8;

export function diffLines(stretch: Stretch, { indent, bare }: Setting): DiffLines {
  const { heads, to } = stretch;
  const start = (line: number): number => {
    const at = heads.start(line);
    if (bare && tookSpace(stretch, line)) return at - 1;
    if (indent === 0) return at;
    const end = Math.min(heads.end(line), at + indent);
    let inner = at;
    while (inner < end && heads.text.charCodeAt(inner) === SPACE) inner++;
    return inner;
  };
  const head = (line: number): string => {
    const from = start(line);
    return line < to ? heads.text.slice(from, Math.min(heads.end(line), from + MOST_UNITS)) : '';
  };
  const point = (line: number, offset: number): Position['start'] => ({
    line: line + 1,
    column: offset - heads.table.start(line) + 1,
    offset,
  });
  return {
    heads,
    to,
    indent,
    bare,
    has: (line) => line < to && (indent === 0 || start(line) - heads.start(line) === indent || heads.blank(line)),
    start,
    end: heads.end,
    own: (line) => heads.text.slice(start(line), heads.end(line)),
    head,
    mark(line) {
      const at = start(line);
      const unit = line < to && at < heads.end(line) ? heads.text.charAt(at) : '';
      if (unit === '\u00a0') return ' ';
      return unit === '\r' && at + 1 === heads.end(line) ? '' : unit;
    },
    blank: heads.blank,
    span(from, next) {
      const last = Math.max(from, next - 1);
      return { start: point(from, start(from)), end: point(last, Math.max(heads.end(last), start(last))) };
    },
  };
}

/** Whether a space between the last quote mark and the line's own text was taken for part of the mark. */
function tookSpace({ heads, depth }: Stretch, line: number): boolean {
  const at = heads.start(line);
  return depth > 0 && heads.text.charCodeAt(at - 1) === SPACE && heads.text.charCodeAt(at - 2) === MARK;
}

/**
 * How a diff whose first line is `line` stands: `>@@ -1 +1 @@` has no space behind its marks, so the lines below it have none either.
 */
export function settingAt(stretch: Stretch, line: number): Setting {
  const { heads, depth } = stretch;
  const at = heads.start(line);
  let indent = 0;
  while (indent < DEEPEST_INDENT && heads.text.charCodeAt(at + indent) === SPACE) indent++;
  return { indent, bare: depth > 0 && !tookSpace(stretch, line) };
}
