import { type Axis, axisOf, gapInWords, marksOf } from './axis.ts';
import { type MarkupNode, node } from './markup.ts';
import { foldTo, widest, widthOf } from './measure.ts';
import { type Block, freshWedge, heading, item, type Pen, round, text } from './pen.ts';
import type { Piece, Strip, StripPart, Window } from './scene.ts';
import { drawKey, freshEntry, lookEntries } from './svg-legend.ts';
import { fillOf, hueClass } from './svg-pattern.ts';

const STRIP_HEIGHT = 26;
/** Under a strip, for the wedges that point at the next one. */
const GAP = 14;
const CALLOUT = 16;
const ZOOM_BUTTONS = 140;
/** Narrower pieces are drawn this wide, so that nothing vanishes. */
const LEAST = 2;

/** What drawing one part needs to know. */
interface Field {
  axis: Axis;
  /** Where an address is drawn, in pixels. */
  x(address: number): number;
  left: number;
  right: number;
  pen: Pen;
}

/** Strips one under the other on one axis, the axis labels and the key under them. */
export function drawStrips(part: StripPart, pen: Pen, window?: Window): Block {
  const axis = axisOf(part, window);
  const left = Math.min(Math.max(60, pen.width * 0.26), widest(part.strips.map((strip) => strip.label)) + 10);
  const right = pen.width - 4;
  const x = (address: number) => round(left + axis.place(address) * (right - left));
  const field: Field = { axis, x, left, right, pen };
  // The buttons of a part that can be zoomed stand at the right of its title.
  const title = heading(part.title, pen.width - (part.id === undefined ? 0 : ZOOM_BUTTONS));
  const gaps = gapLabels(part, field, title.height + 9);
  const top = title.height + (gaps.length === 0 ? 4 : 18);
  const children: MarkupNode[] = [...title.children, ...gaps];
  let y = top;
  for (const strip of part.strips) {
    const drawn = drawStrip(strip, y, field);
    children.push(...drawn.children);
    y += drawn.height;
  }
  const bottom = y - GAP;
  for (const gap of axis.breaks) {
    const words = `${gapInWords(part, gap)}, not drawn to scale`;
    children.push(breakMark(x(gap.start), x(gap.end), top - 4, bottom + 4, words));
  }
  children.push(...axisLabels(part, field, bottom + 6));
  const pieces = part.strips.flatMap((strip) => strip.pieces).filter((piece) => inSight(piece, axis));
  const entries = lookEntries(part.legend, new Set(pieces.map((piece) => piece.look)), pen);
  const fresh = pieces.some((piece) => piece.fresh === true) ? [freshEntry] : [];
  const key = drawKey([...entries, ...fresh], left, bottom + 30, pen);
  return { height: bottom + 26 + key.height, children: [...children, ...key.children] };
}

function inSight(piece: Window, axis: Axis): boolean {
  return piece.start < axis.end && piece.end > axis.start;
}

function drawStrip(strip: Strip, y: number, field: Field): Block {
  const { x, left, axis } = field;
  const from = x(strip.start);
  const width = round(Math.max(LEAST, x(strip.end) - from));
  const ground = node('rect', { class: 'pg-ground', x: from, y, width, height: STRIP_HEIGHT });
  const grounds = inSight(strip, axis) ? [ground] : [];
  const name = foldTo(strip.label, left - 8);
  const label = name
    .slice(0, 2)
    .map((line, index) => text(line, 0, y + (name.length > 1 ? 11 : 17) + index * 14, 'pg-strip-label'));
  const pieces = strip.pieces.filter((piece) => inSight(piece, axis));
  const drawn = pieces.map((piece) => drawPiece(piece, y, field));
  const wedges = wedgesOver(pieces, y, field);
  const callouts = calloutsUnder(pieces, y + STRIP_HEIGHT, field);
  const group = node('g', { class: 'pg-strip' }, [...label, ...grounds, ...drawn, ...wedges, ...callouts]);
  return { height: STRIP_HEIGHT + GAP + (callouts.length === 0 ? 0 : CALLOUT), children: [group] };
}

function extent(piece: Window, { x }: Field): { from: number; width: number } {
  const from = x(piece.start);
  return { from, width: round(Math.max(LEAST, x(piece.end) - from)) };
}

function hasRoom(piece: Piece, field: Field): boolean {
  return widthOf(piece.label) + 4 <= extent(piece, field).width;
}

