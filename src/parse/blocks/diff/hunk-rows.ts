import type { HunkLine } from '#mailast';
import { endsHunk, isNoRemoval } from './ends.ts';
import { changeOf, hasRoom, isDone, type Left, take } from './left.ts';
import type { DiffLines } from './lines.ts';
import { type Damage, damageAt, isBrokenAbove, isCode, unmarked } from './repair.ts';

/** One line of a hunk before it has a place in the files. */
export interface HunkRow {
  line: number;
  change: HunkLine['change'];
  /** What is counted: the marks as written, or the ones that were lost. */
  marks: string;
  /** Units of marks that stand in the text. */
  width: number;
  wrapped?: true;
  /** Behind what the header counts. */
  beyond?: true;
}

/** What was wrong with the lines themselves. */
export interface RowsRead {
  rows: HunkRow[];
  next: number;
  /** The line below the header when it is the rest of it. */
  restOfHeader?: number;
  /** Lines whose space was lost, lines that were broken, no-break spaces for spaces, lines beyond the counts. */
  spaces: boolean;
  wraps: boolean;
  noBreak: boolean;
  beyond: boolean;
}

/** Behind the counts of a wrong header, a change must follow within so many lines of context. */
const MOST_CONTEXT = 10;

/**
 * Reads the lines of a hunk from `from` on. The counts of its header say how many there are, so that a footer `-- ` is no removed line, and a
 * removed line `-- ` is one; where a line has lost its mark they say what it was. `left` is counted down. Linear: no line is looked at
 * more than a few times. `atHeader` is whether the hunk's header stands above `from`.
 */
export function readRows(lines: DiffLines, from: number, left: Left, atHeader = false): RowsRead {
  return new RowReading(lines, from, left, atHeader).read();
}

class RowReading {
  #lines: DiffLines;
  #left: Left;
  #width: number;
  #atHeader: boolean;
  #damage: Damage | undefined;
  #read: RowsRead;

  constructor(lines: DiffLines, from: number, left: Left, atHeader: boolean) {
    this.#atHeader = atHeader;
    this.#lines = lines;
    this.#left = left;
    this.#width = left.before.length;
    if (lines.heads.stripped) this.#damage = 'spaces';
    this.#read = { rows: [], next: from, spaces: false, wraps: false, noBreak: false, beyond: false };
  }

  read(): RowsRead {
    const read = this.#read;
    while (this.#lines.has(read.next) && this.#take(read.next)) read.next++;
    // A hunk does not end in empty lines of which nothing says that they are its own.
    while (!this.#left.counted && this.#isIdle(read.rows.at(-1))) {
      read.rows.pop();
      read.next--;
    }
    return read;
  }

  #isIdle(row: HunkRow | undefined): boolean {
    return row !== undefined && row.change === 'context' && this.#lines.mark(row.line) === '';
  }

