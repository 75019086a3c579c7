import type { Concept, Meaning, Surroundings, TermMatch } from './concept.ts';
import { type Lexicon, lexicon } from './lexicon.ts';
import { Scopes } from './scope.ts';
import { wordsOf } from './words.ts';

export interface Glossary {
  readonly concepts: readonly Concept[];
  readonly byId: ReadonlyMap<string, Concept>;
  /** Built when it is first asked for. */
  readonly lexicon: Lexicon;
  /**
   * The meanings of a term in its place, best first; none when it is out of scope. Pass the same surroundings for all
   * terms of a paragraph: what was found out about a place is kept with it.
   */
  meanings(match: Pick<TermMatch, 'text' | 'concepts'>, surroundings: Surroundings): readonly Meaning[];
  /**
   * All meanings of a term that somebody asks for by itself, in scope or not, best first. `near` is any text that says
   * what it is about. Capitals, plurals and hyphens do not matter here; a note's id is good too. Unknown: none.
   */
  explain(term: string, near?: string): readonly Meaning[];
}

/** A glossary of these notes; of two with one id the later one counts, so that a reader's own note may replace ours. */
export function glossary(notes: Iterable<Concept>): Glossary {
  const byId = new Map<string, Concept>();
  for (const note of notes) byId.set(note.id, note);
  const concepts = [...byId.values()];
  const scopes = new Scopes(byId);
  let matcher: Lexicon | undefined;
  let spellings: ReadonlyMap<string, readonly string[]> | undefined;
  const lexiconOnce = () => {
    matcher ??= lexicon(concepts);
    return matcher;
  };
  return {
    concepts,
    byId,
    get lexicon() {
      return lexiconOnce();
    },
    meanings: (match, surroundings) => scopes.meanings(match, surroundings),
    explain(term, near = '') {
      spellings ??= looseSpellings(concepts);
      const ids = idsOf(term.trim(), lexiconOnce(), spellings);
      const surroundings = { paragraph: near, paths: [], words: wordsOf(near) };
      return scopes.allMeanings({ text: term.trim(), concepts: ids }, surroundings);
    },
  };
}

function idsOf(term: string, matcher: Lexicon, spellings: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const [match] = matcher.matches(term);
  const exact = match?.start === 0 && match.end === term.length ? match.concepts : [];
  const key = loosely(term);
  const keys = [
    key,
    key.replace(/e?s$/, ''),
    key.replace(/s$/, ''),
    key.replace(/\d+/g, '#'),
    key.replace(/_\S*$/, '_*'),
  ];
  const loose = keys.flatMap((one) => spellings.get(one) ?? []);
  return [...new Set([...exact, ...loose])];
}

/** Ids, titles and spellings, all without capitals and punctuation between words. */
function looseSpellings(concepts: readonly Concept[]): ReadonlyMap<string, readonly string[]> {
  const spellings = new Map<string, string[]>();
  for (const concept of concepts) {
    const keys = [concept.id, concept.title, concept.expansion ?? '', ...concept.terms, ...(concept.asked ?? [])].map(
      loosely,
    );
    for (const key of new Set(keys)) {
      if (key === '') continue;
      const ids = spellings.get(key);
      if (ids) ids.push(concept.id);
      else spellings.set(key, [concept.id]);
    }
  }
  return spellings;
}

function loosely(text: string): string {
  return text
    .toLowerCase()
    .replace(/\(\)$/, '')
    .replace(/[\s\-\u2010\u2011]+/g, ' ')
    .trim();
}
