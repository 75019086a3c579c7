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

/**
 * Like `wrap`, but no line is longer than `width`, which is at least 1: long names break after `_`, `(`, `.` or `/`, or
 * anywhere. A text that has room stays as it is.
 */
export function fold(text: string, width: number): string[] {
  const most = Math.max(1, Math.floor(width));
  if (text.length <= most) return [text];
  return wrap(text, most).flatMap((line) => (line.length <= most ? [line] : broken(line, most)));
}

function broken(line: string, width: number): string[] {
  const lines: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const place = Math.max(...['_', '(', '.', '/', '-', '|'].map((sign) => rest.lastIndexOf(sign, width - 1))) + 1;
    const at = place > width / 3 ? place : width;
    lines.push(rest.slice(0, at));
    rest = rest.slice(at);
  }
  return rest === '' ? lines : [...lines, rest];
}
