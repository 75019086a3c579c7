/** Most names have two to four words. */
const MOST_WORDS = 10;
const MOST_UNITS = 120;

/**
 * The name as a reader says it: `"Example, Ada"` without its quotes. Nothing when it is no name, but a sentence, or empty.
 */
export function authorName(said: string): string | undefined {
  const name = said
    .replace(/^["'`\u201c\u201e\u00ab*_\s]{1,4}|["'`\u201d\u201c\u00bb*_,\s]{1,4}$/g, '')
    .trim()
    .replace(/\s{2,}/g, ' ');
  if (name === '' || name.length > MOST_UNITS || !/[\p{L}\p{N}]/u.test(name)) return undefined;
  if (/[?!{}<>=]|;(?!\s?$)|:\s|\p{Ll}{3}\.\s\p{Lu}/u.test(name.replace(/&[a-z]{2,5};/g, ''))) return undefined;
  return name.split(' ').length <= MOST_WORDS ? name : undefined;
}

/** Words that stand inside a name in lower case. */
const PARTICLES =
  /^(?:van|von|der|den|de|del|della|di|da|dos|das|du|la|le|el|al|bin|bint|ibn|ben|ten|ter|te|zu|zur|zum|af|av|y|e|i|via|from|at|for|of|the|and|\(.*\)|[\p{L}\p{N}._+-]+@\S+)$/u;

/** Words that begin a sentence, and no name. */
const SENTENCE =
  /^(?:The|This|That|These|Those|He|She|They|It|We|Somebody|Someone|Nobody|What|Who|Which|Where|When|While|Because|If|But|So|Then|There|Here|My|Your|His|Her|Our|Their|An?|Also|Not|To|For|Since|As|And|Or|In|On|At)$/;

/**
 * Whether a text is likely a name. A full date or an address beside it are half of the proof: then three words in lower case may stand in it
 * (`Test user`, `ada`). Without them each word must look like one of a name.
 */
export function isPlausible(name: string, { full, address }: { full: boolean; address: boolean }): boolean {
  const words = name.split(' ');
  const lower = words.filter((word) => /^\p{Ll}/u.test(word) && !PARTICLES.test(word)).length;
  if (address) return lower <= 4;
  if (full) return lower === 0 || (lower <= 1 && words.length <= 2);
  if (SENTENCE.test(words[0] ?? '') && words.length > 1) return false;
  if (words.length === 1) return !SENTENCE.test(name);
  return lower === 0 && words.length <= 6;
}

/** Takes addresses out of a line; the first one is kept. `gap` is put in their place. */
export function withoutAddresses(text: string, gap: string): { rest: string; address?: string } {
  let address: string | undefined;
  const keep = (found: string): string => {
    address ??= /[^\s<>()[\]":;,]{1,120}@[^\s<>()[\]":;,]{1,120}/.exec(found)?.[0];
    return gap;
  };
  const plain = text.replace(/&lt;/g, '<').replace(/&gt;/g, '>');
  let rest = '';
  let at = 0;
  for (let open = plain.indexOf('<'); open !== -1; open = plain.indexOf('<', at)) {
    const close = closing(plain, open);
    rest += plain.slice(at, open) + keep(plain.slice(open, close));
    at = close;
  }
  rest += plain.slice(at);
  rest = rest.replace(
    /[[(](?:mailto:)?\s{0,2}[^\s()[\]]{1,120}@[^\s()[\]]{1,120}\s{0,2}[\])]|mailto:\S{1,200}/gi,
    keep,
  );
  rest = rest.replace(/[^\s<>()[\]":;,]{1,120}@[^\s<>()[\]":;,]{1,120}/g, keep);
  return address === undefined ? { rest } : { rest, address };
}

/** Behind the bracket that closes the one at `open`, brackets in it included; the end of the text when none does. */
function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === '<') depth++;
    else if (text[at] === '>' && --depth === 0) return at + 1;
  }
  return text.length;
}
