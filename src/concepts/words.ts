/** Words of a text, as identifiers are words: `tdmr_pamt_base` is one, `UPM[*]` has one, `S-EPT` has two. */

/** Longer runs of identifier characters are data, not words. */
export const longestWord = 128;

/** What a character can be; several at once. */
export const letter = 1;
export const digit = 2;
export const wordBits = letter | digit;
/** What an address or a path is made of beside words: `. + ~ % = - @ /`. */
export const joint = 4;
/** White space, and `<`, `>` and `"`, which stand around addresses and are no part of them. */
export const chunkEnd = 8;
/** `@` and `/`: what is around them may be an address or a path. */
export const suspect = 16;

/**
 * For each UTF-16 unit its class in the low byte and its letter for {@link hashStep} in the high one: small, and the
 * same for all beyond ASCII. One table, because reading it is most of what looking for terms costs.
 */
export const characters = new Uint16Array(65536).fill(letter | (1 << 8));
for (let code = 0; code < 128; code += 1) characters[code] = describeAscii(code);
// General punctuation, soft hyphen, ideographic space and byte order mark are no letters.
characters.fill(0, 0x2000, 0x2070);
for (const code of [0xad, 0x3000, 0xfeff]) characters[code] = 0;
characters[0xa0] = chunkEnd;

function describeAscii(code: number): number {
  const char = String.fromCharCode(code);
  const small = char.toLowerCase().charCodeAt(0) << 8;
  if (/[A-Za-z_]/.test(char)) return letter | small;
  if (/[0-9]/.test(char)) return digit | small;
  if (/[\s<>"]/.test(char)) return chunkEnd;
  if (/[@/]/.test(char)) return joint | suspect;
  return /[.+~%=-]/.test(char) ? joint : 0;
}

export function classOf(code: number): number {
  // Beyond the end of a text `charCodeAt` gives NaN, which is no index and no word.
  return (characters[code] ?? 0) & 0xff;
}

/** Letters, digits and `_`; beyond ASCII everything but spaces and general punctuation. */
export function isWordCode(code: number): boolean {
  return (classOf(code) & wordBits) !== 0;
}

export function isSpaceCode(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0xa0;
}

/** The next step of a word's hash; `character` is an entry of the table. */
export function hashStep(hash: number, character: number): number {
  return (Math.imul(hash, 31) + (character >> 8)) | 0;
}

/** A set of words by their hashes. It never says no to a member, and spares cutting most words out of the text. */
export class WordFilter {
  private readonly slots = new Uint8Array(65536);

  add(word: string): void {
    let hash = 0;
    for (let at = 0; at < word.length; at += 1) hash = hashStep(hash, characters[word.charCodeAt(at)] ?? 0);
    this.slots[(hash ^ (hash >>> 16)) & 0xffff] = 1;
  }

  mayHave(hash: number): boolean {
    return this.slots[(hash ^ (hash >>> 16)) & 0xffff] === 1;
  }
}

/**
 * The lower-case words of a text for {@link import('./concept.ts').Surroundings}: identifiers whole and in their parts
 * (`tdx_enable`, `tdx`, `enable`), so that code speaks for its subsystem.
 */
export function wordsOf(text: string, into: Set<string> = new Set()): Set<string> {
  let at = 0;
  while (at < text.length) {
    const start = at;
    while (isWordCode(text.charCodeAt(at))) at += 1;
    if (at === start) at += 1;
    else if (at - start <= longestWord) {
      const word = text.slice(start, at).toLowerCase();
      into.add(word);
      if (word.includes('_')) for (const part of word.split('_')) if (part !== '') into.add(part);
    }
  }
  return into;
}
