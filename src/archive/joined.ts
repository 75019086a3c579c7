import type { Posting } from './by-subject.ts';
import { Links, type NamedIds } from './links.ts';
import type { JoinedMessages } from './packed-parts.ts';
import { adoptOrphans } from './threads.ts';

/** What the headers of messages say that is not in their ids; asked about few of them. */
export interface HeaderFacts {
  posting: (index: number) => Posting | undefined;
  /** In milliseconds since 1970. */
  time: (index: number) => number | undefined;
}

/** The rules of `threadsOf` on numbers, for a million messages. */
export function joinMessages(named: NamedIds, facts: HeaderFacts): JoinedMessages {
  const links = new Links(named);
  adoptOrphans(links, named.starts, facts.posting, facts.time);
  const { threads, count } = links.threadNumbers();
  return {
    parents: links.parents,
    duplicates: links.duplicateOf,
    threads,
    roots: rootsOf(links.parents, threads, count, facts),
  };
}

/** As `rootOf` finds them, all in one pass. */
function rootsOf(parents: Int32Array, threads: Int32Array, count: number, { time }: HeaderFacts): Int32Array {
  const roots = new Int32Array(count).fill(-1);
  const firsts = new Int32Array(count).fill(-1);
  /** Of the best one so far; NaN behind one without a date, when the first one stays. */
  const earliest = new Float64Array(count);
  for (const [index, parent] of parents.entries()) {
    if (parent !== -1) continue;
    const thread = threads[index] ?? 0;
    const first = firsts[thread] ?? -1;
    if (first === -1) {
      roots[thread] = index;
      firsts[thread] = index;
      continue;
    }
    // Most threads have one message that answers none: no date is read for them.
    if (roots[thread] === first && earliest[thread] === 0) earliest[thread] = time(first) ?? Number.NaN;
    const date = time(index) ?? Number.NaN;
    if (Number.isNaN(date) || Number.isNaN(earliest[thread])) {
      roots[thread] = first;
      earliest[thread] = Number.NaN;
    } else if (date < (earliest[thread] ?? 0)) {
      roots[thread] = index;
      earliest[thread] = date;
    }
  }
  return roots;
}

/** The messages of each thread in their order, one thread after the other. */
export function* membersOf({ threads, roots }: JoinedMessages): Generator<Int32Array> {
  const ends = new Int32Array(roots.length + 1);
  for (const thread of threads) ends[thread + 1] = (ends[thread + 1] ?? 0) + 1;
  for (let thread = 0; thread < roots.length; thread++)
    ends[thread + 1] = (ends[thread + 1] ?? 0) + (ends[thread] ?? 0);
  const next = ends.slice();
  const members = new Int32Array(threads.length);
  for (const [index, thread] of threads.entries()) {
    const at = next[thread] ?? 0;
    members[at] = index;
    next[thread] = at + 1;
  }
  for (let thread = 0; thread < roots.length; thread++) yield members.subarray(ends[thread], ends[thread + 1]);
}
