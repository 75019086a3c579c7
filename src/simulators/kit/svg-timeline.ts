import { barPlaces } from './bar-places.ts';
import { type MarkupNode, node } from './markup.ts';
import { foldTo, widest, widthOf } from './measure.ts';
import { type Block, freshWedge, heading, item, type Pen, round, TIGHT, text, textLines } from './pen.ts';
import type { TimelinePart, TimelineRow, TimelineSpan } from './scene.ts';
import { drawKey, freshEntry, lookEntries } from './svg-legend.ts';
import { fillOf, hueClass } from './svg-pattern.ts';

/** A span's bar, and its distance to the next one beside it. */
const BAR = 7;
const BAR_STEP = 10;
const PHASE = 24;

interface Lane {
  x: number;
  width: number;
  /** Which bar place each span has. */
  places: Map<TimelineSpan, number>;
  /** Where the text begins. */
  text: number;
}

/** Lanes side by side and rows downwards: bars for what goes on, text for what happened, and a line where now is. */
export function drawTimeline(whole: TimelinePart, pen: Pen): Block {
  const part = { ...whole, rows: shownRows(whole) };
  const more = whole.rows.length - part.rows.length;
  const title = heading(part.title, pen.width);
  const labels = labelWidth(part, pen.width);
  const lanes = lanesOf(part, labels, pen.width);
  const heads = part.lanes.map((lane, index) => foldTo(lane.label, lanes[index]?.width ?? 40, 'bold'));
  const top = title.height + Math.max(1, ...heads.map((head) => head.length)) * TIGHT + 6;
  const children: MarkupNode[] = [...title.children];
  for (const [index, head] of heads.entries()) {
    children.push(...textLines(head, lanes[index]?.x ?? 0, title.height + 11, 'pg-lane'));
  }
  const { edges, rows } = drawRows(part, top, labels, lanes, pen);
  const bottom = edges.at(-1) ?? top;
  for (const lane of lanes)
    children.push(node('path', { class: 'pg-lane-rail', d: `M${round(lane.x + 3.5)} ${top} V${bottom}` }));
  children.push(...rows);
  for (const span of part.spans ?? []) children.push(...drawSpan(span, lanes[span.lane], edges, pen));
  children.push(...nowLine(part, edges, pen));
  const tail = more === 0 ? 0 : TIGHT;
  if (more > 0) children.push(text(`and ${more} more to come`, 14, bottom + 13, 'pg-coming-more'));
  const used = new Set((part.spans ?? []).map((span) => span.look));
  const fresh = part.rows.some((row) => row.fresh === true) ? [freshEntry] : [];
  const key = drawKey([...lookEntries(part.legend, used, pen), ...fresh], 0, bottom + tail + 10, pen);
  return { height: bottom + tail + 6 + key.height, children: [...children, ...key.children] };
}

/** Rows still to come that are drawn; the others are counted. */
const COMING = 3;

function shownRows({ rows, now = rows.length }: TimelinePart): readonly TimelineRow[] {
  return rows.length - now > COMING + 1 ? rows.slice(0, now + COMING) : rows;
}

function labelWidth(part: TimelinePart, width: number): number {
  const longest = Math.max(
    30,
    widest(
      part.rows.map((row) => row.label),
      'bold',
    ),
  );
  return Math.min(longest + 22, Math.max(70, width * 0.27));
}

/** Lanes get room by what stands in them; none less than a share. */
function lanesOf(part: TimelinePart, left: number, width: number): Lane[] {
  const places = part.lanes.map((_, lane) => barPlaces((part.spans ?? []).filter((span) => span.lane === lane)));
  const bars = places.map((each) => Math.max(1, ...[...each.values()].map((place) => place + 1)) * BAR_STEP);
  const wants = part.lanes.map((lane, index) => {
    const texts = part.rows.map((row) => row.cells[index] ?? '');
    const longest = Math.max(widest(texts, 'bold'), widthOf(lane.label, 'bold'));
    return Math.min(longest, 250) + (bars[index] ?? 0) + 16;
  });
  const fixed = bars.reduce((sum, each) => sum + each + 14, 0);
  const all = wants.reduce((sum, each) => sum + each, 0);
  const room = Math.max(width - left - 2, fixed);
  const share = all <= room ? 1 : Math.max(0, (room - fixed) / Math.max(1, all - fixed));
  let x = left;
  return wants.map((want, index) => {
    const least = (bars[index] ?? 0) + 14;
    const wide = share === 1 ? want * Math.min(1.5, room / all) : least + Math.max(0, want - least) * share;
    const lane = { x, width: wide - 8, places: places[index] ?? new Map(), text: x + (bars[index] ?? 0) + 5 };
    x += wide;
    return lane;
  });
}

