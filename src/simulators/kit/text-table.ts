import { longestWord, narrowed } from './columns.ts';
import type { TablePart, TableRow } from './scene.ts';
import { fold, wrap } from './wrap.ts';

/** Columns padded to what stands in them; a changed cell ends in a star. Where that is too wide, cells take several lines. */
export function tableLines(part: TablePart, width: number): string[] {
  const rows = part.rows.map((row) => ({
    sign: signOf(row),
    cells: part.columns.map((_, index) => cellOf(row, index)),
  }));
  return [...wrap(part.title, width), ...columnLines([{ sign: ' ', cells: part.columns }, ...rows], width)];
}

/** What is gone has no star: the sign before the row says that something changed. */
function cellOf({ cells, changed = [] }: TableRow, index: number): string {
  const cell = cells[index] ?? '';
  return cell !== '' && changed.includes(index) ? `${cell}*` : cell;
}

function signOf({ mark, changed = [] }: TableRow): string {
  if (mark === 'bad') return '!';
  if (mark === 'here') return '>';
  return mark === 'fresh' || changed.length > 0 ? '*' : ' ';
}

/** A row of text in columns: the sign before it, and a heading that stands over it. */
export interface Row {
  sign: string;
  cells: readonly string[];
  heading?: string;
}

/** Rows in columns, each led by its sign and a blank; no line but a heading is longer than `width`. */
export function columnLines(rows: readonly Row[], width: number): string[] {
  const count = rows.reduce((most, row) => Math.max(most, row.cells.length), 0);
  const wanted = Array.from({ length: count }, (_, column) =>
    rows.reduce((most, row) => Math.max(most, (row.cells[column] ?? '').length), 0),
  );
  const words = Array.from({ length: count }, (_, column) =>
    rows.reduce((most, row) => Math.max(most, longestWord(row.cells[column] ?? '')), 0),
  );
  const widths = narrowed(wanted, width - 2 - 2 * Math.max(0, count - 1), words);
  return rows.flatMap(({ sign, cells, heading }) => {
    const folded = widths.map((each, column) => fold(cells[column] ?? '', each));
    const height = Math.max(1, ...folded.map((lines) => lines.length));
    const lines = Array.from({ length: height }, (_, line) => {
      const row = widths.map((each, column) => (folded[column]?.[line] ?? '').padEnd(each)).join('  ');
      return `${line === 0 ? sign : ' '} ${row}`.trimEnd();
    });
    return heading === undefined ? lines : [...wrap(`-- ${heading}`, width, '   '), ...lines];
  });
}
