import { barPlaces } from './bar-places.ts';
import type { Look, TimelinePart, TimelineSpan } from './scene.ts';
import { columnLines, type Row } from './text-table.ts';
import { wrap } from './wrap.ts';

const BAR: Readonly<Record<Look, string>> = { outline: '|', solid: '#', hatched: '/', dotted: ':', empty: '.' };

/** Lanes as columns and time downwards; what goes on in a lane stands before its text, a sign each. */
export function timelineLines(part: TimelinePart, width: number): string[] {
  const past = part.rows.slice(0, part.now ?? part.rows.length);
  const places = part.lanes.map((_, lane) => barPlaces((part.spans ?? []).filter((span) => span.lane === lane)));
  const head: Row = { sign: ' ', cells: [part.unit, ...part.lanes.map((lane) => lane.label)] };
  const beside = past.map((row, index): Row => {
    const cells = part.lanes.map((_, lane) => `${barsAt(places[lane], index)}${row.cells[lane] ?? ''}`.trimEnd());
    const sign = row.bad === true ? '!' : row.fresh === true ? '*' : ' ';
    return { sign, cells: [row.label, ...cells], ...(row.phase === undefined ? {} : { heading: row.phase }) };
  });
  const narrow = widthOf([head, ...beside]) > width && isSparse(part);
  const coming = part.rows.length - past.length;
  const more = coming === 0 ? [] : [`  ${coming} more to come`];
  return [
    ...wrap(part.title, width),
    ...columnLines(narrow ? listed(part, places) : [head, ...beside], width),
    ...more,
    ...legend(part, width),
  ];
}

/** What the rows would need side by side. */
function widthOf(rows: readonly Row[]): number {
  const count = rows.reduce((most, row) => Math.max(most, row.cells.length), 0);
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(...rows.map((row) => (row.cells[column] ?? '').length)),
  );
  return widths.reduce((sum, each) => sum + each + 2, 0);
}

/** Whether rows have something in one or two lanes only, so that lanes side by side would be mostly empty. */
function isSparse({ rows, lanes }: TimelinePart): boolean {
  return lanes.length > 2 && rows.every((row) => row.cells.filter((cell) => cell !== '').length <= 2);
}

/** The same one under the other: who, and what; bars stand before them, all lanes in one column. */
function listed(part: TimelinePart, places: readonly ReadonlyMap<TimelineSpan, number>[]): Row[] {
  const past = part.rows.slice(0, part.now ?? part.rows.length);
  const head: Row = { sign: ' ', cells: [part.unit, '', 'who', 'what'] };
  const rows = past.flatMap((row, index): Row[] => {
    const bars = places
      .map((each) => barsAt(each, index))
      .join('')
      .trimEnd();
    const filled = part.lanes.flatMap(({ label }, lane) => {
      const cell = row.cells[lane] ?? '';
      return cell === '' ? [] : [[label, cell]];
    });
    const [first = ['', ''], ...others] = filled;
    const sign = row.bad === true ? '!' : row.fresh === true ? '*' : ' ';
    const heading = row.phase === undefined ? {} : { heading: row.phase };
    return [
      { sign, cells: [row.label, bars, ...first], ...heading },
      ...others.map((each): Row => ({ sign: ' ', cells: ['', bars, ...each] })),
    ];
  });
  const all = [head, ...rows];
  const bare = all.every((row) => row.cells[1] === '');
  return bare ? all.map((row) => ({ ...row, cells: row.cells.filter((_, column) => column !== 1) })) : all;
}

/** A sign for each place of the lane, and a blank after them; nothing where the lane has no bars at all. */
function barsAt(places: ReadonlyMap<TimelineSpan, number> | undefined, row: number): string {
  if (places === undefined || places.size === 0) return '';
  const signs = new Array<string>(Math.max(...places.values()) + 1).fill(' ');
  for (const [span, place] of places) {
    if (span.from <= row && row < (span.to ?? Number.POSITIVE_INFINITY)) signs[place] = BAR[span.look];
  }
  return `${signs.join('')} `;
}

function legend({ legend, spans = [] }: TimelinePart, width: number): string[] {
  const used = new Set(spans.map((span) => span.look));
  const entries = (['outline', 'solid', 'hatched', 'dotted', 'empty'] as const).flatMap((look) => {
    const meaning = legend?.[look];
    return meaning === undefined || !used.has(look) ? [] : [`${BAR[look]} ${meaning}`];
  });
  return entries.length === 0 ? [] : wrap(`Time runs downwards; ${entries.join('; ')}`, width);
}
