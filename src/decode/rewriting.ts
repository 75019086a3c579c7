import type { Span } from '#mailast';
import type { ReadableText, SegmentedWay } from './way.ts';

/** Receives a text that is made from another one, in the order of that other one. Offsets are in the other one. */
export interface Rewriting {
  /** [start, end) stays as it is. */
  keep(start: number, end: number): void;
  /** `text` stands for [start, end). */
  put(text: string, start: number, end: number): void;
}

/** Rewrites a decoded text into `into`, so that each character leads back to the source, not to the text in between. */
export function rewritingOf(from: { text: string; way: SegmentedWay }, into: ReadableText): Rewriting {
  const { text, way } = from;
  const piece = (start: number, end: number, source: Span, walked: boolean): void =>
    into.push(text.slice(start, end), source.start, source.end, !walked);
  return {
    keep: (start, end) => way.pieces(start, end, piece),
    put: (written, start, end) => {
      const source = way.toSource(start, end);
      into.push(written, source.start, source.end, true);
    },
  };
}
