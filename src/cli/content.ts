import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** The bytes of a file, decompressed; or why there are none. `damage` says that the rest of the file could not be read. */
export type Content = { bytes: Uint8Array; damage?: string } | { refused: string };

/** More than so many bytes of content are not read: a text of that size cannot be held as one. */
const MOST_BYTES = 500 * 2 ** 20;
/** Mail is packed some five to ten times smaller; what unfolds to more than this is made to fill a memory. */
const MOST_RATIO = 200;
/** A ratio says nothing about so few bytes. */
const FEW_BYTES = 2 ** 20;

/** Reads a file or, for `-`, standard input. Compressed content (gzip) is known by its first bytes. */
export async function readContent(path: string): Promise<Content> {
  const stream: Readable = path === '-' ? process.stdin : createReadStream(path);
  try {
    const bytes = await collected(stream);
    if (bytes === undefined) return { refused: `it is larger than ${MOST_BYTES / 2 ** 20} MB, which is too much` };
    return isGzip(bytes) ? await unpacked(bytes) : { bytes };
  } catch (error) {
    return { refused: reasonOf(error) };
  }
}

/** All bytes, or nothing when there are too many. */
async function collected(stream: Readable): Promise<Uint8Array | undefined> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of stream) {
    const bytes: Buffer = piece;
    length += bytes.length;
    if (length > MOST_BYTES) {
      stream.destroy();
      return undefined;
    }
    pieces.push(bytes);
  }
  return Buffer.concat(pieces);
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;
}

/** Piece by piece, so that what is made to fill a memory is given up before it does. */
async function unpacked(packed: Uint8Array): Promise<Content> {
  const gunzip = createGunzip();
  gunzip.end(packed);
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    for await (const piece of gunzip) {
      const bytes: Buffer = piece;
      length += bytes.length;
      const tooLarge = length > MOST_BYTES || (length > FEW_BYTES && length > packed.length * MOST_RATIO);
      if (tooLarge) {
        gunzip.destroy();
        return { refused: `it is ${packed.length} bytes and unfolds to more than ${sizeAllowed(packed.length)} MB` };
      }
      pieces.push(bytes);
    }
  } catch (error) {
    if (length === 0) return { refused: `its compressed data is damaged (${messageOf(error)})` };
    const damage = `The compressed data is damaged behind ${length} bytes of content (${messageOf(error)}).`;
    return { bytes: Buffer.concat(pieces), damage };
  }
  return { bytes: Buffer.concat(pieces) };
}

function sizeAllowed(packed: number): number {
  return Math.floor(Math.min(MOST_BYTES, Math.max(packed * MOST_RATIO, FEW_BYTES)) / 2 ** 20);
}

/** Why a file could not be read, by the code of the system. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder; this command reads one file',
  EACCES: 'it may not be read',
  ENOTDIR: 'a part of its path is no folder',
};

export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return REASONS[code] ?? messageOf(error);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
