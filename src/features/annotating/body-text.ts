import type { BodyLine, BodyLines } from '#reading';

/**
 * The body's text as notes count in it: the lines that `read --json` gives, joined by LF, with the way to the readable text of
 * the message and back. What an archive page or a multipart mail puts between them is not in it.
 */
export class BodyText {
  readonly text: string;
  readonly #lines: readonly BodyLine[];
  /** Where each line begins in `text`. */
  readonly #starts: Int32Array;

  constructor({ text, lines }: Pick<BodyLines, 'text' | 'lines'>) {
    this.text = text;
    this.#lines = lines;
    this.#starts = new Int32Array(lines.length);
    let start = 0;
    for (const [row, line] of lines.entries()) {
      this.#starts[row] = start;
      start += line.end - line.start + 1;
    }
  }

  /** The row, from 0, and the column, from 0, of an offset of `text`. */
  point(offset: number): { row: number; column: number } {
    const row = lastUpTo(this.#starts.length, (at) => (this.#starts[at] ?? 0) <= offset);
    return { row, column: offset - (this.#starts[row] ?? 0) };
  }

  /** Where an offset of `text` stands in the readable text. */
  toReadable(offset: number): number {
    const { row, column } = this.point(offset);
    const line = this.#lines[row];
    return line ? Math.min(line.start + column, line.end) : 0;
  }

  /** The offset in `text` of a place in the readable text; of one that is between the lines, of the next line. */
  fromReadable(readable: number): number {
    const row = lastUpTo(this.#lines.length, (at) => (this.#lines[at]?.start ?? 0) <= readable);
    const line = this.#lines[row];
    if (!line) return 0;
    const inside = Math.min(Math.max(readable - line.start, 0), line.end - line.start);
    const behind = readable > line.end + 1 && row + 1 < this.#lines.length;
    return behind ? (this.#starts[row + 1] ?? 0) : (this.#starts[row] ?? 0) + inside;
  }

  /** The span in `text` of some rows, from 0, both included. */
  rows(first: number, last: number): { start: number; end: number } {
    const line = this.#lines[last];
    const start = this.#starts[first] ?? 0;
    return { start, end: line ? (this.#starts[last] ?? 0) + line.end - line.start : start };
  }
}

/** The last index that holds, where all up to it hold; 0 when none does. */
function lastUpTo(count: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return Math.max(low, 0);
}
