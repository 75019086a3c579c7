/** Lines above and below the one that is asked for. */
const around = 2;
const perRow = 16;
/** Of a line so many bytes are shown. */
const mostOfLine = 4096;

/**
 * Line `wanted` (from 1; LF, CRLF and a lone CR end one, as in the editor) of some bytes with the lines around it: each with its number, then rows of the
 * offset, 16 bytes and what of them is ASCII. Empty when there is no such line.
 */
export function byteLines(bytes: Uint8Array, wanted: number): string {
  const rows: string[] = [];
  let line = 1;
  for (let start = 0; start < bytes.length && line <= wanted + around; line++) {
    const end = lineEnd(bytes, start);
    if (line >= wanted - around) rows.push(`${line}`, ...rowsOf(bytes, start, end), '');
    start = end;
  }
  return line > wanted ? rows.join('\n') : '';
}

/** Behind the line end. */
function lineEnd(bytes: Uint8Array, start: number): number {
  let end = start;
  while (end < bytes.length && bytes[end] !== 10 && bytes[end] !== 13) end++;
  return Math.min(bytes.length, bytes[end] === 13 && bytes[end + 1] === 10 ? end + 2 : end + 1);
}

function rowsOf(bytes: Uint8Array, start: number, end: number): string[] {
  const rows: string[] = [];
  const last = Math.min(end, start + mostOfLine);
  for (let at = start; at < last; at += perRow) {
    const row = [...bytes.subarray(at, Math.min(at + perRow, last))];
    const hex = row.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const plain = row.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')).join('');
    rows.push(`${at.toString(16).padStart(8, '0')}  ${hex.padEnd(perRow * 3)} ${plain}`);
  }
  if (last < end) rows.push(`${last.toString(16).padStart(8, '0')}  ...`);
  return rows;
}
