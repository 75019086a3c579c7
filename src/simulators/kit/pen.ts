import { type MarkupNode, node } from './markup.ts';
import { foldTo } from './measure.ts';

/** What the drawing functions of one SVG share. Lengths are CSS pixels. */
export interface Pen {
  width: number;
  /** Goes before every id. */
  prefix: string;
  /** Patterns that were used, by id. */
  patterns: Map<string, MarkupNode>;
}

/** A part, drawn from the origin down. */
export interface Block {
  height: number;
  children: MarkupNode[];
}

export const LINE = 18;
/** From one line to the next within one text. */
export const TIGHT = 15;

export function text(content: string, x: number, y: number, style: string, anchor?: 'middle'): MarkupNode {
  const place = { class: style, x: round(x), y: round(y) };
  return node('text', anchor === undefined ? place : { ...place, 'text-anchor': anchor }, [content]);
}

/** A text over several lines; `y` is the base line of the first one. */
export function textLines(
  lines: readonly string[],
  x: number,
  y: number,
  style: string,
  anchor?: 'middle',
): MarkupNode[] {
  return lines.map((line, index) => text(line, x, y + index * TIGHT, style, anchor));
}

/** The title of a part over the whole width. */
export function heading(content: string, width: number): Block {
  const lines = foldTo(content, width, 'title');
  return { height: TIGHT * lines.length + 9, children: textLines(lines, 0, 13, 'pg-title') };
}

/** Something a reader can point at: it has an id, a name and a tooltip, which are the same sentence. */
export function item(
  { id, detail, fresh }: { id: string; detail: string; fresh?: boolean },
  style: string,
  children: readonly MarkupNode[],
): MarkupNode {
  const marked = fresh === true ? ' pg-fresh' : '';
  return node('g', { class: `pg-item ${style}${marked}`, role: 'graphics-symbol', 'data-piece': id }, [
    node('title', {}, [fresh === true ? `${detail} (changed by this step)` : detail]),
    ...children,
  ]);
}

/** The sign of what the last step touched: a small wedge that points at it from above, or from the left. */
export function freshWedge(x: number, y: number, from: 'above' | 'left' = 'above'): MarkupNode {
  const [a, b] = [round(x), round(y)];
  const d =
    from === 'above' ? `M${round(a - 4)} ${round(b - 6)} h8 l-4 5 z` : `M${round(a - 6)} ${round(b - 4)} v8 l5 -4 z`;
  return node('path', { class: 'pg-fresh-sign', d });
}

/** Two decimals: the same scene gives the same drawing on every machine. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
