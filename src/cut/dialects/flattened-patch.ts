/**
 * Where a patch that lost its line ends had them: at the lines that tell themselves. A line of context has no mark, so the text runs on to the next
 * line that has one.
 *
 *     ... Signed-off-by: Ada Example --- tea.c | 2 +- 1 file changed ... diff --git a/tea.c b/tea.c --- a/tea.c +++ b/tea.c @@ -1 +1 @@ - cold(); + hot();
 */

const HUNK = /(?<=^|\s)@@ -\d{1,9}(?:,\d{1,9})? \+\d{1,9}(?:,\d{1,9})? @@(?=\s|$)/;
const NAMES = /(?<=\s)--- \S{1,400}(?: [^+]{1,60})? \+\+\+ \S/;
const SUM = /(?<=\s)\d{1,9} files? changed, \d/;
const ROW = /(?<=\s)\S{1,300} \| {1,9}(?:\d{1,9} [+-]{1,200}|Bin)(?=\s|$)/;

/** Whether a line without an end is a patch: the names of a file and a hunk, or a diffstat with its sum. */
export function isFlatPatch(text: string): boolean {
  return (HUNK.test(text) && NAMES.test(text)) || (SUM.test(text) && ROW.test(text));
}

/** What a line begins with that tells itself; the white space before it stands for a line end. */
const BEGINNINGS = [
  // Trailers.
  /\s(?=[A-Z][a-z]{1,20}(?:-[a-z]{1,20}){0,3}-by: )/g,
  /\s(?=(?:Fixes: [0-9a-f]{8,40} |(?:Link|Closes): https?:|Cc: stable\b))/g,
  // The divider above a diffstat, the rows of it, and its sum.
  /\s(?=--- \S{1,300} \| )/g,
  /(?<=\s---)\s(?=\S{1,300} \| )/g,
  /\s(?=\S{1,300} \| {1,9}(?:\d{1,9} [+-]{1,200}|\d{1,9}|Bin)\s)/g,
  /\s(?=\d{1,9} files? changed, \d)/g,
  /\s(?=(?:create|delete) mode \d{6} )/g,
  // The header of a file and of a hunk.
  /\s(?=diff --(?:git|cc|combined) \S)/g,
  /\s(?=index [0-9a-f]{7,40}\.\.[0-9a-f]{7,40}\b)/g,
  /\s(?=(?:new|deleted) file mode \d{6}\b|similarity index \d|(?:rename|copy) (?:from|to) \S)/g,
  /\s(?=Index: \S{1,400} ={60,70}(?:\s|$))/g,
  /\s(?=={60,70} )/g,
  /\s(?=--- \S{1,400}(?: [^+]{1,60})? \+\+\+ \S)/g,
  /\s(?=\+\+\+ \S{1,400}(?: [^@]{1,60})? @@ -\d)/g,
  /\s(?=@@ -\d{1,9}(?:,\d{1,9})? \+\d{1,9}(?:,\d{1,9})? @@(?:\s|$))/g,
];

/** A changed line behind the end of a statement, a block or a comment; elsewhere a sign may be arithmetic. */
const CHANGE = /(?<=[;{},]|\*\/)\s(?=[+-](?: \S|[}#]))/g;

/** Places in [start, end), which holds no quote, where the text lost its line ends. Linear. */
export function patchBreaks(text: string, start: number, end: number): number[] {
  const piece = text.slice(start, end);
  const breaks: number[] = [];
  for (const beginning of BEGINNINGS) for (const { index } of piece.matchAll(beginning)) breaks.push(start + index);
  const hunk = piece.search(HUNK);
  if (hunk === -1) return breaks;
  for (const { index } of piece.matchAll(CHANGE)) if (index > hunk) breaks.push(start + index);
  return breaks;
}
