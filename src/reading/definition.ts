import type { LogicalText } from './logical.ts';
import type { Mention } from './mentions.ts';

/** A place where a message itself says what a term means, in words of the mail. Offsets in the logical text of `where`. */
export interface Definition {
  where: LogicalText;
  start: number;
  end: number;
}

/** How the text goes on when it explains the term before it: `PAMT), essentially serves as the ...`, `X is a ...`. */
const EXPLAINS =
  /^["')\]]{0,3},?\s(?:[a-z]+ly\s)?(?:is\s(?:a|an|the|another|basically)\s|are\s(?:a|an|the)\s|serves?\sas\s|stands\sfor\s|means\s|acts\sas\s|refers\sto\s)/;

/**
 * The first place that defines a concept: its expansion with the acronym in brackets (`Physical Address Metadata Table (PAMT)`), or an
 * explaining verb right behind it. `expansion` is what the note gives.
 */
export function definitionOf(mentions: readonly Mention[], expansion: string | undefined): Definition | undefined {
  for (const { where, match } of mentions) {
    const behind = where.text.slice(match.end, match.end + 80);
    const bracketed = expansion !== undefined && sameWords(match.text, expansion) && /^["']?\s\(/.test(behind);
    if (bracketed || EXPLAINS.test(behind)) return { where, ...sentenceAround(where.text, match.start) };
  }
  return undefined;
}

function sameWords(a: string, b: string): boolean {
  const plain = (text: string): string => text.toLowerCase().replace(/[\s-]+/g, ' ');
  return plain(a) === plain(b);
}

/** The sentence that holds `at`, at most 400 units to each side. */
function sentenceAround(text: string, at: number): { start: number; end: number } {
  const before = text.slice(Math.max(0, at - 400), at);
  let start = at - before.length;
  for (const stop of before.matchAll(/[.?!]\s+(?=["'(A-Z])/g)) start = at - before.length + stop.index + stop[0].length;
  const stop = /[.?!](?=\s+["'(A-Z]|\s*$)/.exec(text.slice(at, at + 400));
  return { start, end: stop ? at + stop.index + 1 : Math.min(text.length, at + 400) };
}
