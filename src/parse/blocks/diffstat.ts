import type { Construct } from '../construct.ts';

const ROW = /^\s{0,4}\S[^|]{0,400}\|\s{1,40}(?:\d{1,9}(?: [+-]{0,200})?|Bin(?:\s.{0,80})?|Unmerged)\s{0,4}$/;
const SUM = /^\s{0,4}\d{1,9} files? changed\b/;
const MODE = /^\s{0,4}(?:create mode|delete mode|mode change|rename|copy|rewrite)\s/;

/**
 * What `git diff --stat` prints.
 *
 *      arch/x86/tea.c | 3 ++-
 *      1 file changed, 2 insertions(+), 1 deletion(-)
 */
export const diffstat: Construct = {
  name: 'diffstat',
  read(run, line) {
    if (line < (run.noDiffstatBefore ?? 0) || !ROW.test(run.heads.own(line).slice(0, 700))) return undefined;
    let next = line;
    let telling = false;
    for (; next < run.to && !run.heads.blank(next); next++) {
      const own = run.heads.own(next).slice(0, 700);
      const row = ROW.test(own);
      if (!row && !SUM.test(own) && !MODE.test(own)) break;
      // A sum or a graph of signs tells it from a table with numbers.
      telling ||= !row || /[+-]\s*$/.test(own) || own.includes('| Bin');
    }
    if (!telling) {
      run.noDiffstatBefore = next;
      return undefined;
    }
    return {
      node: { type: 'diffstat', position: run.placing.span(line, next), children: run.placing.lines(line, next) },
      next,
    };
  },
};
