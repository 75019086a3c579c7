import { type DiffFile, type Hunk, type HunkLine, walk } from '#mailast';
import type { MessageReading } from '#parse';
import type { BodyLines } from './body-lines.ts';

/** A line of a diff: of which file, in which hunk, and where. */
export interface CodeLine {
  change: HunkLine['change'];
  /** The file's name in the newer tree, or in the older one when it is deleted; absent where no header names it. */
  path?: string;
  /** What stands behind the `@@` of its hunk: mostly the function. */
  section?: string;
  /** Lines of the files, from 1; absent where no hunk header is there to count from. */
  before?: number;
  after?: number;
}

/** The lines of a body that are lines of hunks: `result.get(row)` for line `row + 1`. Linear in the tree. */
export function codeLinesOf({ tree }: MessageReading, body: BodyLines): ReadonlyMap<number, CodeLine> {
  const lines = new Map<number, CodeLine>();
  walk(tree, (node, parents) => {
    if (node.type !== 'hunkLine') return node.type === 'header' || node.type === 'furniture' ? 'skip' : undefined;
    const row = body.point(node.position.start.offset)?.line;
    const hunk = parents.at(-1);
    const file = parents.at(-2);
    if (row !== undefined && hunk?.type === 'hunk' && file?.type === 'diffFile')
      lines.set(row - 1, codeLine(node, hunk, file));
    return 'skip';
  });
  return lines;
}

function codeLine(
  { change, beforeNumber, afterNumber }: HunkLine,
  { section }: Hunk,
  { before, after }: DiffFile,
): CodeLine {
  const path = after ?? before;
  return {
    change,
    ...(path === undefined ? {} : { path }),
    ...(section === undefined || section === '' ? {} : { section }),
    ...(beforeNumber === undefined ? {} : { before: beforeNumber }),
    ...(afterNumber === undefined ? {} : { after: afterNumber }),
  };
}
