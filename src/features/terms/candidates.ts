import { type MailNode, type MailParent, type Span, walk } from '#mailast';
import type { Page } from '../reading.ts';
import { shorthand } from './shorthand.ts';

/** A word that looks like a term. Offsets of the readable text. */
export interface Candidate extends Span {
  text: string;
  kind: 'acronym' | 'identifier';
  quoted: boolean;
}

const words = /[A-Za-z_][A-Za-z0-9_]*(?:\(\))?/g;
const acronym = /^[A-Z]{2,8}s?$/;
const identifier = /^(?=.*[a-z])_{0,2}[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+(?:\(\))?$|^[a-z_][A-Za-z0-9_]{2,}\(\)$/;
const smallWord = /^[a-z]{2,8}$/;
const longest = 64;

/**
 * Words of the prose of a message that look like terms: two to eight capitals, a name with underscores, a function with its brackets. Code and
 * diffs are not looked at, nor are links, addresses, paths and hashes. Short words in small letters are added to `small`: capitals that stand there
 * too are a word that somebody shouts.
 */
export function candidatesOf(page: Page, small: Set<string>): Candidate[] {
  const found: Candidate[] = [];
  walk(page.message.tree, (node, parents) => {
    if (isCode(node)) return 'skip';
    if (node.type === 'text') {
      const quoted = isQuoted(page, parents);
      for (const word of candidatesIn(node.value, node.position.start.offset, small)) found.push({ ...word, quoted });
    }
    return undefined;
  });
  return found;
}

function isCode({ type }: MailNode): boolean {
  return ['header', 'furniture', 'attribution', 'trailers', 'signature', 'diffstat', 'diff', 'listing'].includes(type);
}

function isQuoted(page: Page, parents: readonly MailParent[]): boolean {
  return parents.some(
    (parent) => parent.type === 'quote' || (parent.type === 'paragraph' && page.voices.tails.has(parent)),
  );
}

function candidatesIn(text: string, base: number, small: Set<string>): Omit<Candidate, 'quoted'>[] {
  const found: Omit<Candidate, 'quoted'>[] = [];
  for (const { 0: word, index } of text.matchAll(words)) {
    if (smallWord.test(word)) small.add(word);
    const kind = kindOfWord(word);
    const end = index + word.length;
    if (kind === undefined || isPartOfName(text, index, end)) continue;
    found.push({ text: word, kind, start: base + index, end: base + end });
  }
  return found;
}

function kindOfWord(word: string): Candidate['kind'] | undefined {
  if (word.length > longest) return undefined;
  if (acronym.test(word)) return shorthand.has(word) ? undefined : 'acronym';
  return identifier.test(word) ? 'identifier' : undefined;
}

/** Part of a path, an address, an option or a file name: `arch/X86`, `ada@EXAMPLE`, `--no_merge`, `foo_bar.c`. */
function isPartOfName(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 1), start);
  const behind = text.slice(end, end + 2);
  return /[-/.@#$%&=\w<:>]/.test(before) || /^[/@=]|^[.:-]\w/.test(behind);
}
