/** What `git cat-file --batch` answers to one question. */
export interface AnsweredBlob {
  name: string;
  /** In bytes; absent where there is no such object. */
  size?: number;
  /** The first bytes, one unit each. */
  head: string;
}

const LF = 10;

/** Cuts the stream of `git cat-file --batch` into blobs, in whatever pieces it comes. At most `most` bytes of a blob are kept. */
export class BlobReader {
  #most: number;
  #found: (blob: AnsweredBlob) => void;
  /** The line that is not complete yet. */
  #line = '';
  #blob: { name: string; size: number } | undefined;
  #kept: Buffer[] = [];
  #keptLength = 0;
  /** Bytes of the blob that are to come, and the line end behind it. */
  #left = 0;

  constructor(most: number, found: (blob: AnsweredBlob) => void) {
    this.#most = most;
    this.#found = found;
  }

  add(piece: Buffer): void {
    for (let at = 0; at < piece.length; ) at = this.#blob ? this.#content(piece, at) : this.#head(piece, at);
  }

  /** `NAME blob SIZE`, or `QUESTION missing`. */
  #head(piece: Buffer, at: number): number {
    const end = piece.indexOf(LF, at);
    this.#line += piece.toString('latin1', at, end === -1 ? piece.length : end);
    if (end === -1) return piece.length;
    const [, name = '', size] = /^([0-9a-f]{40,64}) \w+ (\d{1,15})$/.exec(this.#line) ?? [];
    this.#line = '';
    if (size === undefined) this.#found({ name, head: '' });
    else {
      this.#blob = { name, size: Number(size) };
      this.#left = Number(size) + 1;
    }
    return end + 1;
  }

  #content(piece: Buffer, at: number): number {
    const taken = Math.min(this.#left, piece.length - at);
    // The last byte is the line end behind the blob.
    const wanted = Math.min(taken, this.#left - 1, this.#most - this.#keptLength);
    if (wanted > 0) {
      this.#kept.push(piece.subarray(at, at + wanted));
      this.#keptLength += wanted;
    }
    this.#left -= taken;
    if (this.#left === 0 && this.#blob) {
      const [only] = this.#kept;
      const bytes = only && this.#kept.length === 1 ? only : Buffer.concat(this.#kept);
      this.#found({ ...this.#blob, head: bytes.toString('latin1') });
      this.#blob = undefined;
      this.#kept = [];
      this.#keptLength = 0;
    }
    return at + taken;
  }
}
