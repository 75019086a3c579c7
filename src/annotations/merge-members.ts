import { asList, canonical, compareText, isSame, type Json, type JsonObject, member, stringMember } from './json.ts';

/** Values that lost against a later change of the same member are kept here, each with the member's name. */
export const EARLIER = 'patchgloss:earlier';

/** The result of comparing two sides with what both began as. */
export type Choice<T> = { value: T | undefined } | { both: true };

/** What one side left alone is taken from the other; `both` when the two sides made different things of it. */
export function choose<T extends Json>(base: T | undefined, ours: T | undefined, theirs: T | undefined): Choice<T> {
  if (isSame(ours, theirs) || isSame(base, theirs)) return { value: ours };
  return isSame(base, ours) ? { value: theirs } : { both: true };
}

/**
 * Merges two objects member by member, without the members in `apart`. Where both sides changed one, the later object's
 * value counts and the other is put aside in `patchgloss:earlier`; `both` names these members.
 */
export function mergeMembers(
  base: JsonObject | undefined,
  ours: JsonObject,
  theirs: JsonObject,
  apart: readonly string[],
): { merged: JsonObject; both: string[] } {
  const later = laterOf(ours, theirs);
  const earlier = later === ours ? theirs : ours;
  const merged: [string, Json][] = [];
  const both: string[] = [];
  const aside: Json[] = [...asList(member(ours, EARLIER)), ...asList(member(theirs, EARLIER))];
  for (const name of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
    if (apart.includes(name) || name === EARLIER) continue;
    const [last, first] = [member(later, name), member(earlier, name)];
    const choice = choose(base === undefined ? undefined : member(base, name), last, first);
    const value = 'both' in choice ? (last ?? first) : choice.value;
    if (value !== undefined) merged.push([name, value]);
    if (!('both' in choice)) continue;
    both.push(name);
    if (last !== undefined && first !== undefined) aside.push({ member: name, value: first });
  }
  if (aside.length > 0) merged.push([EARLIER, distinct(aside)]);
  return { merged: Object.fromEntries(merged), both: both.sort(compareText) };
}

/** The one that was changed last, by `modified` or else `created`; the same one whichever is named first. */
export function laterOf<T extends JsonObject>(a: T, b: T): T {
  const difference = timeOf(a) - timeOf(b);
  if (difference !== 0 && !Number.isNaN(difference)) return difference > 0 ? a : b;
  return canonical(a) >= canonical(b) ? a : b;
}

/** Milliseconds since 1970; before all times where there is none. */
export function timeOf(object: JsonObject): number {
  const written = stringMember(object, 'modified') ?? stringMember(object, 'created');
  const time = written === undefined ? Number.NaN : Date.parse(written);
  return Number.isNaN(time) ? Number.NEGATIVE_INFINITY : time;
}

/** Values by what tells them apart; equal ones are numbered, so that none is lost. */
export function keyed<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T> {
  const counts = new Map<string, number>();
  const entries = values.map((value): [string, T] => {
    const key = keyOf(value);
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return [`${count} ${key}`, value];
  });
  return new Map(entries);
}

function distinct(values: readonly Json[]): Json[] {
  const byText = new Map(values.map((value) => [canonical(value), value]));
  return [...byText].sort(([a], [b]) => compareText(a, b)).map(([, value]) => value);
}
