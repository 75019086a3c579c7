import type { QuotedRow } from './row.ts';
import { rowsStream } from './stream.ts';
import type { MailWords } from './words.ts';

/** The rows of a mail that quote something. */
export function quotedRows(words: MailWords): number[] {
  const rows: number[] = [];
  for (let row = 0; row < words.rows; row++) {
    if (words.depth(row) > 0 && words.first(row) < words.first(row + 1)) rows.push(row);
  }
  return rows;
}

/** The words of some rows, one behind the other, and which of them belong to which row. */
export function quotedStream(
  words: MailWords,
  rows: readonly number[],
  depthOf: (row: number) => number,
): [ReturnType<typeof rowsStream>, QuotedRow[]] {
  let from = 0;
  const quoted = rows.map((row) => {
    const to = from + words.first(row + 1) - words.first(row);
    const one = { row, from, to };
    from = to;
    return one;
  });
  return [rowsStream(words, rows, depthOf), quoted];
}
