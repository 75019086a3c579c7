import type { Source, Span } from '#mailast';
import { base64, quotedPrintable } from './transfer.ts';

/**
 * The content of a part as bytes, its transfer encoding taken off. A document holds characters, not bytes: what it shows of a part without an
 * encoding is given in UTF-8.
 */
export function contentBytes(source: Source, { body, encoding }: { body: Span; encoding?: string }): Uint8Array {
  const { text, units } = source;
  const { start, end } = body;
  if (encoding === 'base64') return bytesOf(base64(text, start, end).octets.units);
  if (encoding === 'quoted-printable') return bytesOf(quotedPrintable(text, start, end).octets.units);
  const written = text.slice(start, end);
  return units === 'bytes' ? bytesOf(written) : new TextEncoder().encode(written);
}

function bytesOf(units: string): Uint8Array {
  const bytes = new Uint8Array(units.length);
  for (let at = 0; at < units.length; at++) bytes[at] = units.charCodeAt(at);
  return bytes;
}
