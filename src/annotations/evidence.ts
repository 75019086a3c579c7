import { bareText, firstBare } from './bare-text.ts';
import type { Entry } from './candidates.ts';
import { occurrences } from './occurrences.ts';
import type { Distinct, Reference } from './reference.ts';
import { subjectKey } from './subject.ts';

/** The quote and what stood around it, as bare text. A side is absent where nothing can be said of it. */
export interface Wanted {
  exact: string;
  before?: string;
  behind?: string;
  distinct: ReadonlySet<Distinct>;
  depth?: number;
}

/** One place where the quote's words stand. */
export interface Hit {
  entry: Entry;
  /** UTF-16 offsets in the candidate's text. */
  start: number;
  end: number;
  /** 2: all that is known of both sides agrees; 1: one side agrees and singles the quote out; 0: neither. */
  support: 0 | 1 | 2;
  /** Units of the bare text that agree next to the quote on its better side. */
  agreed: number;
  /** Quote marks more (or less) than where the quote was taken. */
  depthChange: number;
}

/** How a candidate is related to the message of the annotation. */
export type Kinship = 'same' | 'related' | 'possible' | 'other';

/** Hits that are examined for one annotation; the quote of a note should not stand this often anywhere. */
const MOST_HITS = 2000;

/** Units of a side that are compared; anchors of our own keep at most 256. */
const MOST_CONTEXT = 512;

/** Without word of what singled a quote out, lengths of bare text that are taken to do it: a clause, a few words. */
const LONG_QUOTE = 32;
const LONG_SIDE = 16;
const SOME_WORDS = 8;

export function wantedOf(reference: Reference): Wanted | undefined {
  const { quote } = reference;
  if (quote === undefined) return undefined;
  const near = (quote.prefix ?? '').slice(-MOST_CONTEXT);
  const prefix = near.slice(firstBare(near, 0, near.length));
  const bare = bareText(prefix + quote.exact + (quote.suffix ?? '').slice(0, MOST_CONTEXT));
  const split = (offset: number): number => bare.offsets.findLastIndex((at) => at < offset) + 1;
  const from = split(prefix.length);
  const to = split(prefix.length + quote.exact.length);
  const exact = bare.text.slice(from, to);
  if (exact === '') return undefined;
  const before = bare.text.slice(0, from);
  const behind = bare.text.slice(to);
  return {
    exact,
    ...((quote.prefix === '' || before !== '') && { before }),
    ...((quote.suffix === '' || behind !== '') && { behind }),
    distinct: reference.distinct ?? presumed(exact, before, behind),
    ...(reference.depth !== undefined && { depth: reference.depth }),
  };
}

function presumed(exact: string, before: string, behind: string): ReadonlySet<Distinct> {
  const distinct = new Set<Distinct>();
  if (exact.length >= LONG_QUOTE) distinct.add('exact');
  if (before.length >= LONG_SIDE) distinct.add('prefix');
  if (behind.length >= LONG_SIDE) distinct.add('suffix');
  return distinct;
}

/**
 * The places where the quote stands with at least one of its sides; when there are none, all places where it stands. `cut`:
 * there were too many to look at, so none of them can be called the only one.
 */
export function findHits(entries: readonly Entry[], wanted: Wanted): { hits: Hit[]; cut: boolean } {
  const { exact, before = '', behind = '' } = wanted;
  const withBefore = search(entries, before + exact, before.length, wanted);
  const withBehind = search(entries, exact + behind, 0, wanted);
  const known = new Set(withBefore.hits.map(identity));
  const hits = [...withBefore.hits, ...withBehind.hits.filter((hit) => !known.has(identity(hit)))];
  if (hits.some((hit) => hit.support > 0)) return { hits, cut: withBefore.cut || withBehind.cut };
  return search(entries, exact, 0, wanted);
}

function identity(hit: Hit): string {
  return `${hit.entry.order} ${hit.start}`;
}

