import type { DiffLines } from './lines.ts';

/**
 * The data of a binary file, up to the empty line behind it. One file may have two: forth and back.
 *
 *     GIT binary patch
 *     literal 3
 *     KcmZQzU|?imU
 *
 *     delta 6
 *     NcmZ...
 */
export function binaryEnd(lines: DiffLines, line: number): number {
  let next = line + 1;
  for (;;) {
    if (!/^(?:literal|delta) \d{1,20}\s{0,8}$/.test(lines.head(next))) return next;
    next++;
    while (lines.has(next) && isBinaryData(lines, next)) next++;
    if (!lines.has(next + 1) || !lines.blank(next)) return next;
    if (!/^(?:literal|delta) \d/.test(lines.head(next + 1))) return next;
    next++;
  }
}

/** A letter for the number of bytes, and base 85: at most 52 bytes a line. */
function isBinaryData(lines: DiffLines, line: number): boolean {
  return /^[A-Za-z][0-9A-Za-z!#$%&()*+;<=>?@^_`{|}~-]{1,90}\s{0,8}$/.test(lines.head(line));
}

const PROPERTY = /^(?:Added|Modified|Deleted|Name): \S|^## -\d|^ {2,8}[+-] |^\\ No newline/;

/**
 * What `svn diff` says of a file's properties; no line of it is a line of the file.
 *
 *     Property changes on: tea.c
 *     ___________________________
 *     Added: svn:eol-style
 *     ## -0,0 +1 ##
 *     +native
 */
export function propertiesEnd(lines: DiffLines, line: number): number {
  let next = line + 2;
  let inProperty = false;
  while (lines.has(next)) {
    const head = lines.head(next);
    const begins = PROPERTY.test(head);
    if (!begins && !(inProperty && /^[ +-]/.test(head)) && !(lines.blank(next) && PROPERTY.test(lines.head(next + 1))))
      break;
    inProperty ||= begins;
    next++;
  }
  return Math.min(next, lines.to);
}
