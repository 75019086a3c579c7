export { type AlteredQuote, alteredQuotes } from './altered.ts';
export { type Argument, argumentOf, traceAll } from './argument.ts';
export { type CutLines, cutAbove } from './cut.ts';
export { type QuotedLine, quotedLineAt, quotesOf, type SaidLine } from './said.ts';
