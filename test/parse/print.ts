import { isParent, type MailNode, type Point } from '#mailast';
import type { MessageReading } from '#parse';

/**
 * The flow of a message as a reader would draw it: one node a line, two spaces a level, fields behind the type, the text of lines behind
 * a bar. Positions are left out: `printTree` has them.
 */
export function printFlow({ tree }: MessageReading): string {
  const lines: string[] = [];
  for (const child of tree.children) {
    if (child.type !== 'body') continue;
    for (const part of child.children) {
      if (part.type === 'part') for (const flow of part.children) print(flow, 0, lines, false);
    }
  }
  return lines.join('\n');
}

/** The whole tree with every position as `line:column-line:column`. */
export function printTree(tree: MailNode): string {
  const lines: string[] = [];
  print(tree, 0, lines, true);
  return lines.join('\n');
}

function print(node: MailNode, level: number, into: string[], places: boolean): void {
  const indent = '  '.repeat(level);
  if (!places && node.type === 'line' && node.children.every((child) => child.type === 'text')) {
    into.push(`${indent}| ${node.children.map((child) => child.value).join('')}`);
    return;
  }
  into.push(`${indent}${node.type}${places ? ` ${place(node)}` : ''}${fields(node, places)}`);
  if (isParent(node)) for (const child of node.children) print(child, level + 1, into, places);
}

function place({ position: { start, end } }: MailNode): string {
  const point = ({ line, column }: Point): string => `${line}:${column}`;
  return `${point(start)}-${point(end)}`;
}

/** The short form leaves out where a hunk's lines stand in the file: the header of the hunk says that. */
function fields(node: MailNode, places: boolean): string {
  const left = new Set(['type', 'position', 'children', ...(places ? [] : ['beforeNumber', 'afterNumber'])]);
  return Object.entries(node)
    .filter(([key]) => !left.has(key))
    .map(([key, value]) => ` ${key}=${JSON.stringify(value)}`)
    .join('');
}
