import { bareMessageId, plainPath } from './message-uri.ts';
import { sha256 } from './sha256.ts';

const LONGEST = 60;
const HASH_DIGITS = 16;

/**
 * The name of the file that keeps the annotations of a thread (the Message-ID of its first message) or, without ids, of a
 * file: letters, digits, `-` and `.`, made from the id so that a person can recognise it, at most 60 characters; then 16
 * digits of the hash of the whole id, so that two ids never share a file, also where case does not count; then `.jsonld`.
 */
export function storeName(of: { messageId: string } | { path: string }): string {
  const [kind, id] = 'messageId' in of ? ['mid', bareMessageId(of.messageId)] : ['path', plainPath(of.path)];
  const hash = sha256(`${kind}:${id}`).slice(0, HASH_DIGITS);
  return `${recognisable(id)}-${hash}.jsonld`;
}

/** The end of a path says more than its beginning, and of a Message-ID the beginning is as good. */
function recognisable(id: string): string {
  const name = id.slice(id.lastIndexOf('/') + 1).slice(0, LONGEST * 2);
  const safe = name
    .replace(/[^A-Za-z0-9.]+/g, '-')
    .replace(/\.{2,}/g, '.')
    .slice(0, LONGEST);
  const plain = safe.replace(/^[-.]+/, '').replace(/[-.]+$/, '');
  return plain === '' ? 'notes' : plain;
}
