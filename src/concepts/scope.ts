/** Which of the concepts that share a spelling is meant here, and which of its scenarios. */
import type { Concept, Meaning, Surroundings, TermMatch } from './concept.ts';
import { type Evidence, type Nearness, Neighborhood } from './evidence.ts';

const weights: Readonly<Record<Nearness, number>> = {
  paragraph: 4,
  subject: 3,
  path: 3,
  thread: 2,
  list: 2,
  message: 1,
  addressee: 1,
};

interface Weighed {
  concept: Concept;
  evidence: readonly Evidence[];
  /** The spelling alone is enough: written out in full, or a kernel identifier. */
  plain: string | undefined;
  weight: number;
  /** The spelling is a plain word too. */
  ordinary: boolean;
  /** A list of the message on which the note's pack is at home. */
  list: string | undefined;
}

type Term = Pick<TermMatch, 'text' | 'concepts' | 'family'>;

/** The scopes of a glossary. Answers are kept with the surroundings: callers ask for each term of a place with one object. */
export class Scopes {
  private readonly byId: ReadonlyMap<string, Concept>;
  private readonly places = new WeakMap<Surroundings, { place: Neighborhood; answers: Map<string, Meaning[]> }>();

  constructor(byId: ReadonlyMap<string, Concept>) {
    this.byId = byId;
  }

  /**
   * The meanings of a term in its place, best first; none when every concept asks for words that are not there.
   * A meaning for which much speaks silences those for which nothing or little does (less than a quarter); when nothing
   * speaks for any, all that ask nothing remain.
   */
  meanings(term: Term, surroundings: Surroundings): readonly Meaning[] {
    let known = this.places.get(surroundings);
    if (known === undefined) {
      known = { place: new Neighborhood(surroundings), answers: new Map() };
      this.places.set(surroundings, known);
    }
    let answer = known.answers.get(term.text);
    if (answer === undefined) {
      answer = inScope(weighAll(this.byId, term, known.place), known.place, term.family);
      known.answers.set(term.text, answer);
    }
    return answer;
  }

  /** The same for a reader who asks for the word itself: nothing is left out, only ordered. */
  allMeanings(term: Term, surroundings: Surroundings): readonly Meaning[] {
    const place = new Neighborhood(surroundings);
    const all = weighAll(this.byId, term, place);
    return all.map((one) => meaning(one, all.length, place, term.family));
  }
}

function inScope(weighed: readonly Weighed[], place: Neighborhood, family: string | undefined): Meaning[] {
  const possible = weighed.filter((one) => one.plain !== undefined || hasEnough(one));
  const heaviest = possible[0]?.weight ?? 0;
  const kept = possible.filter((one) => one.weight * 4 >= heaviest);
  return kept.map((one) => meaning(one, kept.length, place, family));
}

/** What the note asks for: nothing, a word anywhere, or for a spelling that is a plain word too one right beside it. */
function hasEnough({ concept, evidence, ordinary }: Weighed): boolean {
  if (ordinary) return evidence.some((one) => one.where === 'paragraph');
  return !concept.scope.needsNear || evidence.some((one) => one.where !== 'addressee');
}

function weighAll(byId: ReadonlyMap<string, Concept>, term: Term, place: Neighborhood): Weighed[] {
  const weighed: Weighed[] = [];
  for (const id of term.concepts) {
    const concept = byId.get(id);
    if (concept) weighed.push(weigh(concept, term, place));
  }
  // Sorting is stable: what weighs the same stays in the order of the glossary.
  return weighed.sort((one, other) => other.weight - one.weight);
}

function weigh(concept: Concept, { text, family }: Term, place: Neighborhood): Weighed {
  const evidence = place.evidence(concept.scope.near ?? [], text);
  const ordinary = isOrdinary(concept, text, family);
  evidence.sort((one, other) => weights[other.where] - weights[one.where]);
  const plain = plainSpelling(concept, text, ordinary);
  const list = place.listAmong(concept.scope.lists ?? []);
  const known = (plain === undefined ? 0 : 4) + (list === undefined ? 0 : weights.list);
  const weight = evidence.reduce((sum, one) => sum + weights[one.where], known);
  return { concept, evidence, plain, weight, ordinary, list };
}

/** A spelling of which the note says that it is a plain word, or a member of such a family (`PG_*`). */
function isOrdinary({ scope }: Concept, text: string, family: string | undefined): boolean {
  if (scope.ordinary === undefined) return false;
  if (family !== undefined) return scope.ordinary.includes(family);
  const words = text
    .toLowerCase()
    .replace(/\(\)$/, '')
    .replace(/[\s-]+/g, ' ');
  return scope.ordinary.some((term) => {
    const spelled = term.toLowerCase().replace(/[\s-]+/g, ' ');
    return words === spelled || words === `${spelled}s` || words === `${spelled}es`;
  });
}

/** Spellings that cannot be mistaken: the expansion written out, and identifiers with an underscore that no note calls a plain word. */
function plainSpelling(concept: Concept, text: string, ordinary: boolean): string | undefined {
  const words = text.toLowerCase().replace(/[\s-]+/g, ' ');
  const expansion = concept.expansion?.toLowerCase().replace(/[\s-]+/g, ' ');
  if (expansion?.includes(' ') && (words === expansion || words === `${expansion}s`))
    return 'it is written out in full';
  return text.includes('_') && !ordinary ? 'it is an identifier of the kernel' : undefined;
}

function meaning(one: Weighed, inAll: number, place: Neighborhood, family: string | undefined): Meaning {
  const scenario = chooseScenario(one.concept, place);
  return {
    concept: one.concept,
    because: one.plain ?? becauseOf(one, inAll),
    ...(scenario !== undefined && { scenario }),
    ...(family !== undefined && { family }),
  };
}

/** The nearest evidence in one clause, at most three words of it. */
function becauseOf({ evidence, list }: Weighed, inAll: number): string {
  const [nearest] = evidence;
  if (nearest === undefined) {
    if (list !== undefined) return `it was sent to ${list}`;
    return inAll > 1 ? 'nothing near decides between the meanings' : 'it is the only meaning noted';
  }
  const alike = evidence.filter((one) => one.where === nearest.where && one.in === nearest.in).slice(0, 3);
  const words = listed(alike.map((one) => `"${one.word}"`));
  const many = alike.length > 1;
  switch (nearest.where) {
    case 'paragraph':
      return `${words} ${many ? 'stand' : 'stands'} near`;
    case 'subject':
      return `the subject says ${words}`;
    case 'path':
      return `the patch touches ${nearest.in ?? ''}`;
    case 'thread':
      return `the thread's subject says ${words}`;
    case 'list':
    case 'addressee':
      return `it was sent to ${nearest.in ?? ''}`;
    case 'message':
      return `${words} ${many ? 'stand' : 'stands'} in the same message`;
  }
}

function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** The scenario whose words stand in the paragraph, most of them first; else in the subject or the thread's; else the first one. */
function chooseScenario(concept: Concept, place: Neighborhood): string | undefined {
  if (concept.simulator === undefined) return undefined;
  let best = concept.scenarios[0]?.id;
  let most = 0;
  for (const scenario of concept.scenarios) {
    const near = scenario.near ?? [];
    // One word in the paragraph counts for more than any number in the subject, and one there than any in the thread's.
    const count =
      place.countInParagraph(near) * 1000 + place.countInSubject(near) * 100 + Math.min(place.countInThread(near), 99);
    if (count > most) [best, most] = [scenario.id, count];
  }
  return best;
}
