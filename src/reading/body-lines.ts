import { type MailNode, type Span, walk } from '#mailast';
import { type LineHeads, lineHeads, type MessageReading } from '#parse';

/** What a line of a mail is. Quoted prose is `quote`; everything else keeps its kind inside a quote. */
export type LineKind =
  | 'text'
  | 'attribution'
  | 'quote'
  | 'trailer'
  | 'diffstat'
  | 'diff-header'
  | 'hunk'
  | 'added'
  | 'removed'
  | 'context'
  | 'signature'
  | 'footnote'
  | 'divider'
  | 'heading'
  | 'listing'
  | 'blank';

/** One line of a body: a span of the readable text without its line end, and its true number of quote marks. */
export interface BodyLine extends Span {
  depth: number;
  kind: LineKind;
  /** Where the line's own text begins: behind its quote marks and the one space after them. */
  own: number;
}

/** The body as a reader reads it: the text of its parts, without headers, and without what an archive page put around the mail. */
export interface BodyLines {
  /** The lines joined by LF; `lines[i]` is line i + 1 of it. */
  text: string;
  lines: readonly BodyLine[];
  /** Line and column of `text`, from 1, for a readable offset; absent for one in a header, in furniture, or in the line of a part. */
  point(readable: number): { line: number; column: number } | undefined;
}

/** Linear in the lines of the message. */
export function bodyLinesOf({ tree, text, readable }: MessageReading): BodyLines {
  const heads = lineHeads(text, readable.body);
  const { table } = heads;
  const first = table.at(readable.body.start);
  const kinds = kindsOf(tree, heads);
  const rows = new Int32Array(table.count - first).fill(-1);
  const lines: BodyLine[] = [];
  const isAside = asideTest(readable.aside);
  for (let index = first; index < table.count; index++) {
    const start = Math.max(table.start(index), readable.body.start);
    const end = table.end(index);
    if (isAside(start, end)) continue;
    rows[index - first] = lines.length;
    lines.push({
      start,
      end,
      depth: heads.depth(index),
      kind: kindOfLine(heads, index, kinds[index]),
      own: Math.min(end, Math.max(start, heads.start(index))),
    });
  }
  return {
    text: lines.map((line) => text.slice(line.start, line.end)).join('\n'),
    lines,
    point(offset) {
      if (offset < readable.body.start) return undefined;
      const row = rows[table.at(offset) - first] ?? -1;
      const line = lines[row];
      return line ? { line: row + 1, column: offset - line.start + 1 } : undefined;
    },
  };
}

/** Both the lines and what stands aside are in order, so one walk along both is enough. What stands aside is whole lines. */
function asideTest(aside: readonly Span[]): (start: number, end: number) => boolean {
  let next = 0;
  return (start, end) => {
    while ((aside[next]?.end ?? Number.POSITIVE_INFINITY) < end) next++;
    const span = aside[next];
    return span !== undefined && span.start < span.end && span.start <= start && end <= span.end;
  };
}

const KINDS: Partial<Record<MailNode['type'], LineKind>> = {
  attribution: 'attribution',
  trailers: 'trailer',
  diffstat: 'diffstat',
  diffHeader: 'diff-header',
  hunk: 'hunk',
  signature: 'signature',
  footnoteDefinition: 'footnote',
  divider: 'divider',
  heading: 'heading',
  listing: 'listing',
};

/** The kind of each line of the readable text, by the block it belongs to; a hunk's lines say themselves what they are. */
function kindsOf(tree: MailNode, heads: LineHeads): (LineKind | undefined)[] {
  const kinds: (LineKind | undefined)[] = new Array<LineKind | undefined>(heads.table.count);
  walk(tree, (node) => {
    if (node.type === 'hunkLine') {
      // `\ No newline at end of file` is about the hunk and is no line of the file.
      kinds[node.position.start.line - 1] = node.change === 'note' ? 'hunk' : node.change;
      return 'skip';
    }
    const kind = KINDS[node.type];
    if (kind) kinds.fill(kind, node.position.start.line - 1, node.position.end.line);
    return kind && node.type !== 'hunk' ? 'skip' : undefined;
  });
  return kinds;
}

function kindOfLine(heads: LineHeads, line: number, kind: LineKind | undefined): LineKind {
  if (kind === 'context' || kind === 'added' || kind === 'removed') return kind;
  if (heads.blank(line)) return 'blank';
  return kind ?? (heads.depth(line) > 0 ? 'quote' : 'text');
}