  /** Takes a line if it belongs to the hunk. */
  #take(line: number): boolean {
    const lines = this.#lines;
    const mark = lines.mark(line);
    if (mark === '\\') return lines.head(line).startsWith('\\ ') && this.#add(line, 'note', '', 1);
    const done = isDone(this.#left);
    if (this.#read.beyond || done) return this.#takeBeyond(line, mark, done);
    if (mark === '') return this.#takeEmpty(line);
    const marks = this.#marks(line);
    const change = changeOf(marks);
    if (change === undefined) return this.#takeUnmarked(line);
    if (marks.startsWith('-') && isNoRemoval(lines, line, this.#left)) return false;
    if (!hasRoom(this.#left, marks) && this.#left.counted && change !== 'context')
      return this.#takeBeyond(line, mark, false);
    return this.#add(line, change, marks, Math.min(this.#width, lines.end(line) - lines.start(line)));
  }

  /** As many units as the hunk has parents; a merge's line of context may have lost the spaces at its end. */
  #marks(line: number): string {
    const start = this.#lines.start(line);
    const end = Math.min(this.#lines.end(line), start + this.#width);
    const marks = this.#lines.heads.text.slice(start, end);
    if (marks === '\u00a0') this.#read.noBreak = true;
    return marks.replaceAll('\u00a0', ' ').padEnd(this.#width);
  }

  /** An empty line is context whose one space was trimmed, unless the hunk was cut off here. */
  #takeEmpty(line: number): boolean {
    const left = this.#left;
    const marks = ' '.repeat(this.#width);
    if (!hasRoom(left, marks)) return false;
    const isLast = left.counted && left.after === 1 && left.before.every((one) => one === 1);
    return (isLast || this.#goesOn(line + 1)) && this.#add(line, 'context', marks, 0);
  }

  #goesOn(line: number): boolean {
    const lines = this.#lines;
    if (!lines.has(line)) return false;
    const mark = lines.mark(line);
    if (mark === '' || mark === '\\') return true;
    if (changeOf(mark) === undefined) {
      if (!this.#left.counted || endsHunk(lines, line)) return false;
      this.#damage ??= damageAt(lines, line - 1, this.#left);
      return this.#damage !== 'guess' || isCode(lines.head(line));
    }
    return mark !== '-' || !isNoRemoval(lines, line, this.#left);
  }

  #takeUnmarked(line: number): boolean {
    const lines = this.#lines;
    if (this.#width > 1 || endsHunk(lines, line)) return false;
    if (!this.#left.counted) return this.#isRestOfUncounted(line) && this.#addRest(line);
    this.#damage ??= damageAt(lines, line, this.#left);
    if (this.#damage !== 'spaces' && this.#isRestOfHeader(line)) return this.#addRest(line);
    const what = unmarked(lines, line, this.#damage);
    if (what === 'end') return false;
    if (what === 'wrapped') return this.#addRest(line);
    if (!hasRoom(this.#left, ' ')) return false;
    this.#read.spaces = true;
    return this.#add(line, 'context', ' ', 0);
  }

  /** The function in the header is what mail programs break most: its rest stands between the header and a line with a mark. */
  #isRestOfHeader(line: number): boolean {
    const lines = this.#lines;
    if (!this.#atHeader || this.#read.next !== line || this.#read.rows.length > 0 || lines.heads.stripped) return false;
    if (/^(?:[#{}\t]|\/[*/])/.test(lines.head(line))) return false;
    return changeOf(lines.mark(line + 1) || ' ') !== undefined && isBrokenAbove(lines, line);
  }

  /** Where no counts help, a line without a mark must stand between two that have one. */
  #isRestOfUncounted(line: number): boolean {
    const lines = this.#lines;
    const next = lines.mark(line + 1);
    return this.#read.rows.length > 0 && next !== '' && changeOf(next) !== undefined && isBrokenAbove(lines, line);
  }

  /** The rest of a broken line is of the kind of that line; the rest of the header is no line of the hunk. */
  #addRest(line: number): boolean {
    const above = this.#read.rows.at(-1);
    this.#read.wraps = true;
    if (above) this.#read.rows.push({ line, change: above.change, marks: '', width: 0, wrapped: true });
    else this.#read.restOfHeader = line;
    return true;
  }

  /**
   * Lines behind the end that the header gives: the rest of a broken line, or more of the same hunk when somebody changed it and not its header.
   */
  #takeBeyond(line: number, mark: string, done: boolean): boolean {
    const lines = this.#lines;
    const isRest = done && !this.#read.beyond && (this.#damage === 'wraps' || this.#damage === 'both');
    if (isRest && mark !== '' && changeOf(mark) === undefined && !endsHunk(lines, line) && !this.#afterRest(line))
      return this.#addRest(line);
    if (this.#width > 1 || !this.#left.counted || !this.#changesWithin(line)) return false;
    this.#read.beyond = true;
    this.#read.rows.push({ line, change: changeOf(mark) ?? 'context', marks: mark, width: mark.length, beyond: true });
    return true;
  }

  #afterRest(line: number): boolean {
    const last = this.#read.rows.at(-1);
    return last?.wrapped === true || last?.line !== line - 1;
  }

  /** Whether a line that changes something stands at `line` or behind a few lines of context. */
  #changesWithin(line: number): boolean {
    const lines = this.#lines;
    for (let next = line; next < line + MOST_CONTEXT && lines.has(next); next++) {
      const mark = lines.mark(next);
      if (mark === '+') return !/^\+\+\+ /.test(lines.head(next));
      if (mark === '-') return !/^-{2,}(?: |$)/.test(lines.head(next)) && !endsHunk(lines, next);
      if (mark !== ' ') return false;
    }
    return false;
  }

  #add(line: number, change: HunkLine['change'], marks: string, width: number): boolean {
    if (marks !== '') take(this.#left, marks);
    this.#read.rows.push({ line, change, marks, width });
    return true;
  }
}
