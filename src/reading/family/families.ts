import { type PostedTraits, SKETCH } from './traits.ts';

/** More threads of one author than these have a title or a changed line in common by custom: it tells nothing. */
const MOST_ALIKE = 40;
/** Patches that change fewer telling lines are alike by chance. */
const FEWEST_CHANGES = 4;

/** What tells that a thread holds a version of a series: the change-id, the author with the subject, or the author with his patches. */
export type VersionEvidence = 'change-id' | 'subject' | 'patches';

/** What each thread has to do with the others, by its number. */
export interface VersionFamilies {
  /** The first thread of its family. */
  first: Int32Array;
  /** The strongest evidence that it is of its family; absent where it is alone. */
  by: readonly (VersionEvidence | undefined)[];
}

/** As `familiesOf`, with what tells so. */
export function versionFamilies(threads: readonly (readonly PostedTraits[])[]): VersionFamilies {
  const families = new Families(threads.length);
  byName(threads, families, 'change-id', ({ changeId }) =>
    changeId === undefined ? undefined : `change-id ${changeId}`,
  );
  byName(threads, families, 'subject', ({ kind, sender, title, tree }) =>
    kind === 'cover' && sender !== undefined ? `${sender} ${tree ?? ''} ${title}` : undefined,
  );
  byTitles(threads, families);
  byChanges(threads, families);
  return families.result();
}

/**
 * Which threads hold versions of one series: for each thread the number of the first thread of its family. `threads` are what each posts. Versions are known by the
 * change-id of the series; by its author and subject; by its author and half of the subjects of its patches; or by its author and half of its
 * patches being alike. What is less sure is no version. Linear in what is posted.
 */
export function familiesOf(threads: readonly (readonly PostedTraits[])[]): Int32Array {
  return versionFamilies(threads).first;
}

/** Threads that are put together one after the other (union and find). */
class Families {
  readonly #above: Int32Array;
  readonly #by: (VersionEvidence | undefined)[] = [];

  constructor(count: number) {
    this.#above = Int32Array.from({ length: count }, (_, index) => index);
  }

  of(thread: number): number {
    let top = thread;
    while ((this.#above[top] ?? top) !== top) top = this.#above[top] ?? top;
    for (let at = thread; at !== top; ) [at, this.#above[at]] = [this.#above[at] ?? top, top];
    return top;
  }

  /** The strongest evidence comes first. */
  join(one: number, other: number, by: VersionEvidence): void {
    if (one === other) return;
    this.#by[one] ??= by;
    this.#by[other] ??= by;
    const [a, b] = [this.of(one), this.of(other)];
    this.#above[Math.max(a, b)] = Math.min(a, b);
  }

  result(): VersionFamilies {
    return { first: this.#above.map((_, thread) => this.of(thread)), by: this.#by };
  }
}

function byName(
  threads: readonly (readonly PostedTraits[])[],
  families: Families,
  by: VersionEvidence,
  nameOf: (one: PostedTraits) => string | undefined,
): void {
  const first = new Map<string, number>();
  for (const [thread, posted] of threads.entries()) {
    for (const one of posted) {
      const name = nameOf(one);
      if (name === undefined) continue;
      const known = first.get(name);
      if (known === undefined) first.set(name, thread);
      else families.join(known, thread, by);
    }
  }
}

function byTitles(threads: readonly (readonly PostedTraits[])[], families: Families): void {
  const titles = threads.map((posted) => new Set(posted.flatMap((one) => (one.kind === 'patch' ? titleOf(one) : []))));
  const holders = new Map<string, number[]>();
  for (const [thread, all] of titles.entries()) for (const title of all) add(holders, title, thread);
  const common = new Pairs();
  for (const found of holders.values()) if (found.length <= MOST_ALIKE) common.countAll(found);
  for (const [one, other, count] of common.entries())
    if (2 * count >= Math.min(titles[one]?.size ?? 0, titles[other]?.size ?? 0)) families.join(one, other, 'patches');
}

function titleOf({ sender, tree, title }: PostedTraits): string[] {
  return sender === undefined || title === '' ? [] : [`${sender} ${tree ?? ''} ${title}`];
}

function byChanges(threads: readonly (readonly PostedTraits[])[], families: Families): void {
  const patches = threads.flatMap((posted, thread) =>
    posted.flatMap((one) =>
      one.sender === undefined || one.sketch.length < FEWEST_CHANGES ? [] : [{ ...one, thread, owner: one.sender }],
    ),
  );
  const holders = new Map<string, number[]>();
  for (const [index, { owner, tree, sketch }] of patches.entries())
    for (const hash of sketch) add(holders, `${hash} ${tree ?? ''} ${owner}`, index);
  const shared = new Pairs();
  for (const found of holders.values()) if (found.length <= MOST_ALIKE) shared.countAll(found);
  const alike = new Map<string, { one: number; other: number; ones: Set<number>; others: Set<number> }>();
  for (const [one, other, count] of shared.entries()) {
    const [a, b] = [patches[one], patches[other]];
    if (!a || !b || a.thread === b.thread || families.of(a.thread) === families.of(b.thread)) continue;
    if (2 * count < FEWEST_CHANGES || !areAlike(a.sketch, b.sketch)) continue;
    const pair = `${a.thread} ${b.thread}`;
    const known = alike.get(pair) ?? { one: a.thread, other: b.thread, ones: new Set(), others: new Set() };
    known.ones.add(one);
    known.others.add(other);
    alike.set(pair, known);
  }
  for (const { one, other, ones, others } of alike.values()) {
    const least = Math.min(patchesIn(threads[one]), patchesIn(threads[other]));
    if (2 * Math.min(ones.size, others.size) >= least) families.join(one, other, 'patches');
  }
}

function patchesIn(posted: readonly PostedTraits[] | undefined): number {
  return (posted ?? []).filter(({ kind }) => kind === 'patch').length;
}

/** Of the smallest hashes of both together at least half are in both (Broder 1997): so are about half of all their lines. */
function areAlike(one: readonly number[], other: readonly number[]): boolean {
  const both = new Set(other);
  const union = [...new Set([...one, ...other])].sort((a, b) => a - b).slice(0, SKETCH);
  const left = new Set(one);
  return 2 * union.filter((hash) => left.has(hash) && both.has(hash)).length >= union.length;
}

function add(holders: Map<string, number[]>, name: string, index: number): void {
  const known = holders.get(name);
  if (known === undefined) holders.set(name, [index]);
  else if (known.at(-1) !== index) known.push(index);
}

/** How often two numbers were met together. */
class Pairs {
  readonly #counts = new Map<number, Map<number, number>>();

  countAll(met: readonly number[]): void {
    for (const [at, one] of met.entries()) {
      for (const other of met.slice(at + 1)) {
        const counts = this.#counts.get(one) ?? new Map<number, number>();
        this.#counts.set(one, counts);
        counts.set(other, (counts.get(other) ?? 0) + 1);
      }
    }
  }

  *entries(): Generator<[one: number, other: number, count: number]> {
    for (const [one, counts] of this.#counts) for (const [other, count] of counts) yield [one, other, count];
  }
}
