import type { Units } from '#cut';
import { changeSince, indexKeyOf } from './index-key.ts';
import { type IndexProgress, tableInSlices } from './mailbox-index.ts';
import { MailboxWalk } from './mailbox-walk.ts';
import { NamedIdNumbers } from './named-ids.ts';
import { type KeptIndex, openIndex } from './packed-index.ts';

/** Where indexes are kept, each under a name of letters and digits. What is lost there is made again. */
export interface IndexStore {
  /** Absent where there is none. */
  read(name: string): Promise<Uint8Array | undefined>;
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** Forgets one. */
  remove(name: string): Promise<void>;
  list(): Promise<readonly string[]>;
}

/** An index that was kept, and what has become of its source since. */
export interface FoundIndex {
  index: KeptIndex;
  change: 'none' | 'grown';
}

/** The index that a store keeps for a source. One of another source, or a damaged one, is removed. */
export async function findIndex(
  store: IndexStore,
  name: string,
  units: Units,
  modified: number,
): Promise<FoundIndex | undefined> {
  const bytes = await store.read(name);
  if (!bytes) return undefined;
  const index = openIndex(bytes);
  const change = index ? changeSince(index.key, units, modified) : 'other';
  if (index && change !== 'other') return { index, change };
  await store.remove(name);
  return undefined;
}

/** Indexes a mailbox so that it can be kept, in slices of about `budget` units. Absent where the source is no mailbox. */
export function* indexToKeep(
  units: Units,
  modified: number,
  budget: number,
): Generator<IndexProgress, KeptIndex | undefined> {
  const key = indexKeyOf(units, modified);
  const table = yield* tableInSlices(units, budget);
  return table && { key, table };
}

/**
 * The index of a source that has grown at its end, from the one that was kept: only what was added is read, and the messages before it that may now end elsewhere. The
 * same as the index of the whole.
 */
export function* continueIndex(
  old: KeptIndex,
  units: Units,
  modified: number,
  budget: number,
): Generator<IndexProgress, KeptIndex | undefined> {
  const named = new NamedIdNumbers();
  // What a short source is was told from all of it.
  const walk = old.key.length < SHORT ? undefined : MailboxWalk.behind(old.table, units, named);
  if (!walk) return yield* indexToKeep(units, modified, budget);
  const key = indexKeyOf(units, modified);
  while (walk.goOn(budget)) yield walk.progress;
  return { key, table: { ...walk.places(), ids: named.table() } };
}

/** From what was kept before the source grew, or from nothing. */
export function freshIndex(
  units: Units,
  modified: number,
  grown: KeptIndex | undefined,
  budget: number,
): Generator<IndexProgress, KeptIndex | undefined> {
  return grown ? continueIndex(grown, units, modified, budget) : indexToKeep(units, modified, budget);
}

/** In units. */
const SHORT = 16_384;
