export { type VersionsElsewhere, versionsElsewhere } from './elsewhere.ts';
export { type Filtered, ThreadFilter } from './filter.ts';
export { type FoundMail, type FoundThreads, foundThreads } from './found.ts';
export { identityOfId } from './identity.ts';
export {
  type MessageLabel,
  markedMessage,
  messageLabel,
  type ThreadLabel,
  threadIdentity,
  threadLabel,
  unreadIn,
} from './labels.ts';
export { MailboxThreads, threadsInSlices, threadsOfArchive } from './mailbox.ts';
export { type KeptMarks, ReadingMarks } from './marks.ts';
export {
  hasRowsUnder,
  isPosting,
  pathTo,
  readingOrder,
  rowsUnder,
  type ThreadsNode,
  threadRows,
} from './rows.ts';
export { type TrailerCounts, trailerCounts } from './trailer-counts.ts';
