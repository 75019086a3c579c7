import { type Axis, axisOf } from './axis.ts';
import { type MarkupNode, markupText, node } from './markup.ts';
import type { NotePart, Piece, Scene, ScenePart, Strip, StripPart, TablePart } from './scene.ts';
import { wrap } from './wrap.ts';

export interface SvgOptions {
  /** Width of the drawing in CSS pixels, at least 240; 720 unless told. */
  width?: number;
  /** Goes before every id, so that two drawings can stand in one page. */
  idPrefix?: string;
}

interface Pen {
  width: number;
  prefix: string;
  /** Pattern ids that were used, by look and hue. */
  patterns: Map<string, MarkupNode>;
}

interface Block {
  height: number;
  children: MarkupNode[];
}

const STRIP_HEIGHT = 26;
const STRIP_STEP = 36;
const LINE = 18;
/** A letter of the 12 px face, generously. */
const LETTER = 7;
/** Narrower pieces are drawn this wide, so that nothing vanishes. */
const LEAST = 2;

/** Any scene as an SVG document in text. Every text in it is escaped; colours come from the style sheet by class names. */
export function sceneSvg(scene: Scene, options: SvgOptions = {}): string {
  return markupText(sceneTree(scene, options));
}

/** The same drawing as a tree of plain data, for a page that makes its own elements. */
export function sceneTree(scene: Scene, options: SvgOptions = {}): MarkupNode {
  return drawing(scene.parts, `${scene.title}. ${scene.summary}`, options);
}

/** One part alone, for a page that sets tables and notes itself. */
export function partTree(part: ScenePart, options: SvgOptions = {}): MarkupNode {
  return drawing([part], part.kind === 'note' ? part.text : part.title, options);
}

function drawing(parts: readonly ScenePart[], label: string, options: SvgOptions): MarkupNode {
  const pen: Pen = {
    width: Math.max(240, Math.round(options.width ?? 720)),
    prefix: options.idPrefix ?? 'pg',
    patterns: new Map(),
  };
  const children: MarkupNode[] = [];
  let y = 0;
  for (const part of parts) {
    const block = drawPart(part, pen);
    children.push(node('g', { class: `pg-part pg-part-${part.kind}`, transform: `translate(0 ${y})` }, block.children));
    y += block.height + LINE;
  }
  const definitions = pen.patterns.size === 0 ? [] : [node('defs', {}, [...pen.patterns.values()])];
  const height = Math.max(LINE, y - LINE);
  return node(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 'pg-scene',
      role: 'img',
      'aria-label': label,
      viewBox: `0 0 ${pen.width} ${height}`,
      width: pen.width,
      height,
    },
    [...definitions, ...children],
  );
}

function drawPart(part: ScenePart, pen: Pen): Block {
  switch (part.kind) {
    case 'strips':
      return drawStrips(part, pen);
    case 'table':
      return drawTable(part, pen);
    case 'note':
      return drawNote(part, pen);
  }
}

function drawStrips(part: StripPart, pen: Pen): Block {
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
  return { height: y + 10, children };
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
  if (piece.label.length * LETTER + 6 <= width) {
    children.push(text(piece.label, round(from + width / 2), y + 17, 'pg-label', 'middle'));
  }
  return node('g', { class: `pg-piece pg-${piece.look}${hue}${fresh}`, 'data-piece': piece.id }, children);
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

function drawTable(part: TablePart, pen: Pen): Block {
  const widths = part.columns.map((column, index) =>
    part.rows.reduce((most, row) => Math.max(most, (row.cells[index] ?? '').length), column.length),
  );
  const total = widths.reduce((sum, width) => sum + width + 2, 0);
  const step = Math.min(LETTER, pen.width / Math.max(1, total));
  const children: MarkupNode[] = [text(part.title, 0, 13, 'pg-title')];
  const line = (cells: readonly string[], y: number, style: string) => {
    let column = 0;
    for (const [index, width] of widths.entries()) {
      children.push(text(cells[index] ?? '', round(column * step), y, style));
      column += width + 2;
    }
  };
  line(part.columns, 13 + LINE, 'pg-head');
  for (const [index, row] of part.rows.entries()) {
    line(row.cells, 13 + LINE * (index + 2), row.mark === undefined ? 'pg-cell' : `pg-cell pg-${row.mark}`);
  }
  return { height: LINE * (part.rows.length + 2), children };
}

function drawNote(part: NotePart, pen: Pen): Block {
  const letters = Math.max(20, Math.floor(pen.width / LETTER));
  const lines = wrap(part.text, letters);
  return {
    height: LINE * lines.length,
    children: lines.map((each, index) => text(each, 0, 13 + LINE * index, `pg-note pg-note-${part.look}`)),
  };
}

function text(content: string, x: number, y: number, style: string, anchor?: string): MarkupNode {
  return node('text', { class: style, x, y, ...(anchor === undefined ? {} : { 'text-anchor': anchor }) }, [content]);
}

/** Two decimals: the same scene gives the same drawing on every machine. */
function round(value: number): number {
  return Math.round(value * 100) / 100;
}
