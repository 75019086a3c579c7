import { findIndex, freshIndex, type IndexStore, type KeptIndex } from '#archive';
import { indexName, modifiedAt } from '#archive/node';
import type { IndexUnits } from '#features';

/** The index of a mailbox in a file, and whether the store has all of it already. */
export interface KeptMailbox {
  index: KeptIndex;
  stored: boolean;
}

/** The index that a store keeps for the file at `path`, brought up to date; or a fresh one. Absent where the file is no mailbox. */
export async function keptMailbox(
  path: string,
  units: IndexUnits,
  store: IndexStore,
): Promise<KeptMailbox | undefined> {
  // Asked before the content is read: what changes meanwhile is found the next time.
  const modified = modifiedAt(path);
  const found = await findIndex(store, indexName(path), units, modified);
  if (found?.change === 'none') return { index: found.index, stored: true };
  const index = drained(freshIndex(units, modified, found?.index, Number.POSITIVE_INFINITY));
  return index && { index, stored: false };
}

function drained<Result>(steps: Generator<unknown, Result>): Result {
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}
