import { createGunzip } from 'node:zlib';

/** Mail is packed some five to ten times smaller; what unfolds to more than this is made to fill a memory. */
const MOST_RATIO = 200;
/** A ratio says nothing about so few bytes. */
const FEW_BYTES = 2 ** 20;

/** What compressed data unfolds to. `damage` says why the rest of it could not be read. */
export interface Unpacked {
  bytes: Uint8Array;
  damage?: string;
}

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;
}

/**
 * Unpacks gzip data, of several members one behind the other too. Never fails: what was unpacked before the data broke off, or unfolded to more than `most`
 * bytes or 200 times its size, is kept.
 */
export function unpacked(packed: Uint8Array, most: number): Promise<Unpacked> {
  const allowed = Math.min(most, Math.max(packed.length * MOST_RATIO, FEW_BYTES));
  const gunzip = createGunzip();
  const pieces: Buffer[] = [];
  let length = 0;
  return new Promise((resolve) => {
    const done = (damage?: string): void => {
      gunzip.removeAllListeners('error').on('error', () => undefined);
      gunzip.destroy();
      resolve({ bytes: Buffer.concat(pieces), ...(damage === undefined ? {} : { damage }) });
    };
    // Events, and no iterator: when the data ends too early, an iterator throws away what it has not handed out yet.
    gunzip.on('data', (piece: Buffer) => {
      const room = allowed - length;
      pieces.push(piece.subarray(0, room));
      length += Math.min(piece.length, room);
      if (piece.length > room) done(tooLarge(packed.length, allowed));
    });
    gunzip.on('end', () => done());
    gunzip.on('error', (error) => {
      done(`The compressed data is damaged behind ${length} bytes of content (${error.message}); the rest is missing.`);
    });
    gunzip.end(packed);
  });
}

function tooLarge(packed: number, allowed: number): string {
  const size = `${Math.floor(allowed / 2 ** 20)} MB`;
  return `The compressed data (${packed} bytes) unfolds to more than ${size}, which is too much; reading stopped there.`;
}
