import type { Run } from '../construct.ts';
import { attribution } from './attribution.ts';
import { beginsDiff } from './diff/begins.ts';
import { continuesDiff } from './diff/piece.ts';
import { divider } from './divider.ts';
import { fenceEnd } from './fence.ts';
import { beginsRangeDiff } from './range-diff.ts';
import { beginsSignature } from './signature.ts';
import { interruptsAsTrailer } from './trailers.ts';
import { isVersionHeading } from './version-heading.ts';

/** Whether something begins at `line` that ends prose with no empty line between. */
export function interrupts(run: Run, line: number): boolean {
  if (beginsDiff(run, line) || continuesDiff(run, line) || beginsSignature(run, line)) return true;
  if (beginsRangeDiff(run, line)) return true;
  if (divider.read(run, line) !== undefined || attribution.read(run, line) !== undefined) return true;
  return isVersionHeading(run, line) || fenceEnd(run, line) !== undefined || interruptsAsTrailer(run, line);
}

/** The first line behind `line` that is empty, ends the run, or begins something stronger than prose. */
export function proseEnd(run: Run, line: number): number {
  let to = line + 1;
  while (to < run.to && !run.heads.blank(to) && !interrupts(run, to)) to++;
  return to;
}