function search(
  entries: readonly Entry[],
  needle: string,
  skip: number,
  wanted: Wanted,
): { hits: Hit[]; cut: boolean } {
  const hits: Hit[] = [];
  for (const entry of entries) {
    const found = occurrences(entry.bare.text, needle, MOST_HITS - hits.length);
    for (const at of found.at) hits.push(hitAt(entry, at + skip, wanted));
    if (found.cut) return { hits, cut: true };
  }
  return { hits, cut: false };
}

function hitAt(entry: Entry, from: number, wanted: Wanted): Hit {
  const { text, offsets } = entry.bare;
  const to = from + wanted.exact.length;
  const start = offsets[from] ?? 0;
  const before = wanted.before === undefined ? 0 : agreeingBefore(text, from, wanted.before);
  const behind = wanted.behind === undefined ? 0 : agreeingBehind(text, to, wanted.behind);
  const beforeHolds = before === wanted.before?.length && (before > 0 || from === 0);
  const behindHolds = behind === wanted.behind?.length && (behind > 0 || to === text.length);
  const one =
    (beforeHolds && wanted.distinct.has('prefix') && isTolerable(behind, wanted.behind, wanted)) ||
    (behindHolds && wanted.distinct.has('suffix') && isTolerable(before, wanted.before, wanted));
  return {
    entry,
    start,
    end: (offsets[to - 1] ?? 0) + 1,
    support: beforeHolds && behindHolds ? 2 : one ? 1 : 0,
    agreed: Math.max(before, behind),
    depthChange: wanted.depth === undefined ? 0 : entry.bare.depthAt(start) - wanted.depth,
  };
}

/**
 * Whether the side that does not agree wholly may be overlooked. Where look-alikes stood in the text from the start, it
 * must agree for a few words: one line of several may be gone, and its neighbour now stands before the same words.
 */
function isTolerable(agreed: number, side: string | undefined, wanted: Wanted): boolean {
  return wanted.distinct.has('exact') || side === undefined || agreed >= Math.min(SOME_WORDS, side.length);
}

function agreeingBefore(text: string, from: number, before: string): number {
  let count = 0;
  while (count < before.length && count < from && text[from - 1 - count] === before[before.length - 1 - count]) count++;
  return count;
}

function agreeingBehind(text: string, to: number, behind: string): number {
  let count = 0;
  while (count < behind.length && to + count < text.length && text[to + count] === behind[count]) count++;
  return count;
}

export function kinship(reference: Reference, entry: Entry): Kinship {
  const { messageId } = reference;
  if (messageId !== undefined && entry.messageId !== undefined) {
    if (messageId === entry.messageId) return 'same';
    if (entry.references.has(messageId) || sameSubject(reference, entry) === true) return 'related';
    return 'other';
  }
  const subject = sameSubject(reference, entry);
  if (subject !== undefined) return subject ? 'related' : 'other';
  return reference.path !== undefined && reference.path === entry.path ? 'related' : 'possible';
}

function sameSubject(reference: Reference, entry: Entry): boolean | undefined {
  if (reference.subject === undefined || entry.subject === undefined) return undefined;
  return subjectKey(reference.subject) === entry.subject;
}

/** Whether a hit, were it the only one, may be called the place. */
export function isConvincing(hit: Hit, kin: Kinship, wanted: Wanted): boolean {
  const length = wanted.exact.length;
  if (kin === 'same') {
    const unstated = wanted.before === undefined && wanted.behind === undefined;
    return (
      hit.support > 0 || unstated || (wanted.distinct.has('exact') && (length >= LONG_SIDE || hit.agreed >= SOME_WORDS))
    );
  }
  if (kin === 'related') return hit.support > 0 || (wanted.distinct.has('exact') && length >= LONG_QUOTE);
  if (kin === 'other' || hit.support === 0) return false;
  return hit.support === 2 ? length + hit.agreed >= LONG_QUOTE : length >= LONG_SIDE && hit.agreed >= LONG_SIDE;
}
