import type { Construct, Run } from '../construct.ts';

/** How much of a line is looked at. */
const MOST_UNITS = 700;

/** A file, a bar, a number with a graph; old versions of diffstat write numbers behind it. */
const ROW =
  /^\s{0,4}\S[^|]{0,400}\|\s{1,40}(?:\d{1,9}(?: [+-]{0,200}!{0,200})?(?:\s\d{1,9} [+!-]){0,3}|Bin(?:\s.{0,80})?|Unmerged)\s{0,4}$/;
/** Where `git diff --stat-count` leaves files out. */
const OMISSION = /^\s{1,4}\.{3}\s{0,4}$/;
const SUM = /^\s{0,4}\d{1,9} files? changed\b/;
/** A sum that stands alone must be one without a doubt: `git diff --shortstat`. */
const SHORT = /^\s{0,4}\d{1,9} files? changed(?:, \d{1,9} insertions?\(\+\)|, \d{1,9} deletions?\(-\)){1,2}\s{0,4}$/;
const MODE =
  /^\s{0,4}(?:(?:create|delete) mode \d{6} \S|mode change \d{6} => \d{6} \S|(?:rename|copy|rewrite) .{1,400} \(\d{1,3}%\)\s{0,4}$)/;

/**
 * What `git diff --stat` prints, with `--summary`, and what diffstat prints.
 *
 *      .../tea/{pot.c => kettle.c} | 3 ++-
 *      logo.png                    | Bin 0 -> 142 bytes
 *      2 files changed, 2 insertions(+), 1 deletion(-)
 *      create mode 100644 logo.png
 */
export const diffstat: Construct = {
  name: 'diffstat',
  read(run, line) {
    const first = own(run, line);
    if (line < (run.noDiffstatBefore ?? 0) || !(ROW.test(first) || SHORT.test(first))) return undefined;
    let next = line;
    let telling = false;
    for (; next < run.to && !run.heads.blank(next); next++) {
      const text = own(run, next);
      const row = ROW.test(text);
      if (!row && !SUM.test(text) && !MODE.test(text) && !OMISSION.test(text)) break;
      // A sum or a graph of signs tells it from a table with numbers.
      telling ||= row ? /[+!-]\s*$/.test(text) || text.includes('| Bin') : !OMISSION.test(text);
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

function own(run: Run, line: number): string {
  return run.heads.own(line).slice(0, MOST_UNITS);
}
