import type { DiffFile, Hunk } from '#mailast';
import type { Run } from '../../construct.ts';
import { endsHunk, isOmission } from './ends.ts';
import { hunkLines } from './hunk.ts';
import { type RowsRead, readRows } from './hunk-rows.ts';
import { copyOf, type Left, leftOf } from './left.ts';
import { type DiffLines, diffLines, settingAt } from './lines.ts';
import { addPiece, emptyTo, type Remembered } from './memory.ts';
import { isCode } from './repair.ts';

/** How many lines of a piece are looked at to know that it is one. */
const MOST_LINES = 8;

const NO_HEADER = 'the header of the hunk was left out';

export interface PieceRead {
  file: DiffFile;
  lines: DiffLines;
  next: number;
}

/**
 * A piece of a diff that has no header of its own.
 *
 *     > @@ -10,4 +10,5 @@ boil()
 *     >  	fill(pot);
 *     Why warm it?
 *     > +	warm(pot);          goes on with the hunk
 *     > [...]
 *     > +	serve(pot);         a piece too, but nobody knows of which lines
 */
export function readPiece(run: Run, line: number): PieceRead | undefined {
  const known = run.diffs.at(run.depth);
  const lines = diffLines(run, known?.setting ?? { ...settingAt(run, line), indent: 0 });
  if (!mayBePiece(lines, line) || (known ? false : run.depth === 0 || !isTelling(lines, line))) return undefined;
  return (known && readContinuation(run, lines, line, known)) ?? readHeadless(lines, line, known);
}

/** Whether a diff goes on at this line, right behind a mark that something was left out. */
export function continuesDiff(run: Run, line: number): boolean {
  const known = run.diffs.at(run.depth);
  if (!known || line === run.from) return false;
  const lines = diffLines(run, known.setting);
  return isOmission(lines.head(line - 1)) && mayBePiece(lines, line);
}

/** Every line has a mark, and one of the first few changes something or is code. */
function mayBePiece(lines: DiffLines, line: number): boolean {
  for (let next = line; next < line + MOST_LINES && lines.has(next) && !lines.blank(next); next++) {
    const mark = lines.mark(next);
    if (!' +-\\'.includes(mark) || mark === '') return next > line + (endsHunk(lines, next) ? 0 : 1);
    if (/^-{2,3} ?$/.test(lines.head(next)) || (mark === ' ' && isOmission(lines.head(next)))) return next > line;
  }
  return lines.has(line);
}

/**
 * Whether changed lines look like lines of a program: outside of a diff only that is a piece of one. Kernel code begins at its mark or with a
 * tab; the items of a list begin with a space. Comments speak for neither.
 */
function isTelling(lines: DiffLines, line: number): boolean {
  let changed = 0;
  let code = 0;
  let comments = 0;
  let sure = false;
  for (let next = line; next < line + MOST_LINES && lines.has(next) && !lines.blank(next); next++) {
    const head = lines.head(next);
    if (!/^[+-]./.test(head)) continue;
    if (/^[+-] {1,3}\*(?:[\s/]|$)/.test(head)) comments++;
    else changed++;
    if (/^[+-](?:\t|[^\s+\d=_~|-])/.test(head)) code++;
    sure ||= head.charAt(1) === '\t' || (head.charAt(1) !== ' ' && (isCode(head.slice(1)) || /\)\s{0,8}$/.test(head)));
  }
  if (changed === 0) return comments > 1;
  return changed === 1 ? code === 1 && sure : code * 2 > changed;
}

/** The rest of the hunk that was read last, when the lines may be that. */
function readContinuation(run: Run, lines: DiffLines, line: number, known: Remembered): PieceRead | undefined {
  const { hunk } = known;
  if (!hunk) return undefined;
  const left = copyOf(hunk.left);
  const read = readRows(lines, line, left);
  if (read.rows.length === 0 || read.beyond) return undefined;
  hunk.left = left;
  const node: Hunk = {
    type: 'hunk',
    ...(hunk.head.section === undefined ? {} : { section: hunk.head.section }),
    continues: true,
    position: lines.span(line, read.next),
    children: hunkLines(lines, read.rows, undefined),
  };
  const empty = line - run.from;
  addPiece(known, { node, lines, read, empty, emptyBehind: emptyTo(lines, read.next) });
  return { file: fileOf({ ...known.file, continues: true }, node), lines, next: read.next };
}

/** Lines of a diff of which only their marks are known. */
function readHeadless(lines: DiffLines, line: number, known: Remembered | undefined): PieceRead | undefined {
  const left: Left = leftOf({ before: [] });
  const read: RowsRead = readRows(lines, line, left);
  if (read.rows.length === 0 || !isTelling(lines, line)) return undefined;
  if (known) known.omission = true;
  const node: Hunk = {
    type: 'hunk',
    damaged: NO_HEADER,
    position: lines.span(line, read.next),
    children: hunkLines(lines, read.rows, undefined),
  };
  return { file: fileOf(known ? { ...known.file, continues: true } : {}, node), lines, next: read.next };
}

function fileOf(file: Pick<DiffFile, 'before' | 'after' | 'continues'>, hunk: Hunk): DiffFile {
  return { type: 'diffFile', ...file, position: hunk.position, children: [hunk] };
}
