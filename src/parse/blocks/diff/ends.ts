import { beginsNames } from './begins.ts';
import type { Left } from './left.ts';
import type { DiffLines } from './lines.ts';

/** A mark that lines were left out here: `[...]`, `...`, `[snip]`, `<snip>`, `--8<--`. */
const OMISSION =
  /^[ \t]{0,8}(?:\[?(?:\.{2,20}|\u2026)\]?|[[<(]{0,2}(?:\.{3} ?)?(?:snip(?:ped)?|cut|trimmed|skipped|deleted|\u2026)(?: ?\.{3})?[\]>)]{1,2}|\[[^\]]{0,60}(?:\.{3}|snip|lines? (?:skipped|omitted|deleted))[^\]]{0,60}\]|-{1,40} ?8<[ \d8<-]{0,60})[ \t]{0,8}$/i;

export function isOmission(line: string): boolean {
  return line.length <= 200 && OMISSION.test(line);
}

/** A line of signs under which a list or a mail program writes its own words. */
const RULE = /^(?:={8,}|_{8,}|\*{8,}|#{8,}|~{8,}|-{10,})\s{0,8}$/;
const VERSION = /^\d{1,3}\.\d{1,3}(?:[.\w-]{0,40})?(?: \(.{0,60}\))?\s{0,8}$/;
const SECTION = /^(?:diff --|@@|Index: \S|Only in |Binary files |Property changes on: |=== |\*{15}|GIT binary patch)/;

/** Whether a line that has no mark of a hunk is certainly no line of one. */
export function endsHunk(lines: DiffLines, line: number): boolean {
  const head = lines.head(line);
  return SECTION.test(head) || isOmission(head) || (RULE.test(head) && !head.startsWith('-'));
}

/**
 * Whether a line that begins with `-` is no removed line: the footer that git puts under a patch, or the names of the next file in a hunk
 * that was cut off. What the counts of the hunk's header demand is a removed line all the same.
 */
export function isNoRemoval(lines: DiffLines, line: number, left: Left): boolean {
  const own = lines.head(line);
  if (own === '-- ' || own === '--') return isFooter(lines, line, left);
  if (RULE.test(own)) return !left.counted;
  const isLast = left.counted && left.before[0] === 1 && left.after === 1;
  return !isLast && beginsNames(lines, line, own);
}

/** `-- ` over a version, or over a few lines that are none of a hunk; the last line that the counts demand is a removed one. */
function isFooter(lines: DiffLines, line: number, left: Left): boolean {
  const next = lines.head(line + 1);
  if (VERSION.test(next)) return true;
  if (lines.heads.stripped && lines.head(line) === '--') return !lines.has(line + 1);
  if (lines.head(line) === '--' || lines.to - line > MOST_FOOTER) return !left.counted && line + 1 >= lines.to;
  if (left.counted && left.before[0] === 1 && left.after === 0) return false;
  return line + 1 >= lines.to || lines.blank(line + 1) || !' +-\\@'.includes(next.charAt(0));
}

/** The footer of a list may stand under that of git. */
const MOST_FOOTER = 8;
