import type { Flow } from '#mailast';
import type { Run } from '../../construct.ts';
import { isOmission } from './ends.ts';

/**
 * What a block that is no diff means for the diffs above it. Somebody's words at the same depth end them, an attribution ends what it does not
 * govern, and a mark of an omission says that lines are missing.
 */
export function passWords(run: Run, node: Flow, from: number, next: number): void {
  if (node.type === 'diff') return;
  if (node.type === 'attribution' || node.type === 'signature') {
    run.diffs.close(run.depth, true);
    return;
  }
  const first = isOmission(run.heads.own(from).slice(0, MOST_UNITS));
  const last = isOmission(run.heads.own(next - 1).slice(0, MOST_UNITS));
  if (first || last) run.diffs.omit(run.depth);
  if (!last) run.diffs.close(run.depth);
}

const MOST_UNITS = 201;
