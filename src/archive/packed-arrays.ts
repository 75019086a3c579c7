/** The arrays that can be packed. */
export type PackedArray = Float64Array | Int32Array | Uint32Array | Uint8Array;

/** Named arrays and what is said about them, as they are kept. */
export interface ArrayPack {
  about: unknown;
  arrays: ReadonlyMap<string, PackedArray>;
}

/** Read as numbers of the machine, so that a file of another kind of machine has another mark. */
const MARK = 0x70674958;
/** Raised whenever what stands in a pack, or what the fast pass finds, changes. */
const VERSION = 1;
/** Mark, version, checksum, and the length of the table of contents. */
const HEAD = 16;

const KINDS = { f64: Float64Array, i32: Int32Array, u32: Uint32Array, u8: Uint8Array } as const;
type Kind = keyof typeof KINDS;

interface Contents {
  about: unknown;
  sections: { name: string; kind: Kind; length: number }[];
}

/** One buffer that holds all of it: it can be handed to another thread, or be written to a file, as it is. */
export function packArrays({ about, arrays }: ArrayPack): Uint8Array<ArrayBuffer> {
  const sections = [...arrays].map(([name, array]) => ({ name, kind: kindOf(array), length: array.length }));
  const contents = new TextEncoder().encode(JSON.stringify({ about, sections } satisfies Contents));
  let at = aligned(HEAD + contents.length);
  const begin = at;
  for (const array of arrays.values()) at = aligned(at + array.byteLength);
  const bytes = new Uint8Array(at);
  bytes.set(contents, HEAD);
  at = begin;
  for (const array of arrays.values()) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at = aligned(at + array.byteLength);
  }
  const head = new Uint32Array(bytes.buffer, 0, HEAD / 4);
  head.set([MARK, VERSION, 0, contents.length]);
  head[2] = checksum(bytes);
  return bytes;
}

/** What `packArrays` packed, as views of the same memory where that is possible. Absent where the bytes are anything else, or were damaged. */
export function openArrays(given: Uint8Array): ArrayPack | undefined {
  // Views begin at multiples of eight.
  const bytes = given.byteOffset % 8 === 0 ? given : new Uint8Array(given);
  if (bytes.length < HEAD || bytes.length % 8 !== 0) return undefined;
  const [mark, version, sum, length = 0] = new Uint32Array(bytes.buffer, bytes.byteOffset, 4);
  if (mark !== MARK || version !== VERSION || HEAD + length > bytes.length || sum !== checksum(bytes)) return undefined;
  const contents = contentsOf(bytes.subarray(HEAD, HEAD + length));
  if (!contents) return undefined;
  const arrays = new Map<string, PackedArray>();
  let at = aligned(HEAD + length);
  for (const section of contents.sections) {
    const size = section.length * KINDS[section.kind].BYTES_PER_ELEMENT;
    if (at + size > bytes.length) return undefined;
    arrays.set(section.name, viewOf(section.kind, bytes, at, section.length));
    at = aligned(at + size);
  }
  return at === bytes.length ? { about: contents.about, arrays } : undefined;
}

function viewOf(kind: Kind, { buffer, byteOffset }: Uint8Array, at: number, length: number): PackedArray {
  const start = byteOffset + at;
  if (kind === 'f64') return new Float64Array(buffer, start, length);
  if (kind === 'i32') return new Int32Array(buffer, start, length);
  return kind === 'u32' ? new Uint32Array(buffer, start, length) : new Uint8Array(buffer, start, length);
}

function kindOf(array: PackedArray): Kind {
  if (array instanceof Float64Array) return 'f64';
  if (array instanceof Int32Array) return 'i32';
  return array instanceof Uint32Array ? 'u32' : 'u8';
}

/** The sum was right, so this is what we wrote; another program may have written it all the same. */
function contentsOf(bytes: Uint8Array): Contents | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isContents(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isContents(value: unknown): value is Contents {
  if (typeof value !== 'object' || value === null || !('sections' in value) || !Array.isArray(value.sections))
    return false;
  return value.sections.every(
    (one: unknown) =>
      typeof one === 'object' &&
      one !== null &&
      'name' in one &&
      typeof one.name === 'string' &&
      'kind' in one &&
      typeof one.kind === 'string' &&
      Object.hasOwn(KINDS, one.kind) &&
      'length' in one &&
      Number.isSafeInteger(one.length) &&
      Number(one.length) >= 0,
  );
}

function aligned(length: number): number {
  return Math.ceil(length / 8) * 8;
}

/** Of everything but the sum itself. */
function checksum(bytes: Uint8Array): number {
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
  let sum = 0x811c9dc5;
  for (let at = 0; at < words.length; at++) {
    if (at === 2) continue;
    sum = Math.imul(sum ^ (words[at] ?? 0), 0x01000193);
    sum ^= sum >>> 15;
  }
  return sum >>> 0;
}
