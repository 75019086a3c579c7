import { canonical, compareText, isObject, type Json, stringMember, withMembers } from './json.ts';
import { choose, keyed, laterOf, timeOf } from './merge-members.ts';

/** On a text that both sides changed: the id of the text it is another version of. */
const VERSION_OF = 'patchgloss:versionOf';

/**
 * Merges the texts of a note. Texts are told apart by id, or by what they say where another tool gave none. A text that
 * both sides changed is kept in both versions, the later first; one that only one side deleted stays when the other changed
 * it. `conflict`: something like that happened.
 */
export function mergeBodies(
  base: readonly Json[],
  ours: readonly Json[],
  theirs: readonly Json[],
): { merged: Json[]; conflict: boolean } {
  const [before, left, right] = [keyed(base, keyOf), keyed(ours, keyOf), keyed(theirs, keyOf)];
  const added = [...new Set([...left.keys(), ...right.keys()])].filter((key) => !before.has(key));
  const inOrder = added.sort((a, b) => compareBodies(left.get(a) ?? right.get(a), left.get(b) ?? right.get(b)));
  const merged: Json[] = [];
  let conflict = isReplacedTwice(before, left, right);
  for (const key of [...before.keys(), ...inOrder]) {
    const [a, b] = [left.get(key), right.get(key)];
    const choice = choose(before.get(key), a, b);
    if (!('both' in choice)) {
      if (choice.value !== undefined) merged.push(choice.value);
      continue;
    }
    conflict = true;
    merged.push(...versions(a, b));
  }
  return { merged, conflict };
}

/** A text without id that both sides replaced looks like one that is gone and two that are new. */
function isReplacedTwice(before: Map<string, Json>, left: Map<string, Json>, right: Map<string, Json>): boolean {
  const gone = [...before.keys()].some((key) => !left.has(key) && !right.has(key));
  const newIn = (side: Map<string, Json>, other: Map<string, Json>): boolean =>
    [...side.keys()].some((key) => !before.has(key) && !other.has(key));
  return gone && newIn(left, right) && newIn(right, left);
}

function versions(a: Json | undefined, b: Json | undefined): Json[] {
  if (a === undefined || b === undefined) return [a ?? b ?? []].flat();
  if (!isObject(a) || !isObject(b)) return [a, b].sort((x, y) => compareText(canonical(x), canonical(y)));
  const later = laterOf(a, b);
  const other = later === a ? b : a;
  const id = stringMember(other, 'id');
  // Two bodies must not share an id, or the next merge would take them for one.
  return [later, id === undefined ? other : withMembers(other, { id: undefined, [VERSION_OF]: id })];
}

function keyOf(body: Json): string {
  const id = isObject(body) ? stringMember(body, 'id') : undefined;
  return id ?? canonical(body);
}

function compareBodies(a: Json | undefined, b: Json | undefined): number {
  const [early, late] = [createdAt(a), createdAt(b)];
  if (early !== late) return early < late ? -1 : 1;
  return compareText(canonical(a ?? null), canonical(b ?? null));
}

function createdAt(body: Json | undefined): number {
  if (!isObject(body)) return Number.NEGATIVE_INFINITY;
  const created = stringMember(body, 'created');
  return timeOf(created === undefined ? {} : { created });
}
