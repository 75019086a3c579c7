import type { Threads } from '#archive';
import { addressesOf, familiesOf, type PostedTraits, traitsOf } from '#reading';
import type { Page } from '../reading.ts';

/** Roots of threads that hold versions of one series, by the root of each of them; what has no other version is absent. */
export type Families = ReadonlyMap<string, readonly string[]>;

/** What tells which series a mail posts a version of; absent for what posts none. */
export function postedTraits({ kind, subject, fields, message }: Page): PostedTraits | undefined {
  if (kind !== 'patch' && kind !== 'cover') return undefined;
  return traitsOf(kind, subject ?? '', addressesOf(fields.get('from')?.[0] ?? '')[0]?.address, message.tree);
}

/** `traits` are those of the mails that post something, by their keys. */
export function familiesIn(threads: Threads['threads'], traits: ReadonlyMap<string, PostedTraits>): Families {
  const posted = threads.map(({ messages }) => messages.flatMap((key) => traits.get(key) ?? []));
  const families = new Map<number, string[]>();
  for (const [thread, family] of familiesOf(posted).entries()) {
    const roots = families.get(family) ?? [];
    roots.push(threads[thread]?.root ?? '');
    families.set(family, roots);
  }
  const several = [...families.values()].filter((roots) => roots.length > 1);
  return new Map(several.flatMap((roots) => roots.map((root) => [root, roots] as const)));
}
