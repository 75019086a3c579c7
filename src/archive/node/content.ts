import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { Units } from '#cut';
import { type FilePieces, unitsOfBuffer } from './file-pieces.ts';
import { isGzip, type Unpacked, unpacked } from './unpack.ts';

/** The bytes of a file, decompressed; or why there are none. `damage` says that the rest of the file could not be read. */
export type Content = Unpacked | { refused: string };

/** More than so many bytes cannot be held in memory at once. */
const MOST_BYTES = 2 ** 31 - 1;
const TOO_LONG = 'it is larger than 2 GB, and cannot be read in pieces';

/** Reads a file or, for `-`, standard input, decompressed where its first bytes say that it is compressed (gzip). `tooLong` says why more than `most` bytes are none. */
export async function contentOf(path: string, most: number, tooLong: string): Promise<Content> {
  const stream: Readable = path === '-' ? process.stdin : createReadStream(path);
  try {
    const bytes = await collected(stream, most);
    if (bytes === undefined) return { refused: tooLong };
    if (!isGzip(bytes)) return { bytes };
    const content = await unpacked(bytes, most);
    return content.bytes.length === 0 && content.damage !== undefined ? { refused: content.damage } : content;
  } catch (error) {
    return { refused: reasonOf(error) };
  }
}

/** All bytes, or nothing when there are too many. */
async function collected(stream: Readable, most: number): Promise<Uint8Array | undefined> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of stream) {
    const bytes: Buffer = piece;
    length += bytes.length;
    if (length > most) {
      stream.destroy();
      return undefined;
    }
    pieces.push(bytes);
  }
  return Buffer.concat(pieces);
}

/** The units of a file, which are looked at piece by piece where it is no compressed one; else `content` holds them. Or why there are none. */
export type OpenedUnits = { units: Units; content?: Uint8Array<ArrayBuffer>; damage?: string } | { refused: string };

/** Opens a file or, for `-`, standard input, to be indexed. Its length does not matter, unless it is compressed or comes through a pipe. */
export async function openUnits(path: string, pieces: FilePieces): Promise<OpenedUnits> {
  try {
    if (path !== '-' && (await isPlainFile(path))) return { units: pieces.units(path) };
  } catch (error) {
    return { refused: reasonOf(error) };
  }
  const content = await contentOf(path, MOST_BYTES, TOO_LONG);
  if ('refused' in content) return content;
  const { bytes, damage } = content;
  // Small contents may share their memory with others.
  const own = bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength;
  const held = own ? new Uint8Array(bytes.buffer) : new Uint8Array(bytes);
  return { units: unitsOfBuffer(held), content: held, ...(damage === undefined ? {} : { damage }) };
}

/** An ordinary file whose first bytes are not those of compressed data. */
export async function isPlainFile(path: string): Promise<boolean> {
  if (!(await stat(path)).isFile()) return false;
  const file = await open(path);
  try {
    const first = new Uint8Array(3);
    await file.read(first, 0, 3, 0);
    return !isGzip(first);
  } finally {
    await file.close();
  }
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
  return REASONS[code] ?? (error instanceof Error ? error.message : String(error));
}
