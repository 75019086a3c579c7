/** What only all notes together can show: names that lead nowhere, and spellings that nobody can tell apart. */
import { complain } from './complain.ts';
import type { Concept } from './concept.ts';
import { nearest } from './nearest.ts';
import type { NoteLink, ReadNote } from './read-note.ts';

/** What there is beside the notes that are checked. Absent members are not checked against. */
export interface Known {
  /** Notes of other packs, which may be linked to and may have the same spellings. One with the id of a note is replaced by it. */
  concepts?: Iterable<Pick<Concept, 'id' | 'terms' | 'scope'>>;
  /** Simulators by id, each with the ids of its scenarios. The glossary does not know the simulators: who does says it. */
  simulators?: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Writes its messages to the notes' own files. */
export function checkTogether(notes: readonly ReadNote[], known: Known = {}): void {
  const own = new Set(notes.flatMap(({ concept }) => concept?.id ?? []));
  const others = [...(known.concepts ?? [])].filter(({ id }) => !own.has(id));
  const ids = new Set([...own, ...others.map(({ id }) => id)]);
  const owners = ownersOf([...notes.flatMap(({ concept }) => concept ?? []), ...others]);
  for (const note of notes) {
    checkRelated(note, ids);
    for (const link of note.links) checkLink(note, link, ids, known.simulators);
    if (known.simulators) checkSimulator(note, known.simulators);
    checkSpellings(note, owners);
  }
}

/** Also in a note that lacks what would make it one: its writer sees all of its mistakes at once. */
function checkRelated({ file, places }: ReadNote, ids: ReadonlySet<string>): void {
  for (const [key, place] of places) {
    const [, id] = /^related: (.*)$/.exec(key) ?? [];
    if (id === undefined) continue;
    if (id === file.stem) complain(file, { ruleId: 'related', reason: 'The note is related to itself', place });
    else if (!ids.has(id)) {
      complain(file, { ruleId: 'related', reason: `There is no note "${id}"`, place, expected: nearest(id, ids) });
    }
  }
}

function checkLink({ file }: ReadNote, { url, place }: NoteLink, ids: ReadonlySet<string>, simulators: Simulators) {
  const [kind = '', target = ''] = url.split(/:(.*)/, 2);
  if (kind === 'concept' && !ids.has(target)) {
    const expected = nearest(target, ids).map((id) => `concept:${id}`);
    complain(file, { ruleId: 'link', reason: `There is no note "${target}"`, place, expected });
  }
  if (kind !== 'simulator' || simulators === undefined) return;
  const [simulator = '', scenario] = target.split('/', 2);
  const scenarios = simulators.get(simulator);
  if (scenarios === undefined) {
    const expected = nearest(simulator, simulators.keys()).map((id) => `simulator:${id}`);
    complain(file, { ruleId: 'link', reason: `There is no simulator "${simulator}"`, place, expected });
  } else if (scenario !== undefined && !scenarios.has(scenario)) {
    const reason = `The simulator "${simulator}" has no scenario "${scenario}"`;
    const expected = nearest(scenario, scenarios).map((id) => `simulator:${simulator}/${id}`);
    complain(file, { ruleId: 'link', reason, place, expected });
  }
}

type Simulators = Known['simulators'];

function checkSimulator({ file, concept, places }: ReadNote, simulators: NonNullable<Simulators>): void {
  const id = concept?.simulator;
  if (concept === undefined || id === undefined) return;
  const scenarios = simulators.get(id);
  if (scenarios === undefined) {
    const [place, expected] = [places.get(`simulator: ${id}`), nearest(id, simulators.keys())];
    complain(file, { ruleId: 'unknown-simulator', reason: `There is no simulator "${id}"`, place, expected });
    return;
  }
  for (const scenario of concept.scenarios) {
    if (scenarios.has(scenario.id)) continue;
    const reason = `The simulator "${id}" has no scenario "${scenario.id}"`;
    const [place, expected] = [places.get(`id: ${scenario.id}`), nearest(scenario.id, scenarios)];
    complain(file, { ruleId: 'unknown-scenario', reason, place, expected });
  }
}

function ownersOf(concepts: readonly Pick<Concept, 'id' | 'terms'>[]): ReadonlyMap<string, readonly string[]> {
  const owners = new Map<string, string[]>();
  for (const { id, terms } of concepts) {
    for (const term of terms) {
      const ids = owners.get(term);
      if (ids) ids.push(id);
      else owners.set(term, [id]);
    }
  }
  return owners;
}

/** A spelling may stand in two notes when each of them says what must be near for its meaning. */
function checkSpellings({ file, concept, places }: ReadNote, owners: ReadonlyMap<string, readonly string[]>): void {
  if (concept === undefined || (concept.scope.near ?? []).length > 0) return;
  for (const term of concept.terms) {
    const others = (owners.get(term) ?? []).filter((id) => id !== concept.id);
    if (others.length === 0) continue;
    const reason = `"${term}" also stands in ${others.join(', ')}: "scope" must say what is near when this is meant`;
    const note = 'Write scope: { near: [words that stand near when this is meant] }, or leave the spelling out.';
    complain(file, { ruleId: 'shared-spelling', reason, place: places.get(`terms: ${term}`), note });
  }
}
