import type { Construct } from '../construct.ts';
import { proseEnd } from './interrupting.ts';

/** Everything else: lines up to an empty line, or to a line that begins something stronger. */
export const paragraph: Construct = {
  name: 'paragraph',
  read(run, line) {
    const to = proseEnd(run, line);
    return {
      node: { type: 'paragraph', position: run.placing.span(line, to), children: run.placing.lines(line, to) },
      next: to,
    };
  },
};
