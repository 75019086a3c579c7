import type { Span, WayBack } from '#mailast';
import { lastAtMost, Offsets } from './offsets.ts';

/** A stretch of readable text whose lines were sent otherwise: `text` is how. */
export interface SentText extends Span {
  text: string;
}

/**
 * Builds a readable text piece by piece and remembers where each piece came from. A piece as long as its source is walked
 * unit by unit; any other piece leads back as a whole. Pieces come in the order of the source.
 */
export class ReadableText {
  #pieces: string[] = [];
  #length = 0;
  #readable = new Offsets();
  #starts = new Offsets();
  #ends = new Offsets();
  /** The few pieces that are as long as their source and are no walk. */
  #whole = new Set<number>();
  #sent: SentText[] = [];

  get length(): number {
    return this.#length;
  }

  /** Adds `text`, which stands for the source units [start, end); `whole` says that no unit of it stands for one of them alone. */
  push(text: string, start: number, end: number, whole = false): void {
    if (text === '') return;
    const alike = whole && text.length > 1 && text.length === end - start;
    if (alike) this.#whole.add(this.#readable.count);
    if (alike || !this.#continues(text.length, start, end)) {
      this.#readable.push(this.#length);
      this.#starts.push(start);
      this.#ends.push(end);
    } else this.#ends.replaceLast(end);
    this.#pieces.push(text);
    this.#length += text.length;
  }

  /** Whether a piece goes on from the last one unit by unit, so that both are one. */
  #continues(length: number, start: number, end: number): boolean {
    const last = this.#readable.count - 1;
    if (last < 0 || length !== end - start || this.#ends.at(last) !== start || this.#whole.has(last)) return false;
    return this.#length - this.#readable.at(last) === start - this.#starts.at(last);
  }

  /** Says that the text from `start` on was sent as `text`, in other lines. */
  wasSent(start: number, text: string): void {
    this.#sent.push({ start, end: this.#length, text });
  }

  finish(): { text: string; way: SegmentedWay; sent: readonly SentText[] } {
    const offsets = { readable: this.#readable.all(), starts: this.#starts.all(), ends: this.#ends.all() };
    const way = new SegmentedWay(offsets, this.#whole, this.#length);
    return { text: this.#pieces.join(''), way, sent: this.#sent };
  }
}

/** One number a piece: where it begins in the text, and its source. */
interface PieceOffsets {
  readable: Uint32Array;
  starts: Uint32Array;
  ends: Uint32Array;
}

/** The way back of a text that was built piece by piece. */
export class SegmentedWay implements WayBack {
  #readable: Uint32Array;
  #starts: Uint32Array;
  #ends: Uint32Array;
  #whole: ReadonlySet<number>;
  #length: number;

  constructor(offsets: PieceOffsets, whole: ReadonlySet<number>, length: number) {
    this.#readable = offsets.readable;
    this.#starts = offsets.starts;
    this.#ends = offsets.ends;
    this.#whole = whole;
    this.#length = length;
  }

  toSource(start: number, end: number): Span {
    if (this.#readable.length === 0) return { start: 0, end: 0 };
    const from = this.#unit(start).start;
    return end > start ? { start: from, end: Math.max(this.#unit(end - 1).end, from) } : { start: from, end: from };
  }

  toReadable(source: number): number | undefined {
    const index = lastAtMost(this.#starts, source);
    if (index < 0) return undefined;
    const start = this.#starts[index] ?? 0;
    if (source >= (this.#ends[index] ?? 0)) return undefined;
    const at = this.#readable[index] ?? 0;
    return this.#linear(index) ? at + source - start : at;
  }

  /** The pieces that make up readable [start, end), in order, each with its own source; one that is not walked has all of its source. */
  pieces(start: number, end: number, visit: (start: number, end: number, source: Span, walked: boolean) => void): void {
    for (let index = Math.max(lastAtMost(this.#readable, start), 0), at = start; at < end; index++) {
      const next = Math.min(this.#readable[index + 1] ?? this.#length, end);
      const shift = (this.#starts[index] ?? 0) - (this.#readable[index] ?? 0);
      if (this.#linear(index)) visit(at, next, { start: at + shift, end: next + shift }, true);
      else visit(at, next, { start: this.#starts[index] ?? 0, end: this.#ends[index] ?? 0 }, false);
      if (next <= at) return;
      at = next;
    }
  }

  /** The source of one readable unit; of the text's end: the place behind the last unit. */
  #unit(offset: number): Span {
    const index = Math.max(lastAtMost(this.#readable, offset), 0);
    const start = this.#starts[index] ?? 0;
    const end = this.#ends[index] ?? 0;
    if (offset >= this.#length) return { start: end, end };
    if (!this.#linear(index)) return { start, end };
    const at = start + offset - (this.#readable[index] ?? 0);
    return { start: at, end: at + 1 };
  }

  #linear(index: number): boolean {
    if (this.#whole.has(index)) return false;
    const readable = (this.#readable[index + 1] ?? this.#length) - (this.#readable[index] ?? 0);
    return readable === (this.#ends[index] ?? 0) - (this.#starts[index] ?? 0);
  }
}
