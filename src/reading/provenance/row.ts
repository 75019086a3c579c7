/** A quoted row: its number in its mail, and its words [from, to) of the quoted stream. Never empty. */
export interface QuotedRow {
  row: number;
  from: number;
  to: number;
}

/** Where a row stands in the source: words [from, to) of its stream. */
export interface Found {
  from: number;
  to: number;
  /** Some of its words are not those of the source. */
  altered: boolean;
}
