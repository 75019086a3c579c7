import type { Span } from '#mailast';
import type { Page } from '../reading.ts';

/** Words without quote marks that somebody else wrote: below the header lines of a message, and lines that a mailer wrapped out of a quote. */
export class OthersWords {
  readonly #spans: readonly Span[];
  #next = 0;
  #end = 0;

  constructor({ voices }: Page) {
    const tails = [...voices.tails.keys()].map(({ position: { start, end } }) => ({
      start: start.offset,
      end: end.offset,
    }));
    this.#spans = [...voices.unmarked, ...tails].sort((one, other) => one.start - other.start);
  }

  /** Whether a readable offset is in them. To be asked in the order of the text. */
  holds(offset: number): boolean {
    for (let span = this.#spans[this.#next]; span && span.start <= offset; span = this.#spans[++this.#next])
      this.#end = Math.max(this.#end, span.end);
    return offset < this.#end;
  }
}
