import { type Annotation, bodiesOf } from './annotation.ts';
import { canonical, isSame } from './json.ts';
import { mergeBodies } from './merge-bodies.ts';
import { keyed, laterOf, mergeMembers } from './merge-members.ts';
import type { Damaged, Store } from './store.ts';

/** What a reader should be told about a merge: both sides had touched the same thing. Nothing of either is lost. */
export interface MergeConflict {
  /** The annotation; absent for the page itself. */
  id?: string;
  /** The members that both sides changed; none where one side deleted what the other changed. */
  members: readonly string[];
  message: string;
}

export interface Merge {
  store: Store;
  conflicts: MergeConflict[];
}

/**
 * Merges two stores that began as `base` (absent: as nothing), so that two windows, or a window and an outside edit, lose
 * nothing. By id: what one side added, changed or deleted is taken; what one side deleted and the other changed stays; what
 * both changed is merged member by member. Both versions of a text are kept. Of other members the later `modified` counts,
 * and the other value is kept in `patchgloss:earlier`. The annotations do not depend on which side is called ours.
 */
export function mergeStores(base: Store | undefined, ours: Store, theirs: Store): Merge {
  const conflicts: MergeConflict[] = [];
  const [before, left, right] = [byId(base), byId(ours), byId(theirs)];
  const annotations: Annotation[] = [];
  for (const id of new Set([...left.keys(), ...right.keys()])) {
    const merged = mergeOne(before.get(id), left.get(id), right.get(id), conflicts);
    if (merged !== undefined) annotations.push(merged);
  }
  const page = mergeMembers(base?.members, ours.members, theirs.members, []);
  if (page.both.length > 0) conflicts.push({ members: page.both, message: messageFor(false, page.both) });
  const keepAside = ours.keepAside ?? theirs.keepAside;
  const damaged = mergeDamaged(base?.damaged ?? [], ours.damaged, theirs.damaged);
  const store = { members: page.merged, annotations, damaged, ...(keepAside !== undefined && { keepAside }) };
  return { store, conflicts };
}

function byId(store: Store | undefined): Map<string, Annotation> {
  return new Map((store?.annotations ?? []).map((annotation) => [annotation.id, annotation]));
}

function mergeOne(
  base: Annotation | undefined,
  ours: Annotation | undefined,
  theirs: Annotation | undefined,
  conflicts: MergeConflict[],
): Annotation | undefined {
  if (isSame(ours, theirs) || isSame(base, theirs)) return ours;
  if (isSame(base, ours)) return theirs;
  if (ours !== undefined && theirs !== undefined) return mergeBoth(base, ours, theirs, conflicts);
  const kept = ours ?? theirs;
  const message = 'One side deleted the note, the other changed it; it was kept.';
  if (kept !== undefined) conflicts.push({ id: kept.id, members: [], message });
  return kept;
}

function mergeBoth(
  base: Annotation | undefined,
  ours: Annotation,
  theirs: Annotation,
  conflicts: MergeConflict[],
): Annotation {
  const { merged, both } = mergeMembers(base, ours, theirs, ['modified', 'body', 'bodyValue']);
  const texts = mergeBodies(base === undefined ? [] : bodiesOf(base), bodiesOf(ours), bodiesOf(theirs));
  const members = texts.conflict ? ['body', ...both] : both;
  if (members.length > 0) conflicts.push({ id: ours.id, members, message: messageFor(texts.conflict, both) });
  const { modified } = laterOf(ours, theirs);
  return {
    ...merged,
    id: ours.id,
    ...(modified !== undefined && { modified }),
    ...(texts.merged.length > 0 && { body: texts.merged }),
  };
}

function messageFor(texts: boolean, others: readonly string[]): string {
  const kept = texts ? ['Both sides changed the text; both versions are kept.'] : [];
  const won = others.length > 0 ? [`Both sides changed ${others.join(', ')}; the later change counts.`] : [];
  return [...kept, ...won].join(' ');
}

/** An entry stays unless one side, which began with it, took it out. */
function mergeDamaged(base: readonly Damaged[], ours: readonly Damaged[], theirs: readonly Damaged[]): Damaged[] {
  const entriesOf = (damaged: readonly Damaged[]) => keyed(damaged, ({ raw }) => canonical(raw));
  const [before, left, right] = [entriesOf(base), entriesOf(ours), entriesOf(theirs)];
  const merged: Damaged[] = [];
  for (const [key, entry] of new Map([...right, ...left])) {
    if (!before.has(key) || (left.has(key) && right.has(key))) merged.push(entry);
  }
  return merged;
}
