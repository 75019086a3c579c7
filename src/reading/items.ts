/** Where the items of a list inside one block begin: `1.`, `2)`, `(a)`, `-`, `*` at the start of a line. Offsets in the text. */
export function itemStarts(text: string): number[] {
  const starts: number[] = [];
  for (const match of text.matchAll(/(?:^|\n)[ \t]{0,8}(?:[-*+]|\(?(?:\d{1,2}|[a-z])[.)])[ \t]/g)) {
    starts.push(match.index + (match[0].startsWith('\n') ? 1 : 0));
  }
  return starts;
}

/**
 * The item that holds `at`; the lines before the first item are one too. Two or more markers make a list: a single `- ` may be a dash.
 *
 *     1. The pot is cold.          an item
 *     2. The pot is warm, but      another
 *     nobody drinks tea.
 */
export function itemAround(text: string, starts: readonly number[], at: number): { start: number; end: number } {
  if (starts.length < 2) return { start: 0, end: text.length };
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return { start: starts[low - 1] ?? 0, end: starts[low] ?? text.length };
}