function drawPiece(piece: Piece, y: number, field: Field): MarkupNode {
  const { from, width } = extent(piece, field);
  const fill = fillOf(piece.look, piece.hue, field.pen);
  const children = [node('rect', { x: from, y, width, height: STRIP_HEIGHT, ...fill })];
  if (piece.label !== '' && hasRoom(piece, field)) {
    children.push(text(piece.label, from + width / 2, y + 17, 'pg-label', 'middle'));
  }
  return item(piece, `pg-piece pg-${piece.look}${hueClass(piece.hue)}`, children);
}

/** One over each touched piece; where many are close together, one stands for its neighbours. */
function wedgesOver(pieces: readonly Piece[], y: number, field: Field): MarkupNode[] {
  const wedges: MarkupNode[] = [];
  let free = Number.NEGATIVE_INFINITY;
  for (const piece of pieces.filter(({ fresh }) => fresh === true).sort((a, b) => a.start - b.start)) {
    const { from, width } = extent(piece, field);
    const middle = from + width / 2;
    if (middle < free) continue;
    wedges.push(freshWedge(middle, y - 1));
    free = middle + 9;
  }
  return wedges;
}

/** Names of pieces that are too narrow to hold them, under the strip, as far as there is room; what was touched goes first. */
function calloutsUnder(pieces: readonly Piece[], y: number, field: Field): MarkupNode[] {
  const taken: { from: number; to: number }[] = [];
  const narrow = pieces.filter((piece) => piece.label !== '' && !hasRoom(piece, field));
  const callouts: MarkupNode[] = [];
  for (const piece of [...narrow].sort((a, b) => Number(b.fresh === true) - Number(a.fresh === true))) {
    const { from, width } = extent(piece, field);
    const half = widthOf(piece.label, 'small') / 2;
    const middle = from + width / 2;
    const at = Math.min(Math.max(middle, field.left + half), field.right - half);
    if (taken.some((other) => at - half - 6 < other.to && at + half + 6 > other.from)) continue;
    taken.push({ from: at - half, to: at + half });
    callouts.push(
      node('path', { class: 'pg-leader', d: `M${round(middle)} ${y + 1} L${round(at)} ${y + 5}` }),
      text(piece.label, at, y + 14, 'pg-callout', 'middle'),
    );
  }
  return callouts;
}

/** What each break leaves out, over it, where the labels do not meet. */
function gapLabels(part: StripPart, { axis, x, left, right }: Field, y: number): MarkupNode[] {
  const labels: MarkupNode[] = [];
  let free = left;
  for (const gap of axis.breaks) {
    const words = gapInWords(part, gap);
    const half = widthOf(words, 'small') / 2;
    const at = Math.min(Math.max((x(gap.start) + x(gap.end)) / 2, left + half), right - half);
    if (at - half < free) continue;
    labels.push(text(words, at, y, 'pg-tick', 'middle'));
    free = at + half + 6;
  }
  return labels;
}

function breakMark(from: number, to: number, top: number, bottom: number, words: string): MarkupNode {
  const zigzag = (at: number) => {
    const steps: string[] = [];
    for (let y = top, side = 0; y < bottom; y += 6, side = 1 - side)
      steps.push(`${round(at + (side === 0 ? -2 : 2))} ${y}`);
    return `M${steps.join(' L')}`;
  };
  const ground = node('rect', {
    x: round(from + 3),
    y: top,
    width: round(Math.max(1, to - from - 6)),
    height: bottom - top,
  });
  return node('g', { class: 'pg-break' }, [
    node('title', {}, [words]),
    ground,
    node('path', { d: zigzag(from + 3) }),
    node('path', { d: zigzag(to - 3) }),
  ]);
}

function axisLabels(part: StripPart, { axis, x, left, right }: Field, y: number): MarkupNode[] {
  const drawn: MarkupNode[] = [];
  let free = Number.NEGATIVE_INFINITY;
  for (const mark of marksOf(part, axis)) {
    const width = widthOf(mark.label, 'small');
    const at = Math.min(Math.max(x(mark.at), left), right - width);
    if (at < free) continue;
    const tick = x(mark.at);
    drawn.push(node('path', { class: 'pg-axis', d: `M${tick} ${y - 4} v5` }), text(mark.label, at, y + 11, 'pg-tick'));
    free = at + width + 6;
  }
  return drawn;
}
