/** The search for the longest spelling that begins at one word of a text. */
import { Addresses } from './addresses.ts';
import { anyNumber, type Gap, type SpelledWord, type Spelling } from './spelling.ts';
import { isSpaceCode, isWordCode, longestWord } from './words.ts';

/** Spellings by their words, lower case; one level a word. */
export interface Branch {
  next: Map<string, Branch>;
  ends: Spelling[];
  /** `RET_PF_*` by `ret_pf_`. */
  families: Map<string, Spelling[]>;
}

export interface Found {
  start: number;
  end: number;
  concepts: string[];
  /** The family that was met, where no note has the very spelling. */
  family?: string;
}

/** How a spelling was met; the first that fits best wins among those that end at one place. */
const asSpelled = 0;
const inPlural = 1;
const ofFamily = 2;
type Rank = typeof asSpelled | typeof inPlural | typeof ofFamily;

/** No spelling has more than this between two words; the bound keeps long runs of punctuation cheap. */
const longestGap = 16;

const hyphens = '-\u2010\u2011';

/** One for a text; asked word by word, from left to right. */
export class Search {
  private readonly text: string;
  private readonly root: Branch;
  private readonly addresses: Addresses;
  /** The words from the one that was asked for, as far as they were needed. */
  private starts: number[] = [];
  private ends: number[] = [];
  /** `names` are the words of a family that the name begins with. */
  private best: (Found & { rank: Rank; names: number }) | undefined;

  constructor(text: string, root: Branch) {
    this.text = text;
    this.root = root;
    this.addresses = new Addresses(text);
  }

  /** The longest spelling whose first word stands here; all concepts that have it. */
  at(start: number, end: number): Found | undefined {
    this.starts = [start];
    this.ends = [end];
    this.best = undefined;
    let node: Branch | undefined = this.root;
    for (let index = 0; node !== undefined; index += 1) {
      if (index > 0 && (node.next.size + node.families.size === 0 || !this.readNext())) break;
      const word = this.word(index).toLowerCase();
      const next: Branch | undefined =
        node.next.get(word) ?? (isNumber(word) ? node.next.get(anyNumber.lower) : undefined);
      this.consider(next?.ends, index, asSpelled);
      if (word.endsWith('s')) this.consider(node.next.get(word.slice(0, -1))?.ends, index, inPlural);
      if (word.endsWith('es')) this.consider(node.next.get(word.slice(0, -2))?.ends, index, inPlural);
      if (node.families.size > 0) this.considerFamilies(node.families, word, index);
      node = next;
    }
    return this.best;
  }

  private word(index: number): string {
    return this.text.slice(this.starts[index], this.ends[index]);
  }

  /** Takes up the next word of the text, unless it is endless or too much stands before it. */
  private readNext(): boolean {
    const { text } = this;
    const from = this.ends.at(-1) ?? 0;
    let at = from;
    let signs = 0;
    for (; at < text.length && !isWordCode(text.charCodeAt(at)); at += 1) {
      if (!isSpaceCode(text.charCodeAt(at))) signs += 1;
      if (signs > longestGap) return false;
    }
    if (at === text.length) return false;
    this.starts.push(at);
    while (isWordCode(text.charCodeAt(at))) at += 1;
    this.ends.push(at);
    return at - (this.starts.at(-1) ?? 0) <= longestWord;
  }

  private considerFamilies(families: Branch['families'], word: string, index: number): void {
    for (let at = word.lastIndexOf('_'); at >= 0; at = at === 0 ? -1 : word.lastIndexOf('_', at - 1)) {
      const members = families.get(word.slice(0, at + 1));
      if (members === undefined) continue;
      // The longest prefix speaks for the word.
      this.consider(members, index, ofFamily);
      return;
    }
  }

  private consider(spellings: readonly Spelling[] | undefined, last: number, rank: Rank): void {
    for (const spelled of spellings ?? []) {
      if ((rank === inPlural && !spelled.plural) || !this.fits(spelled, last, rank)) continue;
      const start = (this.starts[0] ?? 0) - spelled.lead.length;
      const end = this.endOf(spelled, last);
      if (end === undefined || this.isGluedByDot(start, end)) continue;
      if (this.addresses.hold(this.starts[0] ?? 0) || this.addresses.hold(this.starts[last] ?? 0)) continue;
      this.keep(start, end, spelled.family === 'dotted' ? ofFamily : rank, spelled);
    }
  }

