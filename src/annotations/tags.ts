/** Words behind `#` at the head of a line of C, which are no tags. */
const DIRECTIVES: ReadonlySet<string> = new Set(
  'define elif else endif error if ifdef ifndef include line pragma undef warning'.split(' '),
);
const LONGEST = 40;
const MOST = 20;

/** The tags written into a text as `#tag`, each once, in order; not in code, and not the numbers and directives of C. */
export function tagsIn(markdown: string): string[] {
  const tags = new Set<string>();
  let fence: string | undefined;
  for (const line of markdown.split('\n')) {
    const mark = /^ {0,3}(```|~~~)/.exec(line)?.[1];
    if (mark !== undefined && (fence === undefined || fence === mark)) fence = fence === undefined ? mark : undefined;
    else if (fence === undefined) for (const tag of tagsInLine(line)) tags.add(tag);
  }
  return [...tags].slice(0, MOST);
}

function* tagsInLine(line: string): Generator<string> {
  // Every second piece stands between two backquotes.
  for (const [at, piece] of line.split('`').entries()) {
    if (at % 2 === 1) continue;
    for (const [, before = '', tag = ''] of piece.matchAll(/(^|[\s([,;])#(\p{L}[\p{L}\p{N}_-]*)/gu)) {
      const isDirective = at === 0 && before === '' && DIRECTIVES.has(tag);
      if (!isDirective && tag.length <= LONGEST) yield tag;
    }
  }
}
