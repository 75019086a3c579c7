export {
  contentBytes,
  isMail,
  type Mailbox,
  type MessageReading,
  openMailbox,
  type ReadablePart,
  sizeText,
} from '#parse';
export { type Address, addressesOf, addressGroupsOf } from './addresses.ts';
export { atOnce } from './at-once.ts';
export { type BodyLine, type BodyLines, bodyLinesOf, type LineKind } from './body-lines.ts';
export { type CodeLine, codeLinesOf } from './code-lines.ts';
export { type Commit, type CommitOptions, commitOf } from './commit/index.ts';
export { commitSubject } from './commit/subject.ts';
export { isoDate } from './date.ts';
export {
  familiesOf,
  headerTraits,
  type PostedTraits,
  traitsOf,
  type VersionEvidence,
  versionFamilies,
} from './family/index.ts';
export { type FootnoteTarget, footnotesOf } from './footnotes.ts';
export { fieldsOf, messageIdsOf } from './header.ts';
export {
  comparePatches,
  type Interdiff,
  type InterdiffHunk,
  type InterdiffLine,
  matchInSteps,
  matchPatches,
  type Pair,
  type Patch,
  type PatchState,
  patchOf,
  type TextChange,
} from './interdiff/index.ts';
export { itemAround, itemStarts } from './items.ts';
export { type Carried, carriedBy, kindFrom, kindOf, type MessageKind } from './kind.ts';
export {
  type About,
  type Answer,
  firstSentence,
  type LedgerMail,
  ledgerOf,
  type NextVersion,
  type Outcome,
  type PatchLedger,
  type Place as LedgerPlace,
  type Remark,
  type Verdict,
} from './ledger/index.ts';
export { type LogicalText, logicalTexts } from './logical.ts';
export { type Mention, mentionAt, mentionsOf, surroundingsOf } from './mentions.ts';
export { messageIdInUrl } from './message-url.ts';
export { ownText } from './own-text.ts';
export { postingOf } from './posting.ts';
export {
  type MailWords,
  mailWords,
  type Origin,
  Provenance,
  type QuotingMail,
  type RowTrace,
  Vocabulary,
} from './provenance/index.ts';
export type { PullRequest } from './pull-request.ts';
export { withoutReply } from './reply-prefix.ts';
export { type Round, roundsOf } from './rounds.ts';
export { type SeriesPlace, seriesOf } from './series.ts';
export { definitionOf, sameWords } from './terms/definition.ts';
export { type LocalMention, type LocalTerm, localMentionsOf, localTermsOf } from './terms/local-terms.ts';
export { sentenceAround } from './terms/sentence.ts';
export {
  type CollectedPatch,
  type CollectedSeries,
  type CollectedTrailer,
  collectInSteps,
  collectTrailers,
} from './trailers/collect.ts';
export { givenTrailers } from './trailers/stated.ts';
export { type ThreadMail, threadMail } from './trailers/thread-mail.ts';
export { type TrailerValue, trailerKey, trailerValue } from './trailers/value.ts';
export { displayName, speakerAt, type Voices, voicesOf } from './voices.ts';
