import type { Flow } from '#mailast';
import type { DiffMemory } from './blocks/diff/memory.ts';
import type { LineHeads } from './line-heads.ts';
import type { Placing } from './placing.ts';

/** Lines of one depth that stand together: [from, to), and what is known about the message they are in. */
export interface Run {
  heads: LineHeads;
  from: number;
  to: number;
  /** The first line behind the part; an attribution may look over the end of its lines. */
  limit: number;
  depth: number;
  placing: Placing;
  /** The diffs further up that may go on here. */
  diffs: DiffMemory;
  /** Rows of numbers up to this line are no diffstat: that has been looked at. */
  noDiffstatBefore?: number;
  /** Header lines that say too little to be an attribution, [from, to): that has been looked at. */
  noHeader?: { from: number; to: number };
  /** The line that was last looked at for an attribution, and what it is: prose asks before the line is read. */
  lastAttribution?: { line: number; found: Found | undefined };
}

/** What a construct read: its node, and the first line behind it, which may lie behind the run. */
export interface Found {
  node: Flow;
  next: number;
}

/**
 * One kind of block. `read` looks at the lines of `run` from `line` on, gives the block that begins there, or nothing.
 * It must be linear in the lines it takes, and must look at a bounded number of lines before it gives up.
 */
export interface Construct {
  name: string;
  read(run: Run, line: number): Found | undefined;
}
