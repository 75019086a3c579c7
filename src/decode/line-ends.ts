/** The end of the line that begins at `start` (LF and CRLF end a line) and the start of the next one, both at most `limit`. */
export function lineEnd(text: string, start: number, limit: number): [end: number, next: number] {
  const lf = text.indexOf('\n', start);
  if (lf === -1 || lf >= limit) return [limit, limit];
  return [lf > start && text.charCodeAt(lf - 1) === 13 ? lf - 1 : lf, lf + 1];
}
