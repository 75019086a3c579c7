import { narrowed } from './columns.ts';
import { type MarkupNode, markupText, node } from './markup.ts';
import { foldTo, widest } from './measure.ts';
import { type Block, freshWedge, heading, LINE, type Pen, TIGHT, text, textLines } from './pen.ts';
import type { NotePart, Scene, ScenePart, TablePart, TableRow, Window } from './scene.ts';
import { drawGraph } from './svg-graph.ts';
import { drawPageTables } from './svg-page-tables.ts';
import { drawPath } from './svg-path.ts';
import { drawStrips } from './svg-strips.ts';
import { drawTimeline } from './svg-timeline.ts';
import { partLines } from './text.ts';

export interface SvgOptions {
  /** Width of the drawing in CSS pixels, at least 240; 720 unless told. */
  width?: number;
  /** Goes before every id, so that two drawings can stand in one page. */
  idPrefix?: string;
  /** For strips: the stretch of the axis to draw, by the id of the part. */
  windows?: Readonly<Record<string, Window>>;
}

/** Any scene as an SVG document in text. Every text in it is escaped; colours come from the style sheet by class names. */
export function sceneSvg(scene: Scene, options: SvgOptions = {}): string {
  return markupText(sceneTree(scene, options));
}

/** The same drawing as a tree of plain data, for a page that makes its own elements. */
export function sceneTree(scene: Scene, options: SvgOptions = {}): MarkupNode {
  return drawing(scene.parts, scene.title, scene.summary, options);
}

/** One part alone, for a page that sets tables and notes itself; its description is its text twin. */
export function partTree(part: ScenePart, options: SvgOptions = {}): MarkupNode {
  const lines = partLines(part, 80, options.windows);
  return drawing([part], part.kind === 'note' ? part.text : part.title, lines.join('\n'), options);
}

function drawing(parts: readonly ScenePart[], title: string, description: string, options: SvgOptions): MarkupNode {
  const pen: Pen = {
    width: Math.max(240, Math.round(options.width ?? 720)),
    prefix: options.idPrefix ?? 'pg',
    patterns: new Map(),
  };
  const children: MarkupNode[] = [];
  let y = 0;
  for (const part of parts) {
    const block = drawPart(part, pen, options);
    children.push(node('g', { class: `pg-part pg-part-${part.kind}`, transform: `translate(0 ${y})` }, block.children));
    y += block.height + LINE;
  }
  const definitions = pen.patterns.size === 0 ? [] : [node('defs', {}, [...pen.patterns.values()])];
  const height = Math.ceil(Math.max(LINE, y - LINE));
  return node(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 'pg-scene',
      role: 'graphics-document',
      'aria-label': title,
      viewBox: `0 0 ${pen.width} ${height}`,
      width: pen.width,
      height,
    },
    [node('desc', {}, [description]), ...definitions, ...children],
  );
}

function drawPart(part: ScenePart, pen: Pen, { windows }: SvgOptions): Block {
  switch (part.kind) {
    case 'strips':
      return drawStrips(part, pen, part.id === undefined ? undefined : windows?.[part.id]);
    case 'graph':
      return drawGraph(part, pen);
    case 'path':
      return drawPath(part, pen);
    case 'timeline':
      return drawTimeline(part, pen);
    case 'pageTables':
      return drawPageTables(part, pen);
    case 'table':
      return drawTable(part, pen);
    case 'note':
      return drawNote(part, pen);
  }
}

function drawTable(part: TablePart, pen: Pen): Block {
  const title = heading(part.title, pen.width);
  const widths = columnWidths(part, pen.width);
  const children: MarkupNode[] = [...title.children];
  let y = title.height;
  const row = (cells: readonly string[], style: string, { mark, changed = [] }: Partial<TableRow> = {}) => {
    const folded = widths.map((width, index) => foldTo(cells[index] ?? '', width - 14, 'bold'));
    let x = 14;
    for (const [index, lines] of folded.entries()) {
      const fresh = changed.includes(index) ? ' pg-cell-fresh' : '';
      children.push(...textLines(lines, x, y + 13, `${style}${fresh}`));
      if (fresh !== '') children.push(freshWedge(x - 3, y + 9, 'left'));
      x += widths[index] ?? 0;
    }
    if (mark === 'bad') children.push(node('path', { class: 'pg-bad-sign', d: `M2 ${y + 5} l7 7 m0 -7 l-7 7` }));
    if (mark === 'here') children.push(text('›', 3, y + 13, 'pg-here'));
    if (mark === 'fresh') children.push(freshWedge(9, y + 9, 'left'));
    y += Math.max(1, ...folded.map((lines) => lines.length)) * TIGHT + 5;
  };
  row(part.columns, 'pg-head');
  for (const each of part.rows)
    row(each.cells, each.mark === undefined ? 'pg-cell' : `pg-cell pg-cell-${each.mark}`, each);
  return { height: y, children };
}

/** In pixels, as wide as what stands in them; where that is too much the widest give way. */
function columnWidths(part: TablePart, width: number): number[] {
  const columns = part.columns.map((column, index) => [column, ...part.rows.map((row) => row.cells[index] ?? '')]);
  const wanted = columns.map((texts) => widest(texts, 'bold') + 16);
  const words = columns.map((texts) => Math.max(...texts.map((text) => widest(text.split(/\s+/), 'bold'))) + 16);
  return narrowed(wanted, width - 14, words);
}

/** A bar at the left, as strong as the note is grave, and the text beside it. */
function drawNote(part: NotePart, pen: Pen): Block {
  const lines = foldTo(part.text, pen.width - 14);
  const height = TIGHT * lines.length + 3;
  const bar = node('rect', { class: `pg-note-bar pg-note-${part.look}`, x: 0, y: 0, width: 3, height });
  return { height, children: [bar, ...textLines(lines, 12, 13, 'pg-note')] };
}
