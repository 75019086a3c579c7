/** What a line says about a commit: its hash, the title behind it, and how much of the line that is. */
export interface CommitWords {
  hash: string;
  title?: string;
  /** Units of the line from the hash on: the hash, and what of the title stands on this line. */
  length: number;
}

/** No title is longer. */
const MOST_TITLE = 300;
/** A title is broken over so many line ends at most. */
export const MOST_LINES_BELOW = 2;

/**
 * A hash of seven signs or more at `at`. A title behind it, or a word that says what it is, makes it one; a bare one needs twelve signs with a digit and a letter
 * among them, and no other meaning: numbers in hexadecimal, addresses of the kernel and parts of ids look the same.
 *
 *     0123456789ab ("tea: warm the pot")       0123456789ab (tea: warm the pot, 2023-07-03)
 *     commit 0123456 is cold                   0123456789ab ("tea: warm
 *                                              the pot")
 */
export function commitAt(line: string, at: number, hash: string, below: () => string): CommitWords | undefined {
  const before = line.slice(Math.max(0, at - 24), at);
  const behind = line.slice(at + hash.length, at + hash.length + MOST_TITLE);
  if (isPartOfWord(before, behind)) return undefined;
  const title = titleBehind(behind, below);
  if (title) return { hash, title: title.text, length: hash.length + title.length };
  if (isNamed(before) && /\d/.test(hash)) return { hash, length: hash.length };
  return isBareHash(hash) ? { hash, length: hash.length } : undefined;
}

/** `a-0123456789ab`, `x@0123456789ab`, `#012345`: `..` parts two hashes. */
function isPartOfWord(before: string, behind: string): boolean {
  if (/(?:[-/@#=_+\\$%&]|(?<!\.)\.)$/.test(before) && !/[(\s]-$/.test(before)) return true;
  return /^(?:[@/_+=\\]|-[0-9a-z]|\.[^\s.])/i.test(behind);
}

/** Words that say that a hash stands behind them. */
const NAMED =
  /\b(?:commits?|commit-id|revision|rev|sha-?1|upstream|reverts?|reverted|bisected to|fixes:?|cherry[- ]pick(?:ed)?(?: from)?)[:\s]\s?["'(]?$/i;

function isNamed(before: string): boolean {
  return NAMED.test(before);
}

function isBareHash(hash: string): boolean {
  const length = hash.length;
  // Sixteen are an address or a register more often than a hash; whole ones have forty.
  if (!(length >= 12 && length <= 15) && length !== 40) return false;
  return /[a-f]/.test(hash) && /\d/.test(hash) && !/^(?:ffff|0000)/.test(hash);
}

function titleBehind(behind: string, below: () => string): { text: string; length: number } | undefined {
  const opening = /^[ \t]{0,4}\(["\u201c]/.exec(behind)?.[0];
  if (opening !== undefined) return quotedTitle(behind, opening, below);
  const dated = /^ \(([^()]{3,250}), \d{4}-\d\d-\d\d\)/.exec(behind);
  if (dated?.[1] !== undefined) return { text: dated[1], length: dated[0].length };
  // The title begins on the next line.
  if (behind.trim() !== '') return undefined;
  const next = below().trimStart();
  return /^\(["\u201c]/.test(next) ? quotedTitle(` ${next}`, ` ${next.slice(0, 2)}`, () => '', 0) : undefined;
}

/** A title in quotes; it may hold quotes of its own, and go on below. */
function quotedTitle(
  behind: string,
  opening: string,
  below: () => string,
  length?: number,
): { text: string; length: number } | undefined {
  const here = behind.slice(opening.length);
  const end = /["\u201d]\)/.exec(here);
  if (end) return { text: here.slice(0, end.index), length: length ?? opening.length + end.index + 2 };
  const whole = `${here.trimEnd()} ${below()}`.slice(0, MOST_TITLE);
  const close = /["\u201d]\)/.exec(whole);
  return close ? { text: whole.slice(0, close.index), length: length ?? behind.trimEnd().length } : undefined;
}
