export { type AlteredQuote, alteredQuotes } from './altered.ts';
export type { Argument, SourcePlace } from './argument.ts';
export { type CodePlace, codePlaceAt } from './code-place.ts';
export { type CutLines, cutAbove, cutNear } from './cut.ts';
export { type ColourKind, type DiffLine, diffLines } from './diff-lines.ts';
export { areKin, type Kinship, kinshipOf } from './kin.ts';
export { argumentOf, type Beside, traceAll } from './read.ts';
export { type RemarkStatus, type Review, type ReviewPatch, type ReviewRemark, reviewOf } from './review.ts';
export { isQuoted, type QuotedLine, quotedLineAt, quotesOf, type SaidLine } from './said.ts';
export {
  type ComparedVersions,
  comparedVersions,
  type PostedVersion,
  patchText,
  postedVersions,
} from './versions.ts';
