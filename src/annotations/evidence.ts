import { bareText, firstBare } from './bare-text.ts';
import type { Entry } from './candidates.ts';
import { looseText, masksAny } from './loose-text.ts';
import { occurrences } from './occurrences.ts';
import type { Distinct, Reference } from './reference.ts';
import { subjectKey } from './subject.ts';

/** How texts are compared: without white space and quote marks, or also without what archives mask (`looseText`). */
export type Look = 'bare' | 'loose';

/** The quote and what stood around it, as bare text. A side is absent where nothing can be said of it. */
export interface Wanted {
  look: Look;
  exact: string;
  before?: string;
  behind?: string;
  distinct: ReadonlySet<Distinct>;
  /** What is distinct is not known, but taken from the lengths. */
  presumed: boolean;
  depth?: number;
  /** Code points before the quote where the note was written. */
  position?: number;
  /** The quote begins, or ends, with something that the look leaves out. */
  hiddenHead?: boolean;
  hiddenTail?: boolean;
}

/** One place where the quote's words stand. */
export interface Hit {
  entry: Entry;
  look: Look;
  /** Where the words begin in the bare text, and their length there. */
  at: number;
  length: number;
  /** UTF-16 offsets in the candidate's text. */
  start: number;
  end: number;
  /** 2: all that is known of both sides agrees; 1: one side agrees that singled the quote out; 0: neither. */
  support: 0 | 1 | 2;
  /** Of one side: that the other one may be overlooked. */
  tolerable: boolean;
  /** Units of the bare text that agree next to the quote on its better side, and on its worse one. */
  agreed: number;
  agreedLess: number;
  /** How far from the place where the note was written; absent where that is not known. */
  distance?: number;
  /** Quote marks more (or less) than where the quote was taken. */
  depthChange: number;
}

/**
 * How a candidate is related to the message of the annotation. `possible`: it says nothing of its origin; `unknown`: it is
 * another message, and nothing says of which patch the annotation was; `other`: it is about something else.
 */
export type Kinship = 'same' | 'related' | 'possible' | 'unknown' | 'other';

/** Hits that are examined for one annotation; the quote of a note should not stand this often anywhere. */
const MOST_HITS = 2000;

/** Units of a side that are compared; anchors of our own keep at most 256. */
const MOST_CONTEXT = 512;

/** Without word of what singled a quote out, lengths of bare text that are taken to do it: a clause, a few words. */
const LONG_QUOTE = 32;
const LONG_SIDE = 16;
/** Words with both sides that two mails do not share by chance. */
const LONG_TEXT = 64;
const SOME_WORDS = 8;
/** Code points that a note may have moved in its message when a neighbour of its words has changed. */
const NEAR = 128;

export function wantedOf(reference: Reference, look: Look = 'bare'): Wanted | undefined {
  const { quote } = reference;
  if (quote === undefined) return undefined;
  const near = wholeWordsBefore((quote.prefix ?? '').slice(-MOST_CONTEXT), look);
  const prefix = near.slice(firstBare(near, 0, near.length));
  const suffix = wholeWordsBehind((quote.suffix ?? '').slice(0, MOST_CONTEXT), look);
  const bare = (look === 'bare' ? bareText : looseText)(prefix + quote.exact + suffix);
  const split = (offset: number): number => bare.offsets.findLastIndex((at) => at < offset) + 1;
  const from = split(prefix.length);
  const to = split(prefix.length + quote.exact.length);
  const exact = bare.text.slice(from, to);
  // Where nothing is left out the words have been looked for already.
  if (exact === '' || (look === 'loose' && !masksAny(prefix + quote.exact + suffix))) return undefined;
  const before = bare.text.slice(0, from);
  const behind = bare.text.slice(to);
  return {
    look,
    exact,
    ...((quote.prefix === '' || before !== '') && { before }),
    ...((quote.suffix === '' || behind !== '') && { behind }),
    distinct: (look === 'bare' ? reference.distinct : undefined) ?? presumed(exact, before, behind),
    presumed: reference.distinct === undefined,
    ...(reference.depth !== undefined && { depth: reference.depth }),
    ...(reference.position !== undefined && { position: reference.position.start }),
    ...(look === 'loose' && hiddenEdges(quote.exact)),
  };
}

function hiddenEdges(exact: string): Pick<Wanted, 'hiddenHead' | 'hiddenTail'> {
  const { offsets } = looseText(exact);
  const [bare, loose] = [bareText(exact).offsets, offsets];
  return { hiddenHead: bare[0] !== loose[0], hiddenTail: bare.at(-1) !== loose.at(-1) };
}

/** Half an address at the edge of a side would not be known for one. */
function wholeWordsBefore(side: string, look: Look): string {
  return look === 'bare' ? side : side.slice(Math.max(0, side.search(/\s/)));
}

