import { type MarkupNode, markupText, node } from './markup.ts';
import { type Block, LETTER, LINE, type Pen, text } from './pen.ts';
import type { NotePart, Scene, ScenePart, TablePart } from './scene.ts';
import { drawStrips } from './svg-strips.ts';
import { wrap } from './wrap.ts';

export interface SvgOptions {
  /** Width of the drawing in CSS pixels, at least 240; 720 unless told. */
  width?: number;
  /** Goes before every id, so that two drawings can stand in one page. */
  idPrefix?: string;
}

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
      children.push(text(cells[index] ?? '', Math.round(column * step), y, style));
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
