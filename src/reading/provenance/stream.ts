import type { MailWords } from './words.ts';

/** Words that are compared with words of another text: those that a mail quotes, or those that a source may have given. */
export interface Stream {
  readonly count: number;
  word(at: number): number;
  /** Words match only where this is the same: how deep they were quoted in the source. */
  depth(at: number): number;
  /** The row of the mail in which the word stands. */
  row(at: number): number;
  /** Whether no text runs from the word before into this one: another mail begins here. */
  breaks(at: number): boolean;
}

/** All words of a mail, to be found in what answers it. */
export function sourceStream(mail: MailWords): Stream {
  return {
    count: mail.count,
    word: mail.word,
    depth: (at) => mail.depth(mail.rowOf(at)),
    row: mail.rowOf,
    breaks: () => false,
  };
}

/** The words that the rows hold, in order. `depthOf` says what depth they are compared at. */
export function rowsStream(mail: MailWords, rows: readonly number[], depthOf: (row: number) => number): Stream {
  const places: number[] = [];
  for (const row of rows) for (let at = mail.first(row); at < mail.first(row + 1); at++) places.push(at);
  const row = (at: number): number => mail.rowOf(places[at] ?? mail.count);
  return {
    count: places.length,
    word: (at) => mail.word(places[at] ?? mail.count),
    depth: (at) => depthOf(row(at)),
    row,
    breaks: () => false,
  };
}

/** One after the other the words that these mails said themselves; their rows are numbered on. Depth does not count. */
export interface JoinedStream extends Stream {
  /** Which mail a word belongs to, and which word of that mail it is. */
  origin(at: number): { mail: number; word: number };
}

export function joinedStream(mails: readonly MailWords[]): JoinedStream {
  const owners: number[] = [];
  const places: number[] = [];
  const rowBases: number[] = [];
  let base = 0;
  for (const [index, mail] of mails.entries()) {
    rowBases.push(base);
    base += mail.rows;
    for (let at = 0; at < mail.count; at++) {
      if (mail.depth(mail.rowOf(at)) > 0) continue;
      owners.push(index);
      places.push(at);
    }
  }
  const mailAt = (at: number): MailWords | undefined => mails[owners[at] ?? -1];
  return {
    count: places.length,
    word: (at) => mailAt(at)?.word(places[at] ?? 0) ?? -1,
    depth: () => 0,
    row: (at) => (rowBases[owners[at] ?? 0] ?? 0) + (mailAt(at)?.rowOf(places[at] ?? 0) ?? 0),
    breaks: (at) => at > 0 && owners[at] !== owners[at - 1],
    origin: (at) => ({ mail: owners[at] ?? 0, word: places[at] ?? 0 }),
  };
}
