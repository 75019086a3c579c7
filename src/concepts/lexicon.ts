/** All spellings of all concepts as one matcher. */
import type { Concept, TermMatch } from './concept.ts';
import { type Gap, type SpelledWord, type Spelling, spelling } from './spelling.ts';
import { isSpaceCode, isWordCode, WordFilter, type WordTable, wordTable } from './words.ts';

export interface Lexicon {
  /**
   * Where terms stand in a logical text: left to right, not overlapping, the longest spelling first. White space between
   * the words of a term may be any run of spaces and line ends. Nothing is found inside addresses, URLs and paths.
   * Cost is linear in the text: from each word at most as many words are read as the longest term has.
   */
  matches(text: string): TermMatch[];
}

/** Spellings by their words, lower case; one level a word. */
interface Branch {
  next: Map<string, Branch>;
  ends: Spelling[];
  /** `RET_PF_*` by `ret_pf_`. */
  families: Map<string, Spelling[]>;
}

interface Found {
  start: number;
  end: number;
  /** Lower is better: as spelled 0, plural 1, unknown member of a family 2. */
  rank: number;
  concepts: string[];
}

export function lexicon(concepts: Iterable<Concept>): Lexicon {
  const root = branch();
  const first = new WordFilter();
  for (const concept of concepts) {
    for (const term of concept.terms) {
      const spelled = spelling(term, concept.id);
      const head = spelled?.words[0];
      if (spelled === undefined || head === undefined) continue;
      plant(root, spelled);
      first.add(head.lower);
    }
  }
  return { matches: (text) => findAll(text, root, wordTable(text, first)) };
}

function branch(): Branch {
  return { next: new Map(), ends: [], families: new Map() };
}

function plant(root: Branch, spelled: Spelling): void {
  let node = root;
  for (const [index, word] of spelled.words.entries()) {
    if (spelled.family === 'prefix' && index === spelled.words.length - 1) {
      const members = node.families.get(word.lower);
      if (members) members.push(spelled);
      else node.families.set(word.lower, [spelled]);
      return;
    }
    let next = node.next.get(word.lower);
    if (next === undefined) {
      next = branch();
      node.next.set(word.lower, next);
    }
    node = next;
  }
  node.ends.push(spelled);
}

function findAll(text: string, root: Branch, table: WordTable): TermMatch[] {
  const found: TermMatch[] = [];
  let free = 0;
  for (const index of table.candidates) {
    if ((table.starts[index] ?? 0) < free) continue;
    const best = new Search(text, table, index).longest(root);
    if (best === undefined || best.start < free) continue;
    const { start, end } = best;
    found.push({ start, end, text: text.slice(start, end), concepts: best.concepts });
    free = end;
  }
  return found;
}

/** The search from one word of the text. */
class Search {
  private best: Found | undefined;
  private readonly text: string;
  private readonly table: WordTable;
  private readonly from: number;

  constructor(text: string, table: WordTable, from: number) {
    this.text = text;
    this.table = table;
    this.from = from;
  }

  longest(root: Branch): Found | undefined {
    let node: Branch | undefined = root;
    for (let index = this.from; node !== undefined && index < this.table.starts.length; index += 1) {
      const word = this.word(index).toLowerCase();
      const next: Branch | undefined = node.next.get(word);
      this.consider(next?.ends, index, 0);
      if (word.endsWith('s')) this.consider(node.next.get(word.slice(0, -1))?.ends, index, 1);
      if (word.endsWith('es')) this.consider(node.next.get(word.slice(0, -2))?.ends, index, 1);
      if (node.families.size > 0) this.considerFamilies(node.families, word, index);
      node = next;
    }
    return this.best;
  }

  private word(index: number): string {
    return this.text.slice(this.table.starts[index], this.table.ends[index]);
  }

  private considerFamilies(families: Branch['families'], word: string, index: number): void {
    for (let at = word.lastIndexOf('_'); at >= 0; at = at === 0 ? -1 : word.lastIndexOf('_', at - 1)) {
      const members = families.get(word.slice(0, at + 1));
      if (members === undefined) continue;
      // The longest prefix speaks for the word.
      this.consider(members, index, 2);
      return;
    }
  }

