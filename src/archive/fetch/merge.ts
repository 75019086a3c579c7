import { cut } from '#cut';
import { bytesSource } from '#mailast';
import { joined } from './unpack.ts';

/** A saved thread brought up to date. */
export interface Merged {
  mail: Uint8Array<ArrayBuffer>;
  /** How many messages are new, and how many there are now. */
  added: number;
  messages: number;
}

interface Piece {
  /** The Message-ID; absent where there is none. */
  id: string | undefined;
  bytes: Uint8Array;
}

const LF = 10;
const CR = 13;

/** How many messages a mailbox has; 0 when it is none. */
export function countMessages(mail: Uint8Array): number {
  return piecesOf(mail)?.length ?? 0;
}

/**
 * A saved mailbox with the messages behind it that a newly downloaded one has besides. What was there stays as it was, in its order, also when the server
 * has it no more: reading marks and notes stay where they are. Only a last message that had broken off is completed. Absent when the saved
 * one is no mailbox, or the two have no message in common: then it is another thread.
 */
export function mergeMail(saved: Uint8Array, fresh: Uint8Array): Merged | undefined {
  const before = piecesOf(saved);
  const after = piecesOf(fresh);
  if (!before || !after) return undefined;
  const there = new Set(before.flatMap(({ id }) => (id === undefined ? [] : [id])));
  if (!after.some(({ id }) => id !== undefined && there.has(id))) return undefined;
  const last = before.at(-1);
  const kept = last ? [...before.slice(0, -1), completed(last, after)] : before;
  const added: Piece[] = [];
  for (const piece of after) {
    if (piece.id === undefined || there.has(piece.id)) continue;
    there.add(piece.id);
    added.push(piece);
  }
  const mail = joined(
    [...kept, ...added].flatMap(({ bytes }, at, all) => (at + 1 < all.length ? [bytes, gap(bytes)] : [bytes])),
  );
  return { mail, added: added.length, messages: kept.length + added.length };
}

/** The messages of a mailbox, whose bytes are all of its bytes; absent when it is none. */
function piecesOf(mail: Uint8Array): Piece[] | undefined {
  const { source, dialect, messages } = cut(bytesSource(mail));
  if (dialect !== 'mbox') return undefined;
  const starts = messages.map(({ span }, at) => (at === 0 ? 0 : span.start));
  return messages.map(({ fields }, at) => {
    const field = fields.find(({ name }) => name.toLowerCase() === 'message-id');
    const value = field === undefined ? '' : source.text.slice(field.valueStart, field.end);
    const id = /<([^<>]+)>/.exec(value)?.[1]?.trim() ?? value.trim();
    return { id: id === '' ? undefined : id, bytes: mail.subarray(starts[at], starts[at + 1] ?? mail.length) };
  });
}

/** A message that is the beginning of its new copy had broken off. */
function completed(piece: Piece, fresh: readonly Piece[]): Piece {
  const copy = fresh.find(({ id }) => id !== undefined && id === piece.id);
  if (!copy) return piece;
  const length = writtenLength(piece.bytes);
  if (writtenLength(copy.bytes) <= length) return piece;
  for (let at = 0; at < length; at++) if (piece.bytes[at] !== copy.bytes[at]) return piece;
  return copy;
}

/** How long a message is without the empty lines at its end. */
function writtenLength(bytes: Uint8Array): number {
  let length = bytes.length;
  while (length > 0 && bytes[length - 1] === LF) length--;
  return length;
}

/** What is missing to the empty line between two messages. */
function gap(bytes: Uint8Array): Uint8Array {
  if (bytes.at(-1) !== LF) return new Uint8Array([LF, LF]);
  const before = bytes.at(-2) === CR ? bytes.at(-3) : bytes.at(-2);
  return new Uint8Array(before === LF ? [] : [LF]);
}
