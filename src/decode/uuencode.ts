import { lineEnd } from './line-ends.ts';
import { CollectedOctets, type Octets } from './octets.ts';

/** A file between `begin 644 name` and `end`. */
export interface UuencodedFile {
  name: string;
  /** Where the `begin` line starts. */
  start: number;
  /** The coded lines. */
  dataStart: number;
  dataEnd: number;
  /** Behind the `end` line. */
  end: number;
  octets: Octets;
}

const BEGIN = /^begin [0-7]{3,4} (\S[^\r\n]{0,200})/;

/** The uuencoded files in [start, end), in order; what only begins like one is none. Linear: a coded line never begins a file. */
export function uuencodedFiles(text: string, start: number, end: number): UuencodedFile[] {
  const files: UuencodedFile[] = [];
  for (let at = start; at < end; ) {
    const [, next] = lineEnd(text, at, end);
    const name = text.startsWith('begin ', at) ? BEGIN.exec(text.slice(at, Math.min(next, at + 220)))?.[1] : undefined;
    const file = name === undefined ? undefined : fileAt(text, name.trimEnd(), at, next, end);
    if (file) files.push(file);
    at = file?.end ?? next;
  }
  return files;
}

function fileAt(
  text: string,
  name: string,
  start: number,
  dataStart: number,
  limit: number,
): UuencodedFile | undefined {
  const octets = new CollectedOctets(64);
  for (let at = dataStart; at < limit; ) {
    const [end, next] = lineEnd(text, at, limit);
    if (text.slice(at, end).trimEnd() === 'end' && at > dataStart) {
      return { name, start, dataStart, dataEnd: at, end: next, octets: octets.finish() };
    }
    if (!collectLine(text, at, end, octets)) return undefined;
    at = next;
  }
  return undefined;
}

/** One line: a sign for the count of its bytes, then four signs for every three. Mailers drop spaces at the end, which stand for zero. */
function collectLine(text: string, start: number, end: number, into: CollectedOctets): boolean {
  if (end === start) return true;
  const count = valueAt(text, start, end);
  if (count === undefined || end - start < 1 + Math.ceil((count * 4) / 3) - 3 || end - start > 70) return false;
  for (let index = 0; index < count; index++) {
    const bit = index * 8;
    const first = start + 1 + Math.floor(bit / 6);
    const [high, low] = [valueAt(text, first, end), valueAt(text, first + 1, end)];
    if (high === undefined || low === undefined) return false;
    const shift = 12 - (bit % 6) - 8;
    into.push((((high << 6) | low) >> shift) & 0xff, Math.min(first, end - 1), Math.min(first + 2, end));
  }
  return true;
}

/** The six bits of a sign; behind the end of the line it is a space. */
function valueAt(text: string, at: number, end: number): number | undefined {
  if (at >= end) return 0;
  const unit = text.charCodeAt(at);
  return unit >= 32 && unit <= 96 ? (unit - 32) & 63 : undefined;
}
