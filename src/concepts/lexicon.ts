/** All spellings of all concepts as one matcher. */
import type { Concept, TermMatch } from './concept.ts';
import { type Branch, Search } from './search.ts';
import { type Spelling, spelling } from './spelling.ts';
import { characters, hashStep, longestWord, WordFilter, wordBits } from './words.ts';

export interface Lexicon {
  /**
   * Where terms stand in a logical text: left to right, not overlapping, the longest spelling first. White space between
   * the words of a term may be any run of spaces and line ends. Nothing is found inside addresses, URLs and paths.
   * Cost is linear in the text: from each word at most as many words are read as the longest term has.
   */
  matches(text: string): TermMatch[];
}

export function lexicon(concepts: Iterable<Concept>): Lexicon {
  const root = branch();
  const first = new WordFilter();
  for (const concept of concepts) {
    for (const term of concept.terms) {
      const spelled = spelling(term, concept.id);
      if (spelled === undefined) continue;
      plant(root, spelled);
      for (const word of beginnings(spelled)) first.add(word);
    }
  }
  return { matches: (text) => findAll(text, root, first) };
}

function branch(): Branch {
  return { next: new Map(), ends: [], families: new Map() };
}

/** First words with which the spelling may stand in a text. */
function beginnings({ words: [head, ...rest], plural }: Spelling): string[] {
  if (head === undefined) return [];
  return plural && rest.length === 0 ? [head.text, `${head.text}s`, `${head.text}es`] : [head.text];
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

/** Reads the text once, character by character; only words that may begin a term are looked at as words. */
function findAll(text: string, root: Branch, first: WordFilter): TermMatch[] {
  const found: TermMatch[] = [];
  const search = new Search(text, root);
  const underscore = characters[95] ?? 0;
  let free = 0;
  let at = 0;
  while (at < text.length) {
    let character = characters[text.charCodeAt(at)] ?? 0;
    if ((character & wordBits) === 0) {
      at += 1;
      continue;
    }
    const wordStart = at;
    let hash = 0;
    // A family is known by its part up to an underscore, all others by the whole word.
    let mayBegin = false;
    while ((character & wordBits) !== 0) {
      hash = hashStep(hash, character);
      if (character === underscore && !mayBegin) mayBegin = first.mayHave(hash);
      at += 1;
      character = at < text.length ? (characters[text.charCodeAt(at)] ?? 0) : 0;
    }
    if (!mayBegin && !first.mayHave(hash)) continue;
    if (at - wordStart > longestWord) continue;
    const best = search.at(wordStart, at);
    if (best === undefined || best.start < free) continue;
    const { start, end, concepts, family } = best;
    found.push({ start, end, text: text.slice(start, end), concepts, ...(family !== undefined && { family }) });
    free = end;
    at = end;
  }
  return found;
}
