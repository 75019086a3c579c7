import type { Diff, DiffFile } from '#mailast';
import type { Construct, Run } from '../../construct.ts';
import { beginsFile, diffAt } from './begins.ts';
import { type FileRead, readFile } from './file.ts';
import { type DiffLines, diffLines, type Setting } from './lines.ts';
import { emptyTo, type Remembered } from './memory.ts';
import { type PieceRead, readPiece } from './piece.ts';

/**
 * A patch, whole or a trimmed piece of one in a quote.
 *
 *     diff --git a/tea.c b/tea.c
 *     index 0123456789ab..ba9876543210 100644
 *     --- a/tea.c
 *     +++ b/tea.c
 *     @@ -1,3 +1,4 @@ boil()
 */
export const diff: Construct = {
  name: 'diff',
  read(run, line) {
    const setting = diffAt(run, line);
    const piece = isHeader(run, setting) ? undefined : readPiece(run, line);
    if (piece) return withRest(run, piece);
    return setting && readFiles(run, diffLines(run, setting), line);
  },
};

/** A line of context may look like a header with a space before it; where quote marks stand alone, the space is the line's own. */
function isHeader(run: Run, setting: Setting | undefined): boolean {
  if (setting === undefined || setting.indent > 0) return false;
  return setting.bare || run.diffs.at(run.depth)?.setting.bare !== true;
}

function readFiles(run: Run, lines: DiffLines, line: number): { node: Diff; next: number } {
  const known = run.diffs.at(run.depth);
  let read = readFile(lines, line);
  if (known && isOfSameFile(read, known)) read.node = { ...read.node, ...known.file, continues: true };
  const children: DiffFile[] = [read.node];
  for (let at = nextFile(lines, read.next); at !== undefined; at = nextFile(lines, read.next)) {
    read = readFile(lines, at);
    children.push(read.node);
  }
  const { before, after } = read.node;
  run.diffs.keep(run.depth, {
    setting: { indent: lines.indent, bare: lines.bare },
    file: { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) },
    ...(read.last ? { hunk: read.last } : {}),
    emptyBehind: emptyTo(lines, read.next),
  });
  const first = children[0] ?? read.node;
  const position = { start: first.position.start, end: read.node.position.end };
  return { node: { type: 'diff', children, position }, next: read.next };
}

/** What stands behind a piece: more hunks of its file, and more files. */
function withRest(run: Run, piece: PieceRead): { node: Diff; next: number } {
  const { file, lines } = piece;
  const at = nextFile(lines, piece.next);
  const rest = at === undefined ? undefined : readFiles(run, lines, at);
  const [first, ...others] = rest?.node.children ?? [];
  const children = first ? [file, first, ...others] : [file];
  if (first?.continues) {
    const position = { start: file.position.start, end: first.position.end };
    children.splice(0, 2, { ...file, position, children: [...file.children, ...first.children] });
  }
  const end = rest?.node.position.end ?? file.position.end;
  return {
    node: { type: 'diff', position: { start: file.position.start, end }, children },
    next: rest?.next ?? piece.next,
  };
}

/** The next file stands at once behind this one, or behind empty lines. */
function nextFile(lines: DiffLines, line: number): number | undefined {
  let at = line;
  while (lines.has(at) && lines.blank(at)) at++;
  return lines.has(at) && beginsFile(lines, at) ? at : undefined;
}

/** A hunk without a file's header behind somebody's words belongs to the file above when it stands further down in it. */
function isOfSameFile({ node }: FileRead, { hunk }: Remembered): boolean {
  const first = node.children[0];
  if (node.before !== undefined || node.after !== undefined || first?.type !== 'hunk') return false;
  if (!hunk) return true;
  const { beforeStart = 0, beforeLines = 0, afterStart = 0, afterLines = 0 } = hunk.node;
  const isBehind =
    (first.beforeStart ?? 0) >= beforeStart + beforeLines && (first.afterStart ?? 0) >= afterStart + afterLines;
  return hunk.node.afterStart !== undefined && isBehind;
}
