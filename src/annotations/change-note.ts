import type { Annotation } from './annotation.ts';
import { type Merge, type MergeConflict, mergeStores } from './merge.ts';
import { emptyStore, type Store } from './store.ts';

/** What a reader did to one note. */
export interface NoteChange {
  /** The note as the reader saw it; absent: it is new. */
  before?: Annotation;
  /** As it is to be; absent: it is deleted. */
  after?: Annotation;
}

/**
 * Brings changes into a store that others may have written since the reader looked. What they did to the same notes is merged as
 * `mergeStores` does it, so that no words of either are lost; all other notes stay as they are.
 */
export function changeNotes(store: Store, changes: readonly NoteChange[]): Merge {
  const notes = new Map(store.annotations.map((annotation) => [annotation.id, annotation]));
  const conflicts: MergeConflict[] = [];
  for (const { before, after } of changes) {
    const id = (after ?? before)?.id;
    if (id === undefined) continue;
    const merge = mergeStores(alone(before), alone(after), alone(notes.get(id)));
    conflicts.push(...merge.conflicts);
    const [left] = merge.store.annotations;
    if (left === undefined) notes.delete(id);
    else notes.set(id, left);
  }
  return { store: { ...store, annotations: [...notes.values()] }, conflicts };
}

function alone(annotation: Annotation | undefined): Store {
  return { ...emptyStore(), annotations: annotation === undefined ? [] : [annotation] };
}
