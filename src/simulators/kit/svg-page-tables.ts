import { type MarkupNode, node } from './markup.ts';
import { foldTo, widest, widthOf } from './measure.ts';
import { type Block, freshWedge, heading, item, type Pen, round, TIGHT, textLines } from './pen.ts';
import type { PageCell, PageRow, PageTablesPart } from './scene.ts';
import { drawKey, freshEntry, lookEntries } from './svg-legend.ts';
import { fillOf } from './svg-pattern.ts';

/** Between columns, where the arrows run. */
const ALLEY = 26;

interface Column {
  x: number;
  width: number;
}

/** Columns of boxes: what the guest uses, the entries of the tables, and what backs them; an arrow from an entry to its page. */
export function drawPageTables(part: PageTablesPart, pen: Pen): Block {
  const title = heading(part.title, pen.width);
  const columns = columnsOf(part, pen.width);
  const heads = part.columns.map((column, index) =>
    foldTo(column.label, (columns[index]?.width ?? 40) + ALLEY - 8, 'bold'),
  );
  const children: MarkupNode[] = [...title.children];
  for (const [index, head] of heads.entries()) {
    children.push(...textLines(head, columns[index]?.x ?? 0, title.height + 11, 'pg-lane'));
  }
  let y = title.height + Math.max(1, ...heads.map((head) => head.length)) * TIGHT + 8;
  for (const row of part.rows) {
    const drawn = drawRow(row, part, columns, y, pen);
    children.push(...drawn.children);
    y += drawn.height;
  }
  const cells = part.rows.flatMap((row) => row.cells).filter((cell) => cell !== undefined);
  const fresh = cells.some((cell) => cell.fresh === true) ? [freshEntry] : [];
  const used = new Set(cells.flatMap((cell) => cell.look ?? []));
  const key = drawKey([...lookEntries(part.legend, used, pen), ...fresh], 0, y + 4, pen);
  return { height: y + key.height, children: [...children, ...key.children] };
}

/** As wide as what stands in them asks for, at most a fifth more than an equal share. */
function columnsOf(part: PageTablesPart, width: number): Column[] {
  const room = Math.min(width, 190 * part.columns.length) - ALLEY * (part.columns.length - 1) - 2;
  const wants = part.columns.map(({ label }, index) => {
    const cells = part.rows.flatMap(({ cells }) => cells[index] ?? []);
    const texts = Math.max(
      widest(cells.map((cell) => cell.label)),
      widest(
        cells.map((cell) => cell.state ?? ''),
        'small',
      ),
    );
    const longest = Math.max(texts, Math.min(widthOf(label, 'bold') - ALLEY, 110));
    return Math.min(longest + 16, (1.2 * room) / part.columns.length);
  });
  const all = wants.reduce((sum, each) => sum + each, 0);
  const columns: Column[] = [];
  let x = 1;
  for (const want of wants) {
    const wide = (want / all) * room;
    columns.push({ x: round(x), width: round(wide) });
    x += wide + ALLEY;
  }
  return columns;
}

function drawRow(row: PageRow, part: PageTablesPart, columns: readonly Column[], y: number, pen: Pen): Block {
  const texts = row.cells.map((cell, index) => textsOf(cell, columns[index]?.width ?? 40));
  const lines = Math.max(1, ...texts.map(({ label, state }) => label.length + state.length));
  const height = lines * TIGHT + 9;
  const children: MarkupNode[] = [];
  for (const [index, cell] of row.cells.entries()) {
    const column = columns[index];
    const words = texts[index];
    if (column === undefined || words === undefined) continue;
    if (cell === undefined) {
      if (part.columns[index]?.role === 'table') children.push(noEntry(column, y, height));
      continue;
    }
    const to = part.columns.findIndex((each) => each.id === cell.leads);
    if (cell.leads !== undefined && to >= 0) children.push(...arrow(columns, index, to, y + height / 2));
    children.push(drawCell(cell, part.columns[index]?.role ?? 'table', column, words, y, height, pen));
    if (cell.fresh === true) children.push(freshWedge(column.x + 10, y - 1));
  }
  return { height: height + 10, children };
}

/** A place in a table where no entry stands. */
function noEntry({ x, width }: Column, y: number, height: number): MarkupNode {
  return node('rect', { class: 'pg-no-entry', x, y, width, height, rx: 3 });
}

function textsOf(cell: PageCell | undefined, width: number): { label: string[]; state: string[] } {
  const label = cell === undefined || cell.label === '' ? [] : foldTo(cell.label, width - 10);
  return { label, state: cell?.state === undefined ? [] : foldTo(cell.state, width - 10, 'small') };
}

function drawCell(
  cell: PageCell,
  role: 'guest' | 'table' | 'backing',
  { x, width }: Column,
  { label, state }: { label: string[]; state: string[] },
  y: number,
  height: number,
  pen: Pen,
): MarkupNode {
  const rx = role === 'guest' ? 10 : role === 'backing' ? 0 : 3;
  const top = y + (height - (label.length + state.length) * TIGHT) / 2 + 11;
  const middle = x + width / 2;
  return item(cell, `pg-piece pg-page-${role} pg-${cell.look ?? 'plain'}`, [
    node('rect', { x, y, width, height, rx, ...(cell.look === undefined ? {} : fillOf(cell.look, undefined, pen)) }),
    ...textLines(label, middle, top, 'pg-label', 'middle'),
    ...textLines(state, middle, top + label.length * TIGHT, 'pg-label pg-state', 'middle'),
  ]);
}

/** From an entry to what it leads to; past columns in between it runs through them, under their boxes. */
function arrow(columns: readonly Column[], from: number, to: number, y: number): MarkupNode[] {
  const [a, b] = [columns[from], columns[to]];
  if (a === undefined || b === undefined) return [];
  const right = to > from;
  const start = right ? a.x + a.width : a.x;
  const tip = right ? b.x : b.x + b.width;
  return [
    node('path', { class: 'pg-leads', d: `M${round(start)} ${y} H${round(tip + (right ? -6 : 6))}` }),
    node('path', { class: 'pg-leads-head', d: `M${round(tip)} ${y} l${right ? -8 : 8} -4 v8 z` }),
  ];
}
