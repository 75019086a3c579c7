import type { Filtered, FoundThreads, MailboxThreads, ReadingMarks, ThreadFilter } from '#features';
import type { OpenedMailbox } from './open-mailbox.ts';
import type { RowFacts } from './row-facts.ts';

export type { ThreadsNode } from '#features';

/** Messages that somebody searched for, wherever they lie. */
export interface Search {
  query: string;
  /** Who was asked, in words. */
  where: string;
  /** The server that was asked; it gives all that it finds as one mailbox. */
  server?: string;
  found: FoundThreads;
  /** Whether there may be more than these. */
  more: boolean;
}

/** What the view shows. */
export interface ShownMailbox {
  /** What it is of: a mailbox, or what was found. */
  origin: OpenedMailbox | Search;
  threads: MailboxThreads;
  filter: ThreadFilter;
  /** What the filter found; absent where nobody filters. */
  filtered: Filtered | undefined;
  marks: ReadingMarks;
  /** What is worked out for rows that are shown; absent of what was found. */
  facts: RowFacts | undefined;
  /** When the rows were made, in milliseconds since 1970. */
  now: number;
}

export function isSearch(origin: OpenedMailbox | Search): origin is Search {
  return 'query' in origin;
}
