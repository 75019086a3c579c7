import type { Paragraph, PhrasingContent } from 'mdast';
import { say } from '../markdown.ts';

/** What one screen of a hover holds at the editor's usual width. */
export const COLUMNS = 80;
export const MOST_LINES = 12;

/** One line of a hover before the editor wraps it. */
export type Line = readonly PhrasingContent[];

/** On how many lines of the editor a line is shown. */
export function height(line: Line): number {
  let rows = 1;
  let column = 0;
  for (const word of shown(line).split(' ')) {
    const width = [...word].length;
    if (column > 0 && column + 1 + width > COLUMNS) {
      rows++;
      column = width;
    } else column += width + (column > 0 ? 1 : 0);
    if (column > COLUMNS) rows += Math.floor((column - 1) / COLUMNS);
  }
  return rows;
}

export function heightOf(lines: readonly Line[]): number {
  return lines.reduce((sum, line) => sum + height(line), 0);
}

function shown(line: Line): string {
  return line.map(textOf).join('');
}

function textOf(node: PhrasingContent): string {
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}

/** Lines that belong together: one below the other, without a gap. */
export function block(lines: readonly Line[]): Paragraph | undefined {
  if (lines.length === 0) return undefined;
  return say.paragraph(...lines.flatMap((line, index) => (index === 0 ? line : [say.lineEnd, ...line])));
}

/** The text in at most `most` units, cut between words; with an ellipsis where something was cut. */
export function shortened(text: string, most: number): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  if (plain.length <= most) return plain;
  const cut = plain.lastIndexOf(' ', most - 2);
  return `${plain.slice(0, cut > most / 2 ? cut : most - 2)} \u2026`;
}

/** As many whole sentences as fit into `most` units; where not even one does, the beginning of it. */
export function sentences(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = text.slice(0, most).lastIndexOf('. ');
  return end > most / 3 ? text.slice(0, end + 1) : shortened(text, most);
}
