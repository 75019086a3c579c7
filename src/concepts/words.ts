/** Words of a text, as identifiers are words: `tdmr_pamt_base` is one, `UPM[*]` has one, `S-EPT` has two. */

/** Longer runs of identifier characters are data, not words. */
const longestWord = 128;

const letter = 1;
const digit = 2;
/** What an address or a path is made of beside words. */
const joint = 4;
const charClass = new Uint8Array(128);
for (let code = 0; code < 128; code += 1) {
  if ((code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95) charClass[code] = letter;
  if (code >= 48 && code <= 57) charClass[code] = digit;
  if ('.-+~%=@/'.includes(String.fromCharCode(code))) charClass[code] = joint;
}

/** Letters, digits and `_`; beyond ASCII everything but spaces and general punctuation. */
export function isWordCode(code: number): boolean {
  if (code < 128) return ((charClass[code] ?? 0) & (letter | digit)) !== 0;
  if (code === 0xa0 || code === 0xad || code === 0x3000 || code === 0xfeff) return false;
  return code < 0x2000 || code > 0x206f;
}

export function isSpaceCode(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0xa0;
}

/** The next step of a word's hash: case does not count, and all letters beyond ASCII count the same. */
function hashStep(hash: number, code: number): number {
  const folded = code >= 65 && code <= 90 ? code + 32 : code < 128 ? code : 1;
  return (Math.imul(hash, 31) + folded) | 0;
}

/** A set of word hashes that never says no to a member; it spares cutting most words out of the text. */
export class WordFilter {
  private readonly bits = new Uint8Array(8192);

  add(word: string): void {
    let hash = 0;
    for (let at = 0; at < word.length; at += 1) hash = hashStep(hash, word.charCodeAt(at));
    const slot = (hash ^ (hash >>> 16)) & 0xffff;
    this.bits[slot >> 3] = (this.bits[slot >> 3] ?? 0) | (1 << (slot & 7));
  }

  mayHave(hash: number): boolean {
    const slot = (hash ^ (hash >>> 16)) & 0xffff;
    return ((this.bits[slot >> 3] ?? 0) & (1 << (slot & 7))) !== 0;
  }
}

export interface WordTable {
  /** Offsets of the words, end exclusive. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** Indexes of the words that may begin a term. */
  readonly candidates: readonly number[];
}

/**
 * The words of `text` outside addresses, URLs and paths, in one pass.
 * `first` holds the first words of all terms, and the part up to `_` of families such as `RET_PF_*`.
 */
export function wordTable(text: string, first: WordFilter): WordTable {
  const table = { starts: [] as number[], ends: [] as number[], candidates: [] as number[] };
  let at = 0;
  while (at < text.length) {
    if (endsChunk(text.charCodeAt(at))) {
      at += 1;
      continue;
    }
    const chunk = chunkAt(text, at);
    if (!chunk.suspect) readWords(text, at, chunk.end, first, table);
    else {
      let from = at;
      for (const [start, end] of opaqueRuns(text, at, chunk.end)) {
        readWords(text, from, start, first, table);
        from = Math.max(from, end);
      }
      readWords(text, from, chunk.end, first, table);
    }
    at = chunk.end;
  }
  return table;
}

interface GrowingTable {
  starts: number[];
  ends: number[];
  candidates: number[];
}

function readWords(text: string, from: number, to: number, first: WordFilter, table: GrowingTable): void {
  let at = from;
  while (at < to) {
    if (!isWordCode(text.charCodeAt(at))) {
      at += 1;
      continue;
    }
    const start = at;
    // The hash of the whole word, and of the word without its last one and two letters: plurals.
    let [hash, less1, less2] = [0, 0, 0];
    let candidate = false;
    for (; at < to; at += 1) {
      const code = text.charCodeAt(at);
      if (!isWordCode(code)) break;
      [less2, less1] = [less1, hash];
      hash = hashStep(hash, code);
      if (code === 95 && !candidate) candidate = first.mayHave(hash);
    }
    if (at - start > longestWord) candidate = false;
    else candidate ||= first.mayHave(hash) || first.mayHave(less1) || first.mayHave(less2);
    if (candidate) table.candidates.push(table.starts.length);
    table.starts.push(start);
    table.ends.push(at);
  }
}

/** `<`, `>` and `"` stand around addresses and are no part of them. */
function endsChunk(code: number): boolean {
  return isSpaceCode(code) || code === 60 || code === 62 || code === 34;
}

function chunkAt(text: string, from: number): { end: number; suspect: boolean } {
  let suspect = false;
  let end = from;
  for (; end < text.length; end += 1) {
    const code = text.charCodeAt(end);
    if (endsChunk(code)) break;
    if (code === 64 || code === 47) suspect = true;
  }
  return { end, suspect };
}

/** Runs of a chunk in which words mean nothing: `user@host`, `https://...`, `mm/gup.c`. */
function opaqueRuns(text: string, from: number, to: number): [number, number][] {
  const runs: [number, number][] = [];
  let at = from;
  while (at < to) {
    const start = at;
    while (at < to && isAddressCode(text.charCodeAt(at))) at += 1;
    if (at === start) {
      at += 1;
      continue;
    }
    if (text.startsWith('://', at)) {
      runs.push([start, to]);
      return runs;
    }
    if (isOpaque(text, start, at)) runs.push([start, at]);
  }
  return runs;
}

function isAddressCode(code: number): boolean {
  return code < 128 ? charClass[code] !== 0 : isWordCode(code);
}

/**
 * A mail address has an `@` between words. A path has a slash and a dot before a letter (`mm/gup.c`, a host name and
 * its path), or two slashes and no capital (`arch/x86/kvm`), or starts at the root. `SEV/SEV-ES` and `x86/tip` are words.
 */
function isOpaque(text: string, start: number, end: number): boolean {
  let [slashes, capitals, dotted] = [0, 0, false];
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    const inside = at > start && at + 1 < end;
    if (code === 64 && inside && isWordCode(text.charCodeAt(at + 1))) return true;
    if (code === 47) slashes += 1;
    if (code >= 65 && code <= 90) capitals += 1;
    if (code === 46 && inside && isLetter(text.charCodeAt(at + 1)) && isWordCode(text.charCodeAt(at - 1)))
      dotted = true;
  }
  if (slashes === 0) return false;
  if (dotted) return true;
  return slashes > 1 && (capitals === 0 || text.charCodeAt(start) === 47);
}

function isLetter(code: number): boolean {
  return code >= 128 ? isWordCode(code) : charClass[code] === letter;
}

/**
 * The lower-case words of a text for {@link import('./concept.ts').Surroundings}: identifiers whole and in their parts
 * (`tdx_enable`, `tdx`, `enable`), so that code speaks for its subsystem.
 */
export function wordsOf(text: string, into: Set<string> = new Set()): Set<string> {
  let at = 0;
  while (at < text.length) {
    const start = at;
    while (at < text.length && isWordCode(text.charCodeAt(at))) at += 1;
    if (at === start) at += 1;
    else if (at - start <= longestWord) {
      const word = text.slice(start, at).toLowerCase();
      into.add(word);
      if (word.includes('_')) for (const part of word.split('_')) if (part !== '') into.add(part);
    }
  }
  return into;
}
