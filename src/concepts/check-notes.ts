/** What only all notes together can show: names that lead nowhere, and spellings that nobody can tell apart. */
import type { ReadNote } from './read-note.ts';

/** Writes its messages to the notes' own files. `known` are ids of notes that are not among these. */
export function checkTogether(notes: readonly ReadNote[], known: Iterable<string> = []): void {
  const ids = new Set(known);
  for (const { concept } of notes) if (concept) ids.add(concept.id);
  for (const note of notes) checkReferences(note, ids);
  checkSpellings(notes);
}

function checkReferences(note: ReadNote, ids: ReadonlySet<string>): void {
  for (const id of note.concept?.related ?? []) {
    if (id === note.concept?.id) complain(note, 'related', 'The note is related to itself', `related: ${id}`);
    else if (!ids.has(id)) complain(note, 'related', `There is no note "${id}"`, `related: ${id}`);
  }
  for (const { url, place } of note.links) {
    const id = url.startsWith('concept:') ? url.slice('concept:'.length) : undefined;
    if (id === undefined || ids.has(id)) continue;
    const options = { ...(place && { place }), ruleId: 'link', source: 'note' };
    note.file.message(`There is no note "${id}"`, options).fatal = true;
  }
}

/** A spelling may stand in two notes when each of them says what must be near for its meaning. */
function checkSpellings(notes: readonly ReadNote[]): void {
  const owners = new Map<string, ReadNote[]>();
  for (const note of notes) {
    for (const term of note.concept?.terms ?? []) {
      const others = owners.get(term);
      if (others) others.push(note);
      else owners.set(term, [note]);
    }
  }
  for (const [term, sharing] of owners) {
    if (sharing.length < 2) continue;
    for (const note of sharing) {
      if ((note.concept?.scope.near ?? []).length > 0) continue;
      const others = sharing.filter((other) => other !== note).map((other) => other.concept?.id);
      const reason = `"${term}" also stands in ${others.join(', ')}: "scope" must say what is near when this is meant`;
      complain(note, 'shared-spelling', reason, `terms: ${term}`);
    }
  }
}

function complain(note: ReadNote, ruleId: string, reason: string, key: string): void {
  const place = note.places.get(key);
  note.file.message(reason, { ...(place && { place }), ruleId, source: 'note' }).fatal = true;
}
