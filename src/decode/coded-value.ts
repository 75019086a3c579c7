import type { FieldCut } from '#cut';
import type { Source } from '#mailast';
import { entityAt } from './entities.ts';
import { decodeIdentity } from './identity.ts';
import type { ReadableText } from './way.ts';

/** Adds the value of a field that a page wrote in its own way: letters turned, or as a link writes them. What is neither stays. */
export function decodeCoded(source: Source, field: FieldCut, into: ReadableText): void {
  const { text } = source;
  const turns = field.written === 'rot13';
  for (let at = field.valueStart; at < field.end; ) {
    const sign = text.charAt(at);
    const entity = sign === '&' ? entityAt(text, at) : undefined;
    const run = entity || turns ? undefined : percentRun(text, at, field.end);
    if (entity && entity.end <= field.end) {
      into.push(turns ? turned(entity.text) : entity.text, at, entity.end);
      at = entity.end;
    } else if (run) {
      into.push(run.text, at, run.end);
      at = run.end;
    } else if (sign > '\u007f') {
      const end = endOfRun(text, at, field.end);
      decodeIdentity(source, at, end, { kind: 'utf-8' }, into);
      at = end;
    } else into.push(turns ? turned(sign) : sign, at, ++at);
  }
}

/** Thirteen places on in `@A-Z[` and in `a-z`; the same again turns it back. */
function turned(sign: string): string {
  const code = sign.charCodeAt(0);
  if (sign.length !== 1) return sign;
  if (code >= 64 && code <= 91) return String.fromCharCode(64 + ((code - 64 + 14) % 28));
  if (code >= 97 && code <= 122) return String.fromCharCode(97 + ((code - 97 + 13) % 26));
  return sign;
}

/** `%40`, and `%C3%A9` as one character. */
function percentRun(text: string, start: number, end: number): { text: string; end: number } | undefined {
  let at = start;
  const bytes: number[] = [];
  while (at + 3 <= end && bytes.length < 4 && /^%[0-9a-fA-F]{2}$/.test(text.slice(at, at + 3))) {
    bytes.push(Number.parseInt(text.slice(at + 1, at + 3), 16));
    at += 3;
    if ((bytes[0] ?? 0) < 0x80) break;
    const decoded = new TextDecoder().decode(Uint8Array.from(bytes));
    if (!decoded.includes('\ufffd')) return { text: decoded, end: at };
  }
  const [first] = bytes;
  if (first === undefined) return undefined;
  return { text: first < 0x80 ? String.fromCharCode(first) : '\ufffd', end: start + 3 };
}

function endOfRun(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && text.charAt(at) > '\u007f') at++;
  return at;
}