function wholeWordsBehind(side: string, look: Look): string {
  return look === 'bare' ? side : side.replace(/\S{0,512}$/, '');
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
  const among = wanted.look === 'bare' ? entries[0]?.index.holding(needle, entries) : entries;
  for (const entry of among ?? []) {
    const found = occurrences(entry[wanted.look].text, needle, MOST_HITS - hits.length);
    for (const at of found.at) hits.push(hitAt(entry, at + skip, wanted));
    if (found.cut) return { hits, cut: true };
  }
  return { hits, cut: false };
}

function hitAt(entry: Entry, from: number, wanted: Wanted): Hit {
  const { text, offsets, depthAt } = entry[wanted.look];
  const to = from + wanted.exact.length;
  const start = offsets[from] ?? 0;
  const before = wanted.before === undefined ? 0 : agreeingBefore(text, from, wanted.before);
  const behind = wanted.behind === undefined ? 0 : agreeingBehind(text, to, wanted.behind);
  const beforeHolds = before === wanted.before?.length && (before > 0 || from === 0);
  const behindHolds = behind === wanted.behind?.length && (behind > 0 || to === text.length);
  const byBefore = beforeHolds && wanted.distinct.has('prefix');
  const byBehind = behindHolds && wanted.distinct.has('suffix');
  return {
    entry,
    look: wanted.look,
    at: from,
    length: wanted.exact.length,
    start,
    end: (offsets[to - 1] ?? 0) + 1,
    support: beforeHolds && behindHolds ? 2 : byBefore || byBehind ? 1 : 0,
    tolerable:
      (byBefore && isTolerable(behind, wanted.behind, wanted)) ||
      (byBehind && isTolerable(before, wanted.before, wanted)),
    agreed: Math.max(before, behind),
    agreedLess: Math.min(before, behind),
    ...(wanted.position !== undefined && { distance: Math.abs(entry.points.fromUtf16(start) - wanted.position) }),
    depthChange: wanted.depth === undefined ? 0 : depthAt(start) - wanted.depth,
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
    if (entry.references.has(messageId)) return 'related';
    if (reference.patchId !== undefined && reference.patchId === entry.candidate.patchId) return 'related';
    const subject = sameSubject(reference, entry);
    if (subject === undefined) return 'unknown';
    return subject ? 'related' : 'other';
  }
  const subject = sameSubject(reference, entry);
  if (subject !== undefined) return subject ? 'related' : 'other';
  return reference.path !== undefined && reference.path === entry.path ? 'related' : 'possible';
}

function sameSubject(reference: Reference, entry: Entry): boolean | undefined {
  if (reference.subject === undefined || entry.subject === undefined) return undefined;
  const subject = subjectKey(reference.subject);
  if (subject === entry.subject) return true;
  // A page that shows a long subject on two lines may give only the first of them.
  const [shorter, longer] = subject.length < entry.subject.length ? [subject, entry.subject] : [entry.subject, subject];
  return longer.startsWith(shorter) ? undefined : false;
}

/** Whether a hit, were it the only one, may be called the place. Words whose neighbours on both sides are others are never it. */
export function isConvincing(hit: Hit, kin: Kinship, wanted: Wanted): boolean {
  const length = wanted.exact.length;
  if (wanted.before === undefined && wanted.behind === undefined) return kin === 'same';
  if (kin === 'related' && isLongQuote(hit, wanted)) return true;
  if (hit.support === 0 || kin === 'other') return false;
  if (wanted.look === 'loose' && (length + hit.agreed < LONG_QUOTE || (kin === 'same' && !isNear(hit, 20))))
    return false;
  if (kin === 'unknown')
    return hit.support === 2 && length >= LONG_SIDE && length + hit.agreed + hit.agreedLess >= LONG_TEXT;
  if (kin === 'possible') {
    if (hit.support === 2) return length + hit.agreed >= LONG_QUOTE;
    return hit.tolerable && length >= LONG_SIDE && hit.agreed >= LONG_SIDE;
  }
  if (hit.support === 2) return kin === 'related' || !wanted.presumed || isNear(hit, 20);
  return hit.tolerable && (kin === 'related' || isNear(hit, 50));
}

/** A reply cuts its quotes short: a whole clause in one, that stands nowhere else, needs no neighbours. */
function isLongQuote({ entry, start }: Hit, { exact, distinct, depth = 0, look }: Wanted): boolean {
  return look === 'bare' && distinct.has('exact') && exact.length >= LONG_QUOTE && entry.bare.depthAt(start) > depth;
}

/**
 * In the message itself, where one side of the words is another one now, or nobody said that they stood only once, they
 * must not be far from where they were: a paragraph that is gone may have left one behind that is much like it.
 */
function isNear({ distance, entry }: Hit, part: number): boolean {
  return distance === undefined || distance <= Math.max(NEAR, entry.candidate.text.length / part);
}
