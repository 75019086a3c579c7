import type { Construct } from '../construct.ts';

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
    const own = run.heads.own(line);
    if (own !== '-- ' && own !== '--') return undefined;
    if (own === '--' && run.to - line > MOST_LINES) return undefined;
    let to = run.to;
    while (to > line + 1 && run.heads.blank(to - 1)) to--;
    return {
      node: { type: 'signature', position: run.placing.span(line, to), children: run.placing.lines(line, to) },
      next: run.to,
    };
  },
};
