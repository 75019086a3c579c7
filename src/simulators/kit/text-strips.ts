import { type Axis, axisOf, gapInWords, marksOf } from './axis.ts';
import type { Look, Piece, Strip, StripPart, Window } from './scene.ts';
import { wrap } from './wrap.ts';

export const FILL: Readonly<Record<Look, string>> = {
  outline: '-',
  solid: '#',
  hatched: '/',
  dotted: ':',
  empty: '.',
};

const LOOKS: readonly Look[] = ['outline', 'solid', 'hatched', 'dotted', 'empty'];

/** Pieces of one strip that are told in words; the rest are counted. */
const TOLD = 10;

/** Which looks are told first. */
const WEIGHT: readonly Look[] = ['solid', 'hatched', 'outline', 'empty', 'dotted'];

export function stripsLines(part: StripPart, width: number, window?: Window): string[] {
  const axis = axisOf(part, window);
  const margin = Math.min(20, Math.max(0, ...part.strips.map((strip) => strip.label.length)));
  const columns = width - margin - 3;
  const inSight = part.strips.map((strip) => ({
    ...strip,
    pieces: strip.pieces.filter((piece) => piece.start < axis.end && piece.end > axis.start),
  }));
  const lines = [...wrap(part.title, width)];
  for (const strip of inSight) lines.push(`${padded(strip.label, margin)} |${stripRow(strip, axis, columns)}|`);
  lines.push(...axisRow(part, axis, columns).map((row) => `${' '.repeat(margin + 2)}${row}`.trimEnd()));
  lines.push(...wrap(legend(part, inSight, axis), width));
  for (const strip of inSight) lines.push(...told(strip, width));
  return lines;
}

function stripRow(strip: Strip, axis: Axis, columns: number): string {
  const row = new Array<string>(columns).fill(' ');
  for (const piece of strip.pieces) {
    const [from, to] = columnsOf(piece, axis, columns);
    const meets = from > 0 && row[from - 1] === FILL[piece.look];
    row.fill(FILL[piece.look], from, to);
    // Two alike side by side are kept apart, where there is room for it.
    if (meets && piece.look !== 'outline' && to - from >= 3) row[from] = '|';
    if (piece.look === 'outline' && to - from >= 2) {
      row[from] = '[';
      row[to - 1] = ']';
    }
  }
  for (const piece of strip.pieces) writeLabel(row, piece, columnsOf(piece, axis, columns));
  for (const gap of axis.breaks) {
    const [from, to] = columnsOf(gap, axis, columns);
    for (let column = from; column < to; column++) row[column] = column === from || column === to - 1 ? '~' : ' ';
  }
  return row.join('');
}

/** In the middle of its piece, when there is room and nothing else was drawn there. */
function writeLabel(row: string[], piece: Piece, [from, to]: [number, number]): void {
  if (piece.label === '') return;
  const room = to - from;
  if (piece.label.length + 1 > room) return;
  const label = piece.label.length + 4 <= room ? ` ${piece.label} ` : piece.label;
  const start = Math.ceil((from + to - label.length) / 2);
  if (start < from || start + label.length > to) return;
  if (row.slice(start, start + label.length).some((drawn) => drawn !== FILL[piece.look])) return;
  for (let index = 0; index < label.length; index++) row[start + index] = label.charAt(index);
}

/** At least one column, however small the piece is. */
function columnsOf(range: Window, axis: Axis, columns: number): [number, number] {
  const from = Math.min(columns - 1, Math.floor(axis.place(range.start) * columns + 1e-9));
  const to = Math.min(columns, Math.round(axis.place(range.end) * columns));
  return [from, Math.max(from + 1, to)];
}

/** Labels stand where their address is, as far as they do not run into each other. */
function axisRow(part: StripPart, axis: Axis, columns: number): string[] {
  let row = '';
  for (const mark of marksOf(part, axis)) {
    const wanted = Math.round(axis.place(mark.at) * columns);
    const column = Math.max(0, Math.min(wanted, columns - mark.label.length));
    if (row !== '' && column < row.length + 1) continue;
    row = row.padEnd(column) + mark.label;
  }
  return row === '' ? [] : [row];
}

function legend(part: StripPart, strips: readonly Strip[], axis: Axis): string {
  const used = new Set(strips.flatMap((strip) => strip.pieces).map((piece) => piece.look));
  const entries = LOOKS.filter((look) => used.has(look)).map(
    (look) => `${look === 'outline' ? '[-]' : FILL[look]} ${part.legend?.[look] ?? look}`,
  );
  if (axis.breaks.length > 0) {
    const gaps = axis.breaks.map((gap) => gapInWords(part, gap));
    entries.push(`~ ~ ${gaps.join(', ')}, not to scale`);
  }
  return `To scale (smallest mark one column); ${entries.join('; ')}`;
}

/** The pieces a reader asks about first, in address order; what the last step touched is always among the first chosen. */
function told(strip: Strip, width: number): string[] {
  const weight = (piece: Piece) => (piece.fresh === true ? -1 : WEIGHT.indexOf(piece.look));
  const chosen = new Set([...strip.pieces].sort((a, b) => weight(a) - weight(b)).slice(0, TOLD));
  const lines = strip.pieces
    .filter((piece) => chosen.has(piece))
    .flatMap((piece) => wrap(`${piece.fresh === true ? '*' : ' '} ${strip.label}: ${piece.detail}`, width, '    '));
  const more = strip.pieces.length - chosen.size;
  return more > 0 ? [...lines, `    and ${more} more on ${strip.label}`] : lines;
}

function padded(label: string, width: number): string {
  return label.length <= width ? label.padEnd(width) : `${label.slice(0, width - 1)}.`;
}