/** `edges[n]` is the top of row n; the last one is the bottom of all. */
function drawRows(part: TimelinePart, top: number, labels: number, lanes: readonly Lane[], pen: Pen) {
  const edges: number[] = [];
  const rows: MarkupNode[] = [];
  let y = top;
  for (const [index, row] of part.rows.entries()) {
    if (row.phase !== undefined) {
      rows.push(
        node('path', { class: 'pg-phase-line', d: `M0 ${y + PHASE - 3} H${pen.width}` }),
        text(row.phase, 0, y + PHASE - 8, 'pg-phase'),
      );
      y += PHASE;
    }
    edges.push(y);
    const drawn = drawRow(row, y, labels, lanes, index >= (part.now ?? part.rows.length), pen);
    rows.push(...drawn.children);
    y += drawn.height;
  }
  return { edges: [...edges, y], rows };
}

function drawRow(
  row: TimelineRow,
  y: number,
  labels: number,
  lanes: readonly Lane[],
  coming: boolean,
  pen: Pen,
): Block {
  const label = foldTo(row.label, labels - 22, 'bold');
  const cells = lanes.map((lane, index) => {
    const words = row.cells[index] ?? '';
    return words === '' ? [] : foldTo(words, lane.x + lane.width - lane.text, 'bold');
  });
  const height = Math.max(label.length, ...cells.map((lines) => lines.length)) * TIGHT + 5;
  const children: MarkupNode[] = [];
  children.push(
    node('rect', { class: row.fresh === true ? 'pg-row-ground' : 'pg-hit', x: 0, y, width: pen.width, height }),
  );
  if (row.bad === true) children.push(node('path', { class: 'pg-bad-sign', d: `M3 ${y + 5} l7 7 m0 -7 l-7 7` }));
  children.push(...textLines(label, 14, y + 13, 'pg-row-label'));
  for (const [index, lines] of cells.entries()) {
    const lane = lanes[index];
    if (lane === undefined || lines.length === 0) continue;
    children.push(...textLines(lines, lane.text, y + 13, 'pg-row-cell'));
  }
  const style = `pg-row${row.bad === true ? ' pg-row-bad' : ''}${coming ? ' pg-coming' : ''}`;
  const wedge = row.fresh === true && row.bad !== true ? [freshWedge(9, y + 9, 'left')] : [];
  return { height, children: [item(row, style, children), ...wedge] };
}

function drawSpan(span: TimelineSpan, lane: Lane | undefined, edges: readonly number[], pen: Pen): MarkupNode[] {
  const from = edges[span.from];
  const to = edges[Math.min(span.to ?? edges.length - 1, edges.length - 1)];
  if (lane === undefined || from === undefined || to === undefined || to <= from) return [];
  const x = round(lane.x + (lane.places.get(span) ?? 0) * BAR_STEP);
  const box = { x, y: from + 1, width: BAR, height: round(to - from - 2), rx: 2, ...fillOf(span.look, span.hue, pen) };
  return [item(span, `pg-piece pg-span pg-${span.look}${hueClass(span.hue)}`, [node('rect', box)])];
}

function nowLine({ now, rows }: TimelinePart, edges: readonly number[], pen: Pen): MarkupNode[] {
  const y = now === undefined || now >= rows.length ? undefined : edges[now];
  if (y === undefined) return [];
  return [
    node('path', { class: 'pg-now', d: `M0 ${y} H${pen.width}` }),
    node('path', { class: 'pg-now-sign', d: `M0 ${y - 4} l7 4 l-7 4 z` }),
  ];
}