  private consider(spellings: readonly Spelling[] | undefined, last: number, rank: number): void {
    for (const spelled of spellings ?? []) {
      if (rank === 1 && !spelled.plural) continue;
      if (!this.fits(spelled, last, rank)) continue;
      const start = (this.table.starts[this.from] ?? 0) - spelled.lead.length;
      const end = this.endOf(spelled, last);
      if (end === undefined || this.isGluedByDot(start, end)) continue;
      this.keep({ start, end, rank: spelled.family === 'dotted' ? 2 : rank, concepts: [spelled.concept] });
    }
  }

  private keep(found: Found): void {
    const best = this.best;
    if (best === undefined || found.end > best.end || (found.end === best.end && found.rank < best.rank)) {
      this.best = found;
    } else if (found.end === best.end && found.rank === best.rank) {
      best.start = Math.min(best.start, found.start);
      for (const id of found.concepts) if (!best.concepts.includes(id)) best.concepts.push(id);
    }
  }

  private fits(spelled: Spelling, last: number, rank: number): boolean {
    for (const [offset, word] of spelled.words.entries()) {
      const index = this.from + offset;
      if (offset > 0 && !this.gapFits(spelled.gaps[offset - 1], index)) return false;
      if (!word.anyCase && !sameCase(this.word(index), word, index === last ? rank : 0)) return false;
    }
    return this.leadFits(spelled.lead);
  }

  private gapFits(gap: Gap | undefined, index: number): boolean {
    const from = this.table.ends[index - 1] ?? 0;
    const to = this.table.starts[index] ?? 0;
    if (gap === 'soft' && isBlank(this.text, from, to)) return true;
    if (gap === 'soft' || gap === '-') return to - from === 1 && '-\u2010\u2011'.includes(this.text.charAt(from));
    // Longer than this no spelling has it; the bound keeps long runs of spaces cheap.
    if (gap === undefined || to - from > 16) return false;
    return this.text.slice(from, to).replace(/\s+/g, ' ') === gap.exactly;
  }

  /** `-next` stands alone or after a number (`6.8-rc1`), not in `for-next`; `#PF` not in `a#PF`. */
  private leadFits(lead: string): boolean {
    if (lead === '') return true;
    const start = (this.table.starts[this.from] ?? 0) - lead.length;
    if (start < 0 || !this.text.startsWith(lead, start)) return false;
    if (start === 0) return true;
    const before = this.text.charCodeAt(start - 1);
    return !isWordCode(before) || (before >= 48 && before <= 57);
  }

  private endOf(spelled: Spelling, last: number): number | undefined {
    let end = this.table.ends[last] ?? 0;
    if (spelled.family === 'dotted') return this.dottedEnd(end);
    if (spelled.family === 'prefix') return this.text.charAt(end) === '*' ? end + 1 : end;
    if (spelled.trail !== '') {
      if (!this.text.startsWith(spelled.trail, end)) return undefined;
      end += spelled.trail.length;
    } else if (spelled.words.length === 1 && this.text.startsWith('()', end)) end += 2;
    return end;
  }

  /** `TDH.MEM.*`: at least one more name after the dot, or the star itself. */
  private dottedEnd(from: number): number | undefined {
    if (this.text.startsWith('.*', from)) return from + 2;
    let end = from;
    while (this.text.charAt(end) === '.' && isWordCode(this.text.charCodeAt(end + 1))) {
      end += 1;
      while (end < this.text.length && isWordCode(this.text.charCodeAt(end))) end += 1;
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

/** The word as spelled, up to the ending that the rank allows. */
function sameCase(inText: string, word: SpelledWord, rank: number): boolean {
  return rank === 0 ? inText === word.text : inText.startsWith(word.text) && (rank === 2 || isPluralEnd(inText, word));
}

function isPluralEnd(inText: string, word: SpelledWord): boolean {
  const end = inText.slice(word.text.length);
  return end === 's' || end === 'es';
}

function isBlank(text: string, from: number, to: number): boolean {
  if (to <= from) return false;
  for (let at = from; at < to; at += 1) if (!isSpaceCode(text.charCodeAt(at))) return false;
  return true;
}
