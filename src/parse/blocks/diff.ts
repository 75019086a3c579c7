import type { Diff, DiffFile, DiffHeader } from '#mailast';
import type { Construct, Run } from '../construct.ts';
import { readHunk } from './hunk.ts';
import { pathsOf } from './paths.ts';

/**
 * A patch, whole or a trimmed piece of one in a quote.
 *
 *     diff --git a/tea.c b/tea.c
 *     index 0123456789ab..ba9876543210 100644
 *     --- a/tea.c
 *     +++ b/tea.c
 *     @@ -1,3 +1,4 @@ boil()
 */
export const diff: Construct = {
  name: 'diff',
  read(run, line) {
    if (!beginsDiff(run, line)) return undefined;
    const children: DiffFile[] = [];
    let next = line;
    while (next < run.to && (beginsDiff(run, next) || (run.heads.blank(next) && beginsDiff(run, next + 1)))) {
      if (run.heads.blank(next)) next++;
      const file = readFile(run, next);
      children.push(file.node);
      next = file.next;
    }
    const first = children[0];
    const last = children.at(-1);
    if (!first || !last) return undefined;
    const node: Diff = { type: 'diff', children, position: { start: first.position.start, end: last.position.end } };
    return { node, next };
  },
};

const HUNK = /^@@+ -\d/;

function head(run: Run, line: number): string {
  return line < run.to ? run.heads.own(line).slice(0, 600) : '';
}

/** Whether a file's header or a hunk begins at this line; at most three lines are looked at. */
export function beginsDiff(run: Run, line: number): boolean {
  if (line >= run.to || !'dI-@'.includes(run.heads.text.charAt(run.heads.start(line)))) return false;
  const own = head(run, line);
  if (own.startsWith('diff --')) return /^diff --(?:git|cc|combined) \S/.test(own);
  if (own.startsWith('--- ')) return head(run, line + 1).startsWith('+++ ') && HUNK.test(head(run, line + 2));
  if (own.startsWith('Index: ')) return /^(?:=|---|diff |RCS)/.test(head(run, line + 1));
  return HUNK.test(own);
}

/** A file ends where the next one begins, or at a line that can be no part of a diff. */
function readFile(run: Run, line: number): { node: DiffFile; next: number } {
  const children: DiffFile['children'] = [];
  let next = line;
  let sawHunk = false;
  for (; next < run.to; ) {
    const own = head(run, next);
    if (next > line && sawHunk && beginsDiff(run, next) && !HUNK.test(own)) break;
    if (next > line && own.startsWith('diff --')) break;
    if (HUNK.test(own) && !own.startsWith('@@@')) {
      const hunk = readHunk(run, next);
      children.push(hunk.node);
      next = hunk.next;
      sawHunk = true;
    } else if (isFileHeader(own, sawHunk)) {
      children.push(headerLine(run, next));
      next++;
    } else if (own.startsWith('GIT binary patch') || own.startsWith('@@@')) {
      const to = verbatimEnd(run, next);
      for (; next < to; next++) children.push(headerLine(run, next));
    } else break;
  }
  const headers = children.flatMap((child) => (child.type === 'diffHeader' ? [child.value] : []));
  const start = run.placing.span(line, line + 1).start;
  const end = children.at(-1)?.position.end ?? start;
  return { node: { type: 'diffFile', ...pathsOf(headers), position: { start, end }, children }, next };
}

function isFileHeader(line: string, sawHunk: boolean): boolean {
  if (sawHunk) return false;
  return /^(?:diff --|index |--- |\+\+\+ |old mode |new mode |deleted file |new file |copy (?:from|to) |rename (?:from|to) |(?:dis)?similarity index |Binary files |Index: |={10,}$|RCS file: |retrieving revision |diff -)/.test(
    line,
  );
}

function headerLine(run: Run, line: number): DiffHeader {
  return { type: 'diffHeader', value: run.heads.own(line), position: run.placing.span(line, line + 1) };
}

/** Binary patches and combined hunks are kept line by line: up to what begins the next file or hunk. */
function verbatimEnd(run: Run, line: number): number {
  let to = line + 1;
  while (to < run.to && !head(run, to).startsWith('diff --') && head(run, to) !== '-- ') to++;
  while (to > line + 1 && run.heads.blank(to - 1)) to--;
  return to;
}
