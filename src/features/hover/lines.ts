import type { PhrasingContent } from 'mdast';
import { markdownOf, say } from '../markdown.ts';

/** What one screen of a hover holds at the editor's usual width. */
const COLUMNS = 80;
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

const written = new Map<string, string>();
const MOST_WRITTEN = 500;

/**
 * Blocks with a gap between them, each of lines one below the other. Lines are written one by one, and kept: most are of notes and come again,
 * and writing them is what a hover costs.
 */
export function markdownOfBlocks(blocks: readonly (readonly Line[])[]): string {
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map(markdownOfLine).join('\\\n'))
    .join('\n\n');
}

function markdownOfLine(line: Line): string {
  const key = line.map((node) => `${node.type} ${'url' in node ? node.url : ''} ${textOf(node)}`).join('\n');
  const known = written.get(key);
  if (known !== undefined) return known;
  const made = markdownOf([say.paragraph(...line)]);
  const [oldest] = written.keys();
  if (written.size >= MOST_WRITTEN && oldest !== undefined) written.delete(oldest);
  written.set(key, made);
  return made;
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
  return end > most / 4 ? text.slice(0, end + 1) : shortened(text, most);
}
