import type { PageRow, PageTablesPart } from './scene.ts';
import { columnLines } from './text-table.ts';
import { wrap } from './wrap.ts';

/** A line for each range of guest pages; an arrow beside an entry points at what it leads to. */
export function pageTablesLines(part: PageTablesPart, width: number): string[] {
  const head = { sign: ' ', cells: part.columns.map((column) => column.label) };
  const rows = part.rows.map((row) => ({
    sign: row.cells.some((cell) => cell?.fresh === true) ? '*' : ' ',
    cells: part.columns.map((_, index) => cellInWords(part, row, index)),
  }));
  return [...wrap(part.title, width), ...columnLines([head, ...rows], width)];
}

function cellInWords(part: PageTablesPart, row: PageRow, index: number): string {
  const cell = row.cells[index];
  if (cell === undefined) return '';
  const words = [cell.label, cell.state ?? ''].filter((each) => each !== '').join(', ');
  const to = part.columns.findIndex((column) => column.id === cell.leads);
  if (cell.leads === undefined || to < 0) return words;
  return to > index ? `${words} ->` : `<- ${words}`;
}
