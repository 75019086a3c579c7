import type { Filtered, ReadingMarks, ThreadFilter } from '#features';
import type { OpenedMailbox } from './open-mailbox.ts';

export type { ThreadsNode } from '#features';

/** What the view shows. */
export interface ShownMailbox {
  mailbox: OpenedMailbox;
  filter: ThreadFilter;
  /** What the filter found; absent where nobody filters. */
  filtered: Filtered | undefined;
  marks: ReadingMarks;
  /** When the rows were made, in milliseconds since 1970. */
  now: number;
}
