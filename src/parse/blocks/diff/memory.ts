import type { DiffFile, Hunk } from '#mailast';
import { CUT_OFF, changeOnTheWay, hunkLines, type OpenHunk } from './hunk.ts';
import type { HunkRow, RowsRead } from './hunk-rows.ts';
import { isDone } from './left.ts';
import type { DiffLines, Setting } from './lines.ts';

/** A later piece of a hunk, which is numbered when all of the hunk has been seen. */
interface Piece {
  node: Hunk;
  lines: DiffLines;
  rows: readonly HunkRow[];
  /** Empty lines of the quote between the piece before and this one: lines of context, or set there for the eye. */
  empty: number;
}

/** What is remembered of the last diff at one depth. */
export interface Remembered {
  setting: Setting;
  file: Pick<DiffFile, 'before' | 'after'>;
  /** The hunk that was read last; absent behind the header of a file. */
  hunk?: OpenHunk;
  pieces: Piece[];
  /** Empty lines of the quote behind what was read last. */
  emptyBehind: number;
  /** Something between its pieces says that lines were left out. */
  omission: boolean;
}

/** Behind so many levels of quotes nobody's words are followed any more. */
const DEEPEST = 64;

const LEFT_OUT = 'the quote leaves out lines of this hunk, so it is not known which lines of the file these are';

/**
 * The diffs that may go on behind somebody's words, by depth. A reply cuts a quoted hunk into pieces; whether lines were left out between
 * them is known when the last one has been read: then either the pieces make up exactly what the header of the hunk says, or nobody knows
 * where the later ones stand.
 */
export class DiffMemory {
  #byDepth = new Map<number, Remembered>();

  at(depth: number): Remembered | undefined {
    return this.#byDepth.get(depth);
  }

  keep(depth: number, remembered: Omit<Remembered, 'pieces' | 'omission'>): void {
    this.close(depth);
    if (depth <= DEEPEST) this.#byDepth.set(depth, { ...remembered, pieces: [], omission: false });
  }

  /** Forgets the diffs at `depth`, and with `deeper` those in all quotes in it. */
  close(depth: number, deeper = false): void {
    for (const [at, remembered] of this.#byDepth) {
      if (at !== depth && !(deeper && at > depth)) continue;
      settle(remembered);
      this.#byDepth.delete(at);
    }
  }

  /** A mark of an omission in words at `depth` speaks of the quotes in them too. */
  omit(depth: number): void {
    for (const [at, remembered] of this.#byDepth) if (at >= depth) remembered.omission = true;
  }

  closeAll(): void {
    this.close(-1, true);
  }
}

/** Adds a piece to a hunk that was cut off; `emptyBefore` and `emptyBehind` are the empty lines at its edges. */
export function addPiece(
  remembered: Remembered,
  piece: Omit<Piece, 'rows'> & { read: RowsRead; emptyBehind: number },
): void {
  const { hunk, pieces } = remembered;
  const { node, lines, read, empty } = piece;
  if (!hunk) return;
  if (pieces.length === 0 && hunk.node.damaged === CUT_OFF) delete hunk.node.damaged;
  const damaged = changeOnTheWay(read);
  if (damaged !== undefined) node.damaged = damaged;
  pieces.push({ node, lines, rows: read.rows, empty: empty + remembered.emptyBehind });
  remembered.emptyBehind = piece.emptyBehind;
}

function settle(remembered: Remembered): void {
  const { hunk, pieces } = remembered;
  if (!hunk || pieces.length === 0) return;
  const empty = emptyContext(remembered);
  for (const piece of pieces) {
    const { node, lines, rows } = piece;
    if (empty === undefined || !hunk.counter) {
      node.damaged ??= LEFT_OUT;
      continue;
    }
    if (empty) {
      hunk.counter.before += piece.empty;
      hunk.counter.after += piece.empty;
    }
    node.beforeStart = hunk.counter.before;
    node.afterStart = hunk.counter.after;
    node.children = hunkLines(lines, rows, hunk.counter);
  }
}

/**
 * Whether the empty lines at the edges of pieces are lines of context, by the counts of the header: all of them make it up, or none does.
 * Absent when lines are missing, so that nobody knows.
 */
function emptyContext({ hunk, pieces, emptyBehind, omission }: Remembered): boolean | undefined {
  if (!hunk?.left.counted || omission) return undefined;
  if (isDone(hunk.left)) return false;
  const { before, after } = hunk.left;
  const between = pieces.reduce((sum, piece) => sum + piece.empty, 0);
  const isMadeUp = before.every((left) => left === after) && between > 0;
  return isMadeUp && (after === between || after === between + emptyBehind) ? true : undefined;
}

/** How many lines from `from` to the end of the stretch are empty; none when something else stands there. */
export function emptyTo(lines: DiffLines, from: number): number {
  let next = from;
  while (next < lines.to && lines.blank(next)) next++;
  return next === lines.to ? next - from : 0;
}
