/**
 * How much of one message is read into its tree. The limits count lines and nodes, never time, so a result does not depend on the machine. No
 * real mail comes near them: the longest patches that lists carry have some 100,000 lines.
 */

/** Lines of the body; what stands behind them is readable text without nodes. */
export const MOST_LINES = 250_000;
/** Quotes that hold nothing but the next deeper one, as in a line of 64 marks between lines without: then all deeper lines stand in the first. */
export const MOST_QUOTES = 200_000;
/** Links, footnote marks, ids and hashes; then a line is one text. */
export const MOST_MARKS = 200_000;
