import type { Entry } from './candidates.ts';

/** Where a note stands. */
export interface Where {
  /** The candidate's key. */
  key: string;
  /** UTF-16 offsets in the candidate's text, end exclusive. */
  start: number;
  end: number;
  /** How the message was recognised. */
  by: 'message-id' | 'body-hash' | 'content';
  /**
   * How the words agree: at the same position, letter for letter elsewhere, but for white space and quote marks, but for
   * what archives mask too, or, between the same neighbours, in most of them.
   */
  match: 'position' | 'exact' | 'tolerant' | 'masked' | 'altered';
  /** Quote marks more than where the note was written: above 0 the note stands in a quote of the line. */
  depthChange: number;
  /** Keys of further copies of the same mail. */
  copies?: string[];
}

export type Placing =
  | { state: 'placed'; where: Where; because: string }
  | { state: 'ambiguous'; candidates: Where[]; total: number; reason: string }
  | { state: 'lost'; reason: string };

/** Places listed for an ambiguous note; `total` says how many there were. */
export const MOST_LISTED = 20;

/** A place in a candidate, before it is told. */
export interface Found {
  entry: Entry;
  start: number;
  end: number;
  match: Where['match'];
  depthChange: number;
}

/** The messages that are looked into, each with the keys of its further copies. */
export interface Group {
  by: Where['by'];
  copies: ReadonlyMap<Entry, readonly string[]>;
}

/** The same mail twice in a file is one mail: the first copy stands for all. */
export function groupOf(entries: readonly Entry[], by: Where['by']): Group {
  const copies = new Map<Entry, string[]>();
  const firsts = new Map<string, Map<string, Entry>>();
  for (const entry of entries) {
    const { messageId, candidate } = entry;
    const byText = (messageId === undefined ? undefined : firsts.get(messageId)) ?? new Map<string, Entry>();
    const first = byText.get(candidate.text);
    if (first !== undefined) {
      copies.get(first)?.push(candidate.key);
      continue;
    }
    copies.set(entry, []);
    byText.set(candidate.text, entry);
    if (messageId !== undefined) firsts.set(messageId, byText);
  }
  return { by, copies };
}

/** Placed when there is exactly one place; otherwise all of them are listed. */
export function decide(group: Group, found: readonly Found[], because: string): Placing {
  const [only] = found;
  if (only !== undefined && found.length === 1) return { state: 'placed', where: whereOf(group, only), because };
  return ambiguous(group, found, 'Several places fit equally well.');
}

export function ambiguous(group: Group, found: readonly Found[], reason: string): Placing {
  const candidates = found.slice(0, MOST_LISTED).map((one) => whereOf(group, one));
  return { state: 'ambiguous', candidates, total: found.length, reason };
}

export function lost(reason: string): Placing {
  return { state: 'lost', reason };
}

function whereOf(group: Group, found: Found): Where {
  const { entry, start, end, match, depthChange } = found;
  const copies = group.copies.get(entry) ?? [];
  return {
    key: entry.candidate.key,
    start,
    end,
    by: group.by,
    match,
    depthChange,
    ...(copies.length > 0 && { copies: [...copies] }),
  };
}
