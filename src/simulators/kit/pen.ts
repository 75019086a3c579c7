import { type MarkupNode, node } from './markup.ts';

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
/** A letter of the 12 px face, generously. */
export const LETTER = 7;

export function text(content: string, x: number, y: number, style: string, anchor?: string): MarkupNode {
  return node('text', { class: style, x, y, ...(anchor === undefined ? {} : { 'text-anchor': anchor }) }, [content]);
}
