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
}

/** What is remembered of the last diff at one depth. */
export interface Remembered {
  setting: Setting;
  file: Pick<DiffFile, 'before' | 'after'>;
  /** The hunk that was read last; absent behind the header of a file. */
  hunk?: OpenHunk;
  pieces: Piece[];
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

/** Adds a piece to a hunk that was cut off. */
export function addPiece({ hunk, pieces }: Remembered, node: Hunk, lines: DiffLines, read: RowsRead): void {
  if (!hunk) return;
  if (pieces.length === 0 && hunk.node.damaged === CUT_OFF) delete hunk.node.damaged;
  const damaged = changeOnTheWay(read);
  if (damaged !== undefined) node.damaged = damaged;
  pieces.push({ node, lines, rows: read.rows });
}

function settle({ hunk, pieces, omission }: Remembered): void {
  if (!hunk || pieces.length === 0) return;
  const whole = hunk.left.counted && isDone(hunk.left) && !omission;
  for (const { node, lines, rows } of pieces) {
    if (!whole || !hunk.counter) {
      node.damaged ??= LEFT_OUT;
      continue;
    }
    node.beforeStart = hunk.counter.before;
    node.afterStart = hunk.counter.after;
    node.children = hunkLines(lines, rows, hunk.counter);
  }
}
