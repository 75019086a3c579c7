/** Several packs as one glossary, and what they do not agree on. */
import type { Concept } from './concept.ts';
import type { Pack } from './pack.ts';

/** What a reader should know about notes of two packs: data, told by whoever shows the notes. */
export type Conflict = Replaced | Shared;

/** A note that does not count, because a later pack has one of the same id. */
export interface Replaced {
  kind: 'replaced';
  id: string;
  /** Ids of packs: whose note it was, and whose stands now. */
  from: string;
  by: string;
}

/** A spelling that notes of several packs have, none of which says what must be near: nothing can decide between them. */
export interface Shared {
  kind: 'shared';
  term: string;
  /** In the order of the packs. */
  notes: readonly { id: string; pack: string }[];
}

export interface JoinedPacks {
  packs: readonly Pack[];
  /** The notes that count, in the order of the packs; one that replaces another stands in its place. */
  concepts: readonly Concept[];
  conflicts: readonly Conflict[];
  /** The pack that a note of this id comes from. */
  packOf(id: string): Pack | undefined;
}

/** Joins packs; of two notes with one id the later one counts, so that a reader's own note may replace one of ours. */
export function joinPacks(packs: readonly Pack[]): JoinedPacks {
  const notes = new Map<string, { concept: Concept; pack: Pack }>();
  const conflicts: Conflict[] = [];
  for (const pack of packs) {
    for (const concept of pack.concepts) {
      const before = notes.get(concept.id);
      // The same pack cannot replace its own note: two of one id in it are one.
      if (before !== undefined && before.pack !== pack) {
        conflicts.push({ kind: 'replaced', id: concept.id, from: before.pack.id, by: pack.id });
      }
      notes.set(concept.id, { concept: withLists(concept, pack), pack });
    }
  }
  conflicts.push(...sharedSpellings([...notes.values()]));
  return {
    packs,
    concepts: [...notes.values()].map(({ concept }) => concept),
    conflicts,
    packOf: (id) => notes.get(id)?.pack,
  };
}

/** The lists of a pack are those of its notes. */
function withLists(concept: Concept, { lists }: Pack): Concept {
  return lists === undefined ? concept : { ...concept, scope: { ...concept.scope, lists } };
}

function sharedSpellings(notes: readonly { concept: Concept; pack: Pack }[]): Shared[] {
  const owners = new Map<string, { id: string; pack: string }[]>();
  for (const { concept, pack } of notes) {
    if ((concept.scope.near ?? []).length > 0) continue;
    for (const term of new Set(concept.terms)) {
      const sharing = owners.get(term);
      const owner = { id: concept.id, pack: pack.id };
      if (sharing) sharing.push(owner);
      else owners.set(term, [owner]);
    }
  }
  return [...owners].flatMap(([term, sharing]): Shared[] =>
    new Set(sharing.map(({ pack }) => pack)).size > 1 ? [{ kind: 'shared', term, notes: sharing }] : [],
  );
}
