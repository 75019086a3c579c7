/** One spelling of a term, taken apart once: `Cc: stable`, `guard(mutex)`, `RET_PF_*`, `TD Memory Region`. */
import { isWordCode } from './words.ts';

export interface SpelledWord {
  /** As the note writes it. */
  readonly text: string;
  readonly lower: string;
  /** Capitals do not count: `page`, and `Memory` within a phrase; never `PAMT` or `get_page`. */
  readonly anyCase: boolean;
}

/** What stands between two words: `soft` is white space, or one hyphen, which may end a line between small words; else exactly this. */
export type Gap = 'soft' | '-' | { readonly exactly: string };

export interface Spelling {
  readonly concept: string;
  /** As the note writes it. */
  readonly written: string;
  readonly words: readonly SpelledWord[];
  /** `gaps[i]` stands before `words[i + 1]`. */
  readonly gaps: readonly Gap[];
  /** Required punctuation right before and after: `#` of `#PF`, `:` of `Fixes:`. */
  readonly lead: string;
  readonly trail: string;
  /** `RET_PF_*` names whatever begins with `RET_PF_`; `TDH.MEM.*` whatever dotted name begins with `TDH.MEM.`. */
  readonly family?: 'prefix' | 'dotted';
  /** May the last word have an `s` or `es`? */
  readonly plural: boolean;
}

/** Stands for any number, as the last word: `RFC #`. */
export const anyNumber: SpelledWord = { text: '#', lower: '#', anyCase: true };

/** Undefined for a spelling without a word, and for a star that stands neither after `_` nor after `.`. */
export function spelling(term: string, concept: string): Spelling | undefined {
  const trimmed = term.trim();
  const family = trimmed.endsWith('_*') ? 'prefix' : trimmed.endsWith('.*') ? 'dotted' : undefined;
  if (family === undefined && trimmed.includes('*')) return undefined;
  const numbered = / #$/.test(trimmed);
  const body = trimmed.slice(0, family === 'prefix' ? -1 : family === 'dotted' || numbered ? -2 : undefined);
  const pieces = cutWords(body);
  const last = pieces.words.at(-1);
  if (last === undefined) return undefined;
  const words = pieces.words.map((text) => spelledWord(text, pieces.words.length));
  return {
    concept,
    written: trimmed,
    words: numbered ? [...words, anyNumber] : words,
    gaps: [...pieces.gaps.map((gap) => gapKind(gap, body)), ...(numbered ? ['soft' as const] : [])],
    lead: pieces.lead,
    trail: pieces.trail,
    ...(family && { family }),
    plural: family === undefined && !numbered && pieces.trail === '' && last.length > 1 && !/[_\d]/.test(last),
  };
}

function cutWords(body: string): { words: string[]; gaps: string[]; lead: string; trail: string } {
  const words: string[] = [];
  const between: string[] = [];
  let at = 0;
  let gapStart = 0;
  while (at < body.length) {
    const start = at;
    while (at < body.length && isWordCode(body.charCodeAt(at))) at += 1;
    if (at === start) {
      at += 1;
      continue;
    }
    between.push(body.slice(gapStart, start));
    words.push(body.slice(start, at));
    gapStart = at;
  }
  return { words, lead: between[0] ?? '', gaps: between.slice(1), trail: body.slice(gapStart) };
}

function spelledWord(text: string, wordsInAll: number): SpelledWord {
  const anyCase = /^\p{Ll}+$/u.test(text) || (wordsInAll > 1 && /^\p{Lu}\p{Ll}+$/u.test(text));
  return { text, lower: text.toLowerCase(), anyCase };
}

/** A trailer or a header keeps its hyphens: "reviewed by" is prose, `Reviewed-by` is a trailer. */
function gapKind(gap: string, body: string): Gap {
  if (gap === '-') return /^\p{Lu}\p{Ll}+-/u.test(body) ? '-' : 'soft';
  if (gap.trim() === '') return 'soft';
  return { exactly: gap.replace(/\s+/g, ' ') };
}
