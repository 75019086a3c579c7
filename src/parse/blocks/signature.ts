import type { Construct, Run } from '../construct.ts';

/** A signature whose `-- ` lost its space (archive pages trim lines) must be short, or it may be anything. */
const MOST_LINES = 12;

/**
 * From `-- ` to the end of what stands at this depth.
 *
 *     --
 *     Ada Example
 */
export const signature: Construct = {
  name: 'signature',
  read(run, line) {
    if (!beginsSignature(run, line)) return undefined;
    let to = run.to;
    while (to > line + 1 && run.heads.blank(to - 1)) to--;
    return {
      node: { type: 'signature', position: run.placing.span(line, to), children: run.placing.lines(line, to) },
      next: run.to,
    };
  },
};

export function beginsSignature(run: Run, line: number): boolean {
  const own = run.heads.own(line);
  return own === '-- ' || (own === '--' && run.to - line <= MOST_LINES);
}
