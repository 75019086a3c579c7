/**
 * A source is what we were given: the bytes of a file, or the text of an editor document.
 *
 * `text` has exactly one UTF-16 unit for each unit of the source, so the same code cuts both: for bytes each character is one
 * byte (0..255), for a document each is one UTF-16 unit. Offsets in `text` are the source's own units, never converted.
 */
export interface Source {
  units: 'bytes' | 'utf16';
  text: string;
}

/** A half-open range. Its unit is said where it is used: source units, or UTF-16 offsets of a readable text. */
export interface Span {
  start: number;
  end: number;
}

/** The way back from a readable text to its source, and forth. */
export interface WayBack {
  /** Source units that produced readable offsets [start, end). A place inside an encoded unit gives the whole unit. */
  toSource(start: number, end: number): Span;
  /** Readable offset of a source offset; absent when the source there is not part of the readable text. */
  toReadable(source: number): number | undefined;
}

/** The text of an editor document; offsets are its UTF-16 offsets. */
export function textSource(text: string): Source {
  return { units: 'utf16', text };
}

/** How many units are turned into text at once; more are slower, and too many overflow the stack. */
const CHUNK = 0x1000;

/** The bytes of a file; offsets are byte offsets. */
export function bytesSource(bytes: Uint8Array): Source {
  return { units: 'bytes', text: textOfUnits(bytes) };
}

/** The text whose UTF-16 units are these numbers. */
export function textOfUnits(units: Uint8Array | Uint32Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < units.length; at += CHUNK) {
    // Spreading a typed array goes through its iterator, which takes eight times as long.
    pieces.push(Reflect.apply(String.fromCharCode, undefined, units.subarray(at, at + CHUNK)));
  }
  return pieces.join('');
}
