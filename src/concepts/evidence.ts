/** What speaks for a meaning: which of the words that a note asks for stand near a term, and how near. */
import type { Surroundings } from './concept.ts';
import { isWordCode, wordsOf } from './words.ts';

export type Nearness = 'paragraph' | 'subject' | 'path' | 'thread' | 'list' | 'addressee' | 'message';

export interface Evidence {
  /** As the note writes it. */
  word: string;
  where: Nearness;
  /** The path or the list it was found in. */
  in?: string;
}

/** Phrases are looked for in this much of a paragraph, so that a line of megabytes costs no more than a page. */
const longestParagraph = 16_384;

/** A word or phrase of a note, taken apart once. */
interface Wanted {
  /** As the note writes it, and in lower case with single spaces. */
  text: string;
  phrase: string;
  words: readonly string[];
}

const takenApart = new Map<string, Wanted>();

/** Only notes ask, so this grows with the glossary and not with the mail. */
function wanted(text: string): Wanted {
  let known = takenApart.get(text);
  if (known === undefined) {
    known = { text, phrase: oneSpaced(text), words: [...wordsOf(text)] };
    takenApart.set(text, known);
  }
  return known;
}

/** The paths of a message, shared by all its paragraphs: a large series touches thousands. */
class TouchedPaths {
  private readonly paths: readonly { path: string; lower: string; words: ReadonlySet<string> }[];
  private readonly found = new Map<string, string | undefined>();

  constructor(paths: readonly string[]) {
    this.paths = paths.map((path) => ({ path, lower: path.toLowerCase(), words: wordsOf(path) }));
  }

  /** The first path with this word in it, or this part if it has a slash. */
  with({ phrase, words }: Wanted): string | undefined {
    if (this.found.has(phrase)) return this.found.get(phrase);
    const found = this.paths.find((one) =>
      phrase.includes('/') ? one.lower.includes(phrase) : words.every((part) => isIn(one.words, part)),
    );
    this.found.set(phrase, found?.path);
    return found?.path;
  }
}

const touched = new WeakMap<readonly string[], TouchedPaths>();

function touchedPaths(paths: readonly string[]): TouchedPaths {
  let known = touched.get(paths);
  if (known === undefined) {
    known = new TouchedPaths(paths);
    touched.set(paths, known);
  }
  return known;
}

/** What can be asked of one place, prepared once for all terms in it; each question is answered once. */
export class Neighborhood {
  private readonly paragraph: string;
  private readonly subject: string;
  private readonly paths: TouchedPaths;
  private readonly paragraphWords: ReadonlySet<string>;
  private readonly subjectWords: ReadonlySet<string>;
  private readonly thread: string;
  private readonly threadWords: ReadonlySet<string>;
  private readonly messageWords: ReadonlySet<string>;
  private readonly lists: readonly NamedList[];
  private readonly sentTo: readonly NamedList[];
  private readonly found = new Map<string, Evidence | undefined>();
  private readonly held = new Map<string, boolean>();

  constructor(surroundings: Surroundings) {
    this.paragraph = oneSpaced(surroundings.paragraph.slice(0, longestParagraph));
    this.subject = oneSpaced(surroundings.subject ?? '');
    this.paths = touchedPaths(surroundings.paths);
    this.paragraphWords = wordsOf(this.paragraph);
    this.subjectWords = wordsOf(this.subject);
    this.thread = oneSpaced(surroundings.threadSubject ?? '');
    this.threadWords = wordsOf(this.thread);
    this.lists = (surroundings.lists ?? []).map(namedList);
    this.sentTo = (surroundings.sentTo ?? []).map(namedList);
    this.messageWords = surroundings.words;
  }

  /** The nearest place of each wanted word; `itself` is the term, which is no evidence for itself. */
  evidence(asked: readonly string[], itself: string): Evidence[] {
    const own = wordsOf(itself);
    const evidence: Evidence[] = [];
    const seen = new Set<string>();
    for (const text of asked) {
      const want = wanted(text);
      if (want.words.length === 0 || want.words.every((word) => isIn(own, word))) continue;
      // A note may list `TDMR` and `TDMRs`, or `PATCH` and `patch`: that is one piece of evidence.
      const singular = want.phrase.replace(/s$/, '');
      if (seen.has(singular)) continue;
      if (!this.found.has(text)) this.found.set(text, this.find(want));
      const found = this.found.get(text);
      if (found === undefined) continue;
      seen.add(singular);
      evidence.push(found);
    }
    return evidence;
  }

  /** How many of these stand in the paragraph. */
  countInParagraph(phrases: readonly string[]): number {
    let count = 0;
    for (const phrase of phrases) {
      let here = this.held.get(phrase);
      if (here === undefined) {
        here = holds(this.paragraph, wanted(phrase).phrase);
        this.held.set(phrase, here);
      }
      if (here) count += 1;
    }
    return count;
  }

  countInSubject(phrases: readonly string[]): number {
    return phrases.filter((phrase) => holds(this.subject, wanted(phrase).phrase)).length;
  }

  countInThread(phrases: readonly string[]): number {
    return phrases.filter((phrase) => holds(this.thread, wanted(phrase).phrase)).length;
  }

  /** The first of its lists that has one of these names: `netdev` of `netdev@vger.example.org`, whole. */
  listAmong(names: readonly string[]): string | undefined {
    const all = [...this.lists, ...this.sentTo];
    return all.find(({ list }) => names.some((name) => listName(list).toLowerCase() === name.toLowerCase()))?.list;
  }

  private find(want: Wanted): Evidence | undefined {
    const { text: word, words } = want;
    if (stands(want, this.paragraph, this.paragraphWords)) return { word, where: 'paragraph' };
    if (stands(want, this.subject, this.subjectWords)) return { word, where: 'subject' };
    const path = this.paths.with(want);
    if (path !== undefined) return { word, where: 'path', in: path };
    if (stands(want, this.thread, this.threadWords)) return { word, where: 'thread' };
    const list = listWith(words, this.lists);
    if (list !== undefined) return { word, where: 'list', in: list };
    // Of the rest of the message only the words are known, not their order: phrases and paths cannot be found there.
    if (!/[\s/]/.test(word) && words.every((part) => isIn(this.messageWords, part))) {
      return { word, where: 'message' };
    }
    const addressee = listWith(words, this.sentTo);
    if (addressee !== undefined) return { word, where: 'addressee', in: addressee };
    return undefined;
  }
}

interface NamedList {
  list: string;
  words: ReadonlySet<string>;
}

function namedList(list: string): NamedList {
  return { list, words: wordsOf(listName(list)) };
}

function listWith(words: readonly string[], lists: readonly NamedList[]): string | undefined {
  return lists.find((one) => words.every((part) => isIn(one.words, part)))?.list;
}

/** `kvm` of `kvm@vger.example.org` and of the list id `<kvm.vger.example.org>`. */
function listName(list: string): string {
  return /[^\s<>"@.]+(?=[@.])/.exec(list.slice(0, longestParagraph))?.[0] ?? list.slice(0, 200);
}

function stands(want: Wanted, text: string, textWords: ReadonlySet<string>): boolean {
  const [only] = want.words;
  if (want.words.length === 1 && only !== undefined && only === want.phrase) return isIn(textWords, only);
  return holds(text, want.phrase);
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
