/** In units: what is counted in one turn. */
const PIECE = 2 ** 20;

/** The lines of a source of any size, counted as the editor counts them: LF, CRLF and a lone CR each end one. For bytes in which ASCII is ASCII. */
export class LinesOfBytes {
  #units: { readonly length: number; slice(start: number, end: number): string };
  /** How many lines end before each piece, as far as they were counted. */
  #before = [0];

  constructor(units: { readonly length: number; slice(start: number, end: number): string }) {
    this.#units = units;
  }

  /** The line (from 0) of a unit. Counts a piece a turn, each of them once. */
  async at(unit: number): Promise<number> {
    const piece = Math.floor(Math.min(Math.max(unit, 0), this.#units.length) / PIECE);
    while (this.#before.length <= piece) {
      const last = this.#before.length - 1;
      this.#before.push((this.#before[last] ?? 0) + this.#endsIn(last * PIECE, (last + 1) * PIECE));
      await new Promise<void>((resolve) => setTimeout(resolve, 0));
    }
    return (this.#before[piece] ?? 0) + this.#endsIn(piece * PIECE, unit);
  }

  /** The lines that end in [start, end). A CR that stands before an LF ends none. */
  #endsIn(start: number, end: number): number {
    const text = this.#units.slice(start, end + 1);
    const length = Math.min(end - start, text.length);
    let ends = 0;
    for (let at = text.indexOf('\n'); at !== -1 && at < length; at = text.indexOf('\n', at + 1)) ends++;
    for (let at = text.indexOf('\r'); at !== -1 && at < length; at = text.indexOf('\r', at + 1))
      if (text[at + 1] !== '\n') ends++;
    return ends;
  }
}
