import type { Construct } from '../construct.ts';
import { attribution } from './attribution.ts';
import { diff } from './diff.ts';
import { divider } from './divider.ts';
import { signature } from './signature.ts';
import { trailers, trailerToken } from './trailers.ts';

/** What may begin right behind a line of prose, with no empty line between. */
const INTERRUPTING = [attribution, diff, divider, signature];

/** Everything else: lines up to an empty line, or to a line that begins something stronger. */
export const paragraph: Construct = {
  name: 'paragraph',
  read(run, line) {
    let to = line + 1;
    for (; to < run.to && !run.heads.blank(to); to++) {
      const at = to;
      if (INTERRUPTING.some((construct) => construct.read(run, at) !== undefined)) break;
      const own = run.heads.own(at);
      if (/-by$/i.test(trailerToken(own) ?? '') && own.includes('<') && trailers.read(run, at)) break;
    }
    return {
      node: { type: 'paragraph', position: run.placing.span(line, to), children: run.placing.lines(line, to) },
      next: to,
    };
  },
};
