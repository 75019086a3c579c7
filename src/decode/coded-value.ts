import type { FieldCut } from '#cut';
import type { Source } from '#mailast';
import { entityAt } from './entities.ts';
import type { ReadableText } from './way.ts';

/** Adds the value of a field that a page wrote in its own way: letters turned, or as a link writes them. What is neither stays. */
export function decodeCoded(source: Source, field: FieldCut, into: ReadableText): void {
  if (field.written === 'rot13') {
    const value = decodedText(source, field);
    // No unit of it stands for one of the source: all of it leads back to all of that.
    into.push([...value].map(turned).join(''), field.valueStart, field.end, true);
    return;
  }
  const { text } = source;
  for (let at = field.valueStart; at < field.end; ) {
    const run = percentRun(text, at, field.end);
    into.push(run?.text ?? text.charAt(at), at, run?.end ?? at + 1);
    at = run?.end ?? at + 1;
  }
}

function decodedText({ text, units }: Source, { valueStart, end }: FieldCut): string {
  const written = text.slice(valueStart, end);
  const value = units === 'bytes' ? new TextDecoder().decode(octets(written)) : written;
  return value.replace(/&[#\w]{1,40};?/g, (reference) => {
    const entity = entityAt(reference, 0);
    return entity === undefined ? reference : entity.text + reference.slice(entity.end);
  });
}

function octets(units: string): Uint8Array {
  return Uint8Array.from(units, (unit) => unit.charCodeAt(0));
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
