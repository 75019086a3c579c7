/** Mail is packed some five to ten times smaller; what unfolds to more than this is made to fill a memory. */
const MOST_RATIO = 200;
/** A ratio says nothing about so few bytes. */
const FEW_BYTES = 2 ** 20;
/** How much is handed to the unpacker at once, in bytes: what was read of it is kept when the next piece is damaged. */
const PIECE = 2 ** 14;

/** What compressed data unfolds to. `damage` says why the rest of it could not be read. */
export interface UnpackedMail {
  bytes: Uint8Array<ArrayBuffer>;
  damage?: 'broken off' | 'too large';
}

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Unpacks gzip data with what every host has. Never fails: what was unpacked before the data broke off, or unfolded to more than `most` bytes or
 * 200 times its size, is kept.
 */
export async function unpackMail(packed: Uint8Array<ArrayBuffer>, most: number): Promise<UnpackedMail> {
  const allowed = Math.min(most, Math.max(packed.length * MOST_RATIO, FEW_BYTES));
  const unpacker = new DecompressionStream('gzip');
  const reader = unpacker.readable.getReader();
  const writing = writeAll(unpacker.writable.getWriter(), packed);
  const pieces: Uint8Array[] = [];
  let length = 0;
  let damage: UnpackedMail['damage'];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done || value === undefined) break;
      const room = allowed - length;
      pieces.push(value.subarray(0, room));
      length += Math.min(value.length, room);
      if (value.length <= room) continue;
      damage = 'too large';
      await reader.cancel();
      break;
    }
  } catch {
    damage = 'broken off';
  }
  await writing;
  return { bytes: joined(pieces), ...(damage === undefined ? {} : { damage }) };
}

/** The reader is told of what is wrong with the data; the writer need not be. */
async function writeAll(writer: WritableStreamDefaultWriter, packed: Uint8Array<ArrayBuffer>): Promise<void> {
  try {
    for (let at = 0; at < packed.length; at += PIECE) await writer.write(packed.subarray(at, at + PIECE));
    await writer.close();
  } catch {
    // Said by the reader.
  }
}

export function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
