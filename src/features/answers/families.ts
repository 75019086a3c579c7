import type { Threads } from '#archive';
import { addressesOf, type PostedTraits, traitsOf, type VersionEvidence, versionFamilies } from '#reading';
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
  return familiesOfVersions(versionsIn(threads, traits));
}

export function familiesOfVersions(versions: ReadonlyMap<string, VersionOf>): Families {
  const families = new Map<string, string[]>();
  for (const [root, { root: first }] of versions) {
    const roots = families.get(first) ?? [first];
    roots.push(root);
    families.set(first, roots);
  }
  return new Map([...families.values()].flatMap((roots) => roots.map((root) => [root, roots] as const)));
}

/** What a thread is a version of: the thread that held one first, and what tells so. */
export interface VersionOf {
  root: string;
  by: VersionEvidence;
}

/** By the root of each thread whose series is in an earlier thread too, which thread that is. */
export function versionsIn(
  threads: readonly Pick<Threads['threads'][number], 'root' | 'messages'>[],
  traits: ReadonlyMap<string, PostedTraits>,
): ReadonlyMap<string, VersionOf> {
  const { first, by } = versionFamilies(
    threads.map(({ messages }) => messages.flatMap((key) => traits.get(key) ?? [])),
  );
  const versions = new Map<string, VersionOf>();
  for (const [thread, { root }] of threads.entries()) {
    const one = threads[first[thread] ?? thread];
    const evidence = by[thread];
    if (one && evidence && first[thread] !== thread) versions.set(root, { root: one.root, by: evidence });
  }
  return versions;
}
