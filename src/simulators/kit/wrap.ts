/** Breaks at blanks; a word longer than the width stands alone. Blanks at the start are kept, `indent` leads the other lines. */
export function wrap(text: string, width: number, indent = ''): string[] {
  const lines: string[] = [];
  let line = '';
  const lead = /^ */.exec(text)?.[0] ?? '';
  for (const word of text.trim().split(/\s+/)) {
    const start = lines.length === 0 ? lead : indent;
    if (line === '') line = start + word;
    else if (line.length + 1 + word.length <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = indent + word;
    }
  }
  return [...lines, line];
}
