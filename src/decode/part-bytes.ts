import type { Source, Span } from '#mailast';
import { base64 } from './transfer.ts';
import { unwrap } from './unwrap.ts';

/**
 * The content of a part as bytes, its transfer encoding taken off. A document holds characters, not bytes: what it shows of a part without an
 * encoding is given in UTF-8.
 */
export function contentBytes(source: Source, { body, encoding }: { body: Span; encoding?: string }): Uint8Array {
  const { text, units } = source;
  const { start, end } = body;
  // The footer that a list puts behind a text in base64 is no byte of a file.
  const octets = encoding === 'base64' ? base64(text, start, end).octets : unwrap(text, body, encoding).octets;
  if (octets) return bytesOf(octets.units);
  const written = text.slice(start, end);
  return units === 'bytes' ? bytesOf(written) : new TextEncoder().encode(written);
}

function bytesOf(units: string): Uint8Array {
  const bytes = new Uint8Array(units.length);
  for (let at = 0; at < units.length; at++) bytes[at] = units.charCodeAt(at);
  return bytes;
}
