export type { Posting } from './by-subject.ts';
export { Links } from './links.ts';
export { type IndexedSource, indexSource } from './mailbox-index.ts';
export { NamedIdNumbers } from './named-ids.ts';
export { adoptOrphans, type Parent, rootOf, type ThreadMember, type Threads, threadsOf } from './threads.ts';
