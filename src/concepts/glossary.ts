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
  meanings(match: Pick<TermMatch, 'text' | 'concepts' | 'family'>, surroundings: Surroundings): readonly Meaning[];
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
      const asked = askedTerm(term.trim(), lexiconOnce(), spellings);
      return scopes.allMeanings(asked, { paragraph: near, paths: [], words: wordsOf(near) });
    },
  };
}

type AskedTerm = Pick<TermMatch, 'text' | 'concepts' | 'family'>;

function askedTerm(text: string, matcher: Lexicon, spellings: ReadonlyMap<string, readonly string[]>): AskedTerm {
  const [match] = matcher.matches(text);
  const exact = match?.start === 0 && match.end === text.length ? match : undefined;
  const key = loosely(text);
  const keys = [key, key.replace(/e?s$/, ''), key.replace(/s$/, ''), key.replace(/\d+/g, '#')];
  const named = keys.flatMap((one) => spellings.get(one) ?? []);
  const concepts = [...new Set([...(exact?.concepts ?? []), ...named])];
  // The longest family speaks for a member, unless a note has the member itself.
  const isMember = named.length === 0 && (exact === undefined || exact.family !== undefined);
  const family = isMember ? (exact?.family ?? familiesOf(text).find((one) => spellings.has(loosely(one)))) : undefined;
  if (family === undefined) return { text, concepts };
  const ofFamily = concepts.length > 0 ? concepts : (spellings.get(loosely(family)) ?? []);
  return { text, concepts: ofFamily, family };
}

/** `RET_PF_*` and `RET_*` of `RET_PF_RETRY`, the longest first; none of the star itself. */
function familiesOf(name: string): string[] {
  const families: string[] = [];
  for (let at = name.lastIndexOf('_'); at > 0 && families.length < mostParts; at = name.lastIndexOf('_', at - 1)) {
    const family = `${name.slice(0, at + 1)}*`;
    if (family !== name && !/\s/.test(name.slice(at))) families.push(family);
  }
  return families;
}

/** A name has no more parts. */
const mostParts = 16;

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
