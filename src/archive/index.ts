export { bareIds, mendedId } from './broken-ids.ts';
export type { Posting } from './by-subject.ts';
export { type FileTable, filesSource } from './file-table.ts';
export { gitSource } from './git-table.ts';
export { changeSince, hashOf, type IndexKey, indexKeyOf } from './index-key.ts';
export { type HeaderFacts, joinMessages, membersOf } from './joined.ts';
export { archiveSource, type KeptArchive, openArchive, packArchive } from './kept-archive.ts';
export { continueIndex, findIndex, freshIndex, type IndexStore, indexToKeep } from './kept-index.ts';
export { Links } from './links.ts';
export {
  type IndexedSource,
  type IndexProgress,
  indexInSlices,
  indexSource,
  tableSource,
} from './mailbox-index.ts';
export { NamedIdNumbers } from './named-ids.ts';
export type { KeptFiles } from './packed-files.ts';
export { type KeptGit, openGit, packGit } from './packed-git.ts';
export { type KeptIndex, openIndex, packIndex } from './packed-index.ts';
export type { JoinedMessages } from './packed-parts.ts';
export { inReadingOrder } from './thread-order.ts';
export { type Parent, partOf, type ThreadMember, type Threads, threadsOf } from './threads.ts';
