import { type Axis, axisOf } from './axis.ts';
import { type MarkupNode, node } from './markup.ts';
import { type Block, LETTER, LINE, type Pen, text } from './pen.ts';
import type { Piece, Strip, StripPart } from './scene.ts';

const STRIP_HEIGHT = 26;
const STRIP_STEP = 36;
/** Narrower pieces are drawn this wide, so that nothing vanishes. */
const LEAST = 2;

const LOOKS: readonly Piece['look'][] = ['outline', 'solid', 'hatched', 'dotted', 'empty'];

/** Strips one under the other on one axis, the axis labels and the key under them. */
export function drawStrips(part: StripPart, pen: Pen): Block {
  const axis = axisOf(part);
  const longest = part.strips.reduce((most, strip) => Math.max(most, strip.label.length), 0);
  const left = Math.min(140, longest * LETTER + 10);
  const span = pen.width - left - 4;
  const x = (address: number) => round(left + axis.place(address) * span);
  const children: MarkupNode[] = [text(part.title, 0, 13, 'pg-title')];
  let y = LINE + 6;
  for (const strip of part.strips) {
    children.push(drawStrip(strip, y, x, pen));
    y += STRIP_STEP;
  }
  for (const gap of axis.breaks) children.push(breakMark(x(gap.start), x(gap.end), LINE + 2, y - 6));
  children.push(...axisLabels(part, axis, x, y + 6, pen.width));
  const key = legend(part, left, y + 14, pen);
  return { height: y + 10 + key.height, children: [...children, ...key.children] };
}

function drawStrip(strip: Strip, y: number, x: (address: number) => number, pen: Pen): MarkupNode {
  const from = x(strip.start);
  const ground = node('rect', {
    class: 'pg-ground',
    x: from,
    y,
    width: round(Math.max(LEAST, x(strip.end) - from)),
    height: STRIP_HEIGHT,
  });
  return node('g', { class: 'pg-strip' }, [
    text(strip.label, 0, y + 17, 'pg-strip-label'),
    ground,
    ...strip.pieces.map((piece) => drawPiece(piece, y, x, pen)),
  ]);
}

function drawPiece(piece: Piece, y: number, x: (address: number) => number, pen: Pen): MarkupNode {
  const from = x(piece.start);
  const width = round(Math.max(LEAST, x(piece.end) - from));
  const hue = piece.hue === undefined ? '' : ` pg-hue-${Math.abs(Math.trunc(piece.hue)) % 8}`;
  const fresh = piece.fresh === true ? ' pg-fresh' : '';
  const fill = piece.look === 'hatched' || piece.look === 'dotted' ? { fill: pattern(piece.look, hue, pen) } : {};
  const shape = { x: from, y, width, height: STRIP_HEIGHT, ...fill };
  const children = [node('title', {}, [piece.detail]), node('rect', shape)];
  if (piece.label !== '' && piece.label.length * LETTER + 6 <= width) {
    children.push(text(piece.label, round(from + width / 2), y + 17, 'pg-label', 'middle'));
  }
  return node('g', { class: `pg-piece pg-${piece.look}${hue}${fresh}`, 'data-piece': piece.id }, children);
}

/** One swatch and its meaning for each look that is used and named, on as many lines as the width asks for. */
function legend(part: StripPart, left: number, top: number, pen: Pen): Block {
  const used = new Set(part.strips.flatMap((strip) => strip.pieces).map((piece) => piece.look));
  const children: MarkupNode[] = [];
  let x = left;
  let y = top;
  for (const look of LOOKS) {
    const meaning = part.legend?.[look];
    if (meaning === undefined || !used.has(look)) continue;
    const width = 18 + meaning.length * LETTER;
    if (x > left && x + width > pen.width) {
      x = left;
      y += LINE;
    }
    const fill = look === 'hatched' || look === 'dotted' ? { fill: pattern(look, '', pen) } : {};
    const swatch = node('rect', { x, y, width: 14, height: 10, ...fill });
    children.push(node('g', { class: `pg-key pg-${look}` }, [swatch, text(meaning, x + 18, y + 9, 'pg-key-label')]));
    x += width + 12;
  }
  return { height: children.length === 0 ? 0 : y - top + LINE, children };
}

/** The address of a pattern, which is made when it is first used. */
function pattern(look: 'hatched' | 'dotted', hue: string, pen: Pen): string {
  const id = `${pen.prefix}-${look}${hue.replace(' pg-hue', '')}`;
  if (!pen.patterns.has(id)) {
    const mark =
      look === 'hatched'
        ? node('path', { class: `pg-hatch${hue}`, d: 'M0 6 L6 0' })
        : node('circle', { class: `pg-dot${hue}`, cx: 2, cy: 2, r: 0.8 });
    const size = look === 'hatched' ? 6 : 5;
    const attributes = { id, width: size, height: size, patternUnits: 'userSpaceOnUse' };
    pen.patterns.set(id, node('pattern', attributes, [mark]));
  }
  return `url(#${id})`;
}

function breakMark(from: number, to: number, top: number, bottom: number): MarkupNode {
  const zigzag = (at: number) => {
    const steps: string[] = [];
    for (let y = top, side = 0; y < bottom; y += 6, side = 1 - side)
      steps.push(`${round(at + (side === 0 ? -2 : 2))} ${y}`);
    return `M${steps.join(' L')}`;
  };
  return node('g', { class: 'pg-break' }, [
    node('title', {}, ['empty addresses, not drawn to scale']),
    node('path', { d: zigzag(from + 3) }),
    node('path', { d: zigzag(to - 3) }),
  ]);
}

function axisLabels(
  part: StripPart,
  axis: Axis,
  x: (address: number) => number,
  y: number,
  right: number,
): MarkupNode[] {
  const marks = part.marks ?? [
    { at: axis.start, label: `${axis.start}` },
    { at: axis.end, label: `${axis.end}` },
  ];
  const drawn: MarkupNode[] = [];
  let free = Number.NEGATIVE_INFINITY;
  for (const mark of marks) {
    const width = mark.label.length * LETTER;
    const at = Math.min(x(mark.at), right - width);
    if (at < free) continue;
    drawn.push(text(mark.label, round(at), y, 'pg-tick'));
    free = at + width + LETTER;
  }
  return drawn;
}

/** Two decimals: the same scene gives the same drawing on every machine. */
function round(value: number): number {
  return Math.round(value * 100) / 100;
}
