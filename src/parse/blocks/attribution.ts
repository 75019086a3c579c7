import type { Construct, Run } from '../construct.ts';
import { readAttribution } from './attribution-line.ts';

/** At most so many lines, and so many units, make an attribution that a mailer has wrapped. */
const MOST_LINES = 3;
const MOST_UNITS = 500;

/** How the first line of an attribution may begin, or what it must hold. */
const FIRST = /^\W{0,3}(?:On|At)\s|wrote|writes|schrieb|écrit|^(?:\*|\+{3}|-{3}) .{1,300}\]:$/;

/**
 * Who wrote the quote one level deeper. Only a full date tells an attribution from prose such as `As Ada wrote:`; any other needs a
 * quote behind it.
 *
 *     On Thu, Jul 06, 2023, Ada Example wrote:
 *     On 7/5/23 07:57, Ada Example wrote:
 *     On Wed, Mar 30, 2022 at 10:48 PM Ada Example
 *     <ada@example.org> wrote:
 *     Ada Example wrote:
 *     * Ada Example <ada@example.org> [2023-07-03 10:00:00]:
 */
export const attribution: Construct = {
  name: 'attribution',
  read(run, line) {
    const first = run.heads.own(line);
    if (first.length > MOST_UNITS || !FIRST.test(first)) return undefined;
    let joined = '';
    for (let next = line; next < Math.min(run.to, line + MOST_LINES); next++) {
      if (run.heads.blank(next)) return undefined;
      joined = `${joined} ${run.heads.own(next).trim()}`.trim();
      if (joined.length > MOST_UNITS) return undefined;
      const said = readAttribution(joined);
      if (!said) continue;
      if (!said.dated && !quoteFollows(run, next + 1)) return undefined;
      return {
        node: {
          type: 'attribution',
          author: said.author,
          ...(said.date === '' ? {} : { date: said.date }),
          position: run.placing.span(line, next + 1),
          children: run.placing.lines(line, next + 1),
        },
        next: next + 1,
      };
    }
    return undefined;
  },
};

/** Whether the next line that is not empty is quoted deeper; at most two empty lines are looked over. */
function quoteFollows(run: Run, line: number): boolean {
  const { heads } = run;
  for (let next = line; next < Math.min(heads.table.count, line + 3); next++) {
    if (heads.depth(next) > run.depth) return true;
    if (!heads.blank(next)) return false;
  }
  return false;
}
