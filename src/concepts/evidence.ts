/** What speaks for a meaning: which of the words that a note asks for stand near a term, and how near. */
import type { Surroundings } from './concept.ts';
import { isWordCode, wordsOf } from './words.ts';

export type Nearness = 'paragraph' | 'subject' | 'path' | 'list' | 'message';

export interface Evidence {
  /** As the note writes it. */
  word: string;
  where: Nearness;
  /** The path or the list it was found in. */
  in?: string;
}

/** Phrases are looked for in this much of a paragraph, so that a line of megabytes costs no more than a page. */
const longestParagraph = 16_384;

/** What can be asked of one place, prepared once for all terms in it. */
export class Neighborhood {
  private readonly paragraph: string;
  private readonly subject: string;
  private readonly paths: readonly { path: string; lower: string; words: ReadonlySet<string> }[];
  private readonly paragraphWords: ReadonlySet<string>;
  private readonly subjectWords: ReadonlySet<string>;
  private readonly listWords: ReadonlySet<string>;
  private readonly surroundings: Surroundings;

  constructor(surroundings: Surroundings) {
    this.surroundings = surroundings;
    this.paragraph = oneSpaced(surroundings.paragraph.slice(0, longestParagraph));
    this.subject = oneSpaced(surroundings.subject ?? '');
    this.paths = surroundings.paths.map((path) => ({ path, lower: path.toLowerCase(), words: wordsOf(path) }));
    this.paragraphWords = wordsOf(this.paragraph);
    this.subjectWords = wordsOf(this.subject);
    this.listWords = wordsOf((surroundings.list ?? '').split('@')[0] ?? '');
  }

  /** The nearest place of each wanted word; `itself` is the term, which is no evidence for itself. */
  evidence(wanted: readonly string[], itself: string): Evidence[] {
    const own = wordsOf(itself);
    const found: Evidence[] = [];
    for (const word of wanted) {
      const words = [...wordsOf(word)];
      if (words.length === 0 || words.every((one) => isIn(own, one))) continue;
      const evidence = this.find(word, words);
      if (evidence) found.push(evidence);
    }
    return found;
  }

  /** How many of these stand in the paragraph. */
  countInParagraph(wanted: readonly string[]): number {
    return wanted.filter((phrase) => holds(this.paragraph, oneSpaced(phrase))).length;
  }

  countInSubject(wanted: readonly string[]): number {
    return wanted.filter((phrase) => holds(this.subject, oneSpaced(phrase))).length;
  }

  private find(word: string, words: readonly string[]): Evidence | undefined {
    if (this.stands(word, words, this.paragraph, this.paragraphWords)) return { word, where: 'paragraph' };
    if (this.stands(word, words, this.subject, this.subjectWords)) return { word, where: 'subject' };
    const path = this.paths.find((one) =>
      word.includes('/') ? one.lower.includes(word.toLowerCase()) : words.every((part) => isIn(one.words, part)),
    );
    if (path) return { word, where: 'path', in: path.path };
    if (words.every((part) => isIn(this.listWords, part))) {
      return { word, where: 'list', in: this.surroundings.list ?? '' };
    }
    // Of the rest of the message only the words are known, not their order: phrases and paths cannot be found there.
    if (!/[\s/]/.test(word) && words.every((part) => isIn(this.surroundings.words, part))) {
      return { word, where: 'message' };
    }
    return undefined;
  }

  private stands(word: string, words: readonly string[], text: string, textWords: ReadonlySet<string>): boolean {
    const [only] = words;
    if (words.length === 1 && only !== undefined && only === word.toLowerCase()) return isIn(textWords, only);
    return holds(text, oneSpaced(word));
  }
}

/** A word or its plural. */
function isIn(words: ReadonlySet<string>, word: string): boolean {
  return words.has(word) || words.has(`${word}s`);
}

/** Lower case, each run of white space one space. */
function oneSpaced(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ').trim();
}

/** Does the phrase stand in the text, not as a part of longer words? A plural `s` may follow. */
function holds(text: string, phrase: string): boolean {
  if (phrase === '') return false;
  const startsWithWord = isWordCode(phrase.charCodeAt(0));
  const endsWithWord = isWordCode(phrase.charCodeAt(phrase.length - 1));
  for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
    let end = at + phrase.length;
    if (startsWithWord && at > 0 && isWordCode(text.charCodeAt(at - 1))) continue;
    if (endsWithWord && text.charAt(end) === 's') end += 1;
    if (!endsWithWord || end >= text.length || !isWordCode(text.charCodeAt(end))) return true;
  }
  return false;
}
