/** A line that is not empty, by its number from 1; or why it could not be read. */
export type InputLine = { number: number; text: string } | { number: number; refused: string };

const LF = 10;
const MOST_BYTES = 100 * 2 ** 20;

/**
 * The lines of a stream of bytes, one by one; of an input of any length only one line is held. A line that is too long or is no UTF-8 comes as
 * refused, and the next one is read.
 */
export async function* inputLines(stream: AsyncIterable<unknown>): AsyncGenerator<InputLine> {
  let number = 1;
  const line = new Line();
  for await (const piece of stream) {
    if (!(piece instanceof Uint8Array)) continue;
    let start = 0;
    for (let lf = piece.indexOf(LF); lf !== -1; lf = piece.indexOf(LF, start)) {
      line.add(piece.subarray(start, lf));
      const whole = line.take(number++);
      if (whole) yield whole;
      start = lf + 1;
    }
    line.add(piece.subarray(start));
  }
  const last = line.take(number);
  if (last) yield last;
}

class Line {
  #pieces: Uint8Array[] = [];
  #length = 0;

  add(piece: Uint8Array): void {
    this.#length += piece.length;
    if (this.#length <= MOST_BYTES) this.#pieces.push(piece);
    else this.#pieces = [];
  }

  /** What was added, when it is more than white space; then begins anew. */
  take(number: number): InputLine | undefined {
    const bytes = Buffer.concat(this.#pieces);
    const length = this.#length;
    this.#pieces = [];
    this.#length = 0;
    if (length > MOST_BYTES) return { number, refused: `the line is longer than ${MOST_BYTES / 2 ** 20} MB` };
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
      return text.trim() === '' ? undefined : { number, text };
    } catch {
      return { number, refused: 'the line is not UTF-8' };
    }
  }
}