  private keep(start: number, end: number, rank: Rank, { concept, written, words }: Spelling): void {
    const best = this.best;
    // `TDH.MEM.*` says more of a name than `TDH.*`.
    const names = rank === ofFamily ? words.length : 0;
    const isBetter =
      best === undefined ||
      end > best.end ||
      (end === best.end && (rank < best.rank || (rank === best.rank && names > best.names)));
    if (isBetter) {
      // The star itself is no member: it names the family.
      const family = rank === ofFamily && this.text.charAt(end - 1) !== '*' ? { family: written } : {};
      this.best = { start, end, rank, names, concepts: [concept], ...family };
    } else if (end === best.end && rank === best.rank && names === best.names) {
      best.start = Math.min(best.start, start);
      if (!best.concepts.includes(concept)) best.concepts.push(concept);
    }
  }

  private fits(spelled: Spelling, last: number, rank: Rank): boolean {
    for (const [index, word] of spelled.words.entries()) {
      if (index > 0 && !this.gapFits(spelled.gaps[index - 1], index)) return false;
      if (!word.anyCase && !hasCase(this.word(index), word, index === last ? rank : asSpelled)) return false;
    }
    return this.leadFits(spelled.lead);
  }

  private gapFits(gap: Gap | undefined, index: number): boolean {
    const from = this.ends[index - 1] ?? 0;
    const to = this.starts[index] ?? 0;
    if (gap === 'soft' && isBlank(this.text, from, to)) return true;
    if (gap === 'soft' || gap === '-') {
      if (!hyphens.includes(this.text.charAt(from))) return false;
      return to - from === 1 || (gap === 'soft' && isBlank(this.text, from + 1, to) && this.isBroken(index));
    }
    if (gap === undefined || to - from > longestGap) return false;
    return this.text.slice(from, to).replace(/\s+/g, ' ') === gap.exactly;
  }

  /** A hyphen at a line end is the term's own between small words (`page-`, `fault`); names and letters are never broken so. */
  private isBroken(index: number): boolean {
    return isSmall(this.word(index - 1)) && isSmall(this.word(index));
  }

  /** `-next` stands alone or after a number (`6.8-rc1`), not in `for-next`; `#PF` not in `a#PF`. */
  private leadFits(lead: string): boolean {
    if (lead === '') return true;
    const start = (this.starts[0] ?? 0) - lead.length;
    if (start < 0 || !this.text.startsWith(lead, start)) return false;
    const before = this.text.charCodeAt(start - 1);
    return start === 0 || !isWordCode(before) || (before >= 48 && before <= 57);
  }

  private endOf(spelled: Spelling, last: number): number | undefined {
    const end = this.ends[last] ?? 0;
    if (spelled.family === 'dotted') return this.dottedEnd(end);
    if (spelled.family === 'prefix' && this.text.charAt(end) === '*') return end + 1;
    if (spelled.trail !== '') return this.text.startsWith(spelled.trail, end) ? end + spelled.trail.length : undefined;
    return spelled.words.length === 1 && this.text.startsWith('()', end) ? end + 2 : end;
  }

  /** `TDH.MEM.*`: at least one more name after the dot, or the star itself. */
  private dottedEnd(from: number): number | undefined {
    if (this.text.startsWith('.*', from)) return from + 2;
    let end = from;
    while (this.text.charAt(end) === '.' && isWordCode(this.text.charCodeAt(end + 1))) {
      end += 1;
      while (isWordCode(this.text.charCodeAt(end))) end += 1;
    }
    return end > from ? end : undefined;
  }

  /** A dotted name is read whole: no `memblock` in `memblock.c`. An identifier with `_` is itself wherever it stands. */
  private isGluedByDot(start: number, end: number): boolean {
    const before = this.text.charAt(start - 1) === '.' && isWordCode(this.text.charCodeAt(start - 2));
    const after = this.text.charAt(end) === '.' && isWordCode(this.text.charCodeAt(end + 1));
    return (before || after) && !this.text.slice(start, end).includes('_');
  }
}

function isSmall(word: string): boolean {
  return /^\p{Ll}+$/u.test(word);
}

function isNumber(word: string): boolean {
  return /^\d+$/.test(word);
}

/** The word as spelled, up to the ending that the rank allows. */
function hasCase(inText: string, { text }: SpelledWord, rank: Rank): boolean {
  if (rank === asSpelled) return inText === text;
  if (!inText.startsWith(text)) return false;
  const ending = inText.slice(text.length);
  return rank === ofFamily || ending === 's' || ending === 'es';
}

function isBlank(text: string, from: number, to: number): boolean {
  if (to <= from) return false;
  for (let at = from; at < to; at += 1) if (!isSpaceCode(text.charCodeAt(at))) return false;
  return true;
}
