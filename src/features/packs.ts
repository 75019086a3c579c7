/** Which notes count: packs of ours, and the reader's own. One glossary for all that is asked, until another is handed in. */
import { type Conflict, type Glossary, glossary, type JoinedPacks, joinPacks, type Pack } from '#concepts';
import ours from '#concepts/ours';

interface PacksInUse {
  joined: JoinedPacks;
  glossary: Glossary;
}

let inUse: PacksInUse | undefined;

function current(): PacksInUse {
  inUse ??= glossaryOf(ours);
  return inUse;
}

function glossaryOf(packs: readonly Pack[]): PacksInUse {
  const joined = joinPacks(packs);
  return { joined, glossary: glossary(joined.concepts) };
}

/**
 * From now on these packs are what answers are made from, later ones before earlier ones; what was found in mails with the notes
 * before is found anew when it is asked for, from the trees that are there. Gives what the packs do not agree on.
 */
export function usePacks(packs: readonly Pack[]): readonly Conflict[] {
  inUse = glossaryOf(packs);
  return inUse.joined.conflicts;
}

/** The packs that answers are made from, in order. Those that were built in, until others are handed in. */
export function packsInUse(): JoinedPacks {
  return current().joined;
}

/** The glossary of the packs in use, built on first use; another object after others were handed in. */
export function ourGlossary(): Glossary {
  return current().glossary;
}
