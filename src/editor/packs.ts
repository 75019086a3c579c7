/**
 * Which notes answers are made from: the built-in packs that are switched on, the notes of the workspace, and those of the
 * folders that the settings name. Read with the first question; followed from then on.
 */
import type { Conflict, Pack } from '#concepts';
import { oneAfterTheOther } from './in-turn.ts';
import { builtInPacks } from './packs/built-in.ts';
import { glossaryChanges } from './packs/changed.ts';
import { followNotes } from './packs/follow.ts';
import { ownPacks } from './packs/own.ts';
import { tellOfNotes } from './packs/tell.ts';

type UsePacks = (packs: readonly Pack[]) => readonly Conflict[];

/**
 * Reads the built-in packs and hands them in. The reader's own notes come a moment later, with {@link glossaryChanges}: no
 * first hover waits for a slow folder.
 */
export async function loadPacks(use: UsePacks): Promise<void> {
  const builtIn = await builtInPacks();
  use(builtIn.packs);
  let before: readonly unknown[] = notesOf(builtIn.packs);
  const refresh = refreshing(async () => {
    const [ours, own] = await Promise.all([builtInPacks(), ownPacks()]);
    const packs = [...ours.packs, ...own.packs];
    const now = notesOf(packs);
    const isSame = now.length === before.length && now.every((note, at) => note === before[at]);
    const conflicts = isSame ? undefined : use(packs);
    before = now;
    tellOfNotes(packs, [...ours.problems, ...own.problems], conflicts);
    if (conflicts) glossaryChanges.fire();
  });
  // It lives as long as the extension: there is no host in which notes count no more.
  followNotes(refresh);
  refresh();
}

/** Packs and notes that did not change are the same objects. */
function notesOf(packs: readonly Pack[]): readonly unknown[] {
  return packs.flatMap((pack) => [pack.id, ...pack.concepts]);
}

/** One at a time; what is asked for while one waits for its turn is asked once. */
function refreshing(read: () => Promise<void>): () => void {
  const inTurn = oneAfterTheOther();
  let isWaiting = false;
  return () => {
    if (isWaiting) return;
    isWaiting = true;
    void inTurn(() => {
      isWaiting = false;
      return read();
    });
  };
}
