import { type MailNode, type MailParent, type Message, type Span, type Trailer, walk } from '#mailast';

/**
 * The text of one block as its author wrote it: its lines without quote marks, joined by line ends. Terms are looked for here, because one may be
 * broken over a line end and a quote mark.
 *
 *     > ... each "TD Memory          logical text:  ... each "TD Memory
 *     > Region" has ...                             Region" has ...
 */
export interface LogicalText {
  text: string;
  /** The block it belongs to, and how deep that block is quoted. */
  block: MailNode;
  depth: number;
  /** The stretches of readable text that logical [start, end) stands for, one a line; in order. */
  spans(start: number, end: number): Span[];
  /** Where a readable offset stands in `text`; absent when it is not part of it. */
  logical(offset: number): number | undefined;
}

/** Prose and code of a message, block by block, and of each trailer its token. Headers, attributions, signatures and furniture are not looked at. */
export function logicalTexts(tree: Message, readable: string): LogicalText[] {
  const texts: LogicalText[] = [];
  walk(tree, (node, parents) => {
    switch (node.type) {
      case 'header':
      case 'furniture':
      case 'attribution':
      case 'signature':
      case 'diffstat':
        return 'skip';
      case 'paragraph':
      case 'listing':
      case 'heading':
      case 'footnoteDefinition':
        texts.push(logicalText(node, depthOf(parents), node.children.map(spanOf), readable));
        return 'skip';
      case 'trailer':
        texts.push(logicalText(node, depthOf(parents), [tokenOf(node)], readable));
        return 'skip';
      case 'hunkLine':
        texts.push(logicalText(node, depthOf(parents), [spanOf(node)], readable));
        return 'skip';
      default:
        return undefined;
    }
  });
  return texts;
}

function depthOf(parents: readonly MailParent[]): number {
  return parents.findLast((parent) => parent.type === 'quote')?.depth ?? 0;
}

function spanOf(node: MailNode): Span {
  return { start: node.position.start.offset, end: node.position.end.offset };
}

/** `Reviewed-by:` without the name behind it. */
function tokenOf({ token, position }: Trailer): Span {
  const start = position.start.offset;
  return { start, end: Math.min(position.end.offset, start + token.length + 1) };
}

function logicalText(block: MailNode, depth: number, lines: readonly Span[], readable: string): LogicalText {
  // Where each line begins in the logical text, and in the readable one.
  const starts: number[] = [];
  const lineStarts = lines.map((line) => line.start);
  let length = 0;
  for (const line of lines) {
    starts.push(length);
    length += line.end - line.start + 1;
  }
  return {
    text: lines.map((line) => readable.slice(line.start, line.end)).join('\n'),
    block,
    depth,
    spans(start, end) {
      const found: Span[] = [];
      for (let index = lastAtMost(starts, start); index < lines.length && (starts[index] ?? end) < end; index++) {
        const line = lines[index];
        const base = starts[index] ?? 0;
        if (!line) continue;
        const from = line.start + Math.max(0, start - base);
        const to = Math.min(line.end, line.start + end - base);
        if (to > from) found.push({ start: from, end: to });
      }
      return found;
    },
    logical(offset) {
      const index = lastAtMost(lineStarts, offset);
      const line = lines[index];
      return line && line.start <= offset && offset < line.end ? (starts[index] ?? 0) + offset - line.start : undefined;
    },
  };
}

function lastAtMost(values: readonly number[], wanted: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((values[middle] ?? 0) <= wanted) low = middle;
    else high = middle - 1;
  }
  return low;
}
