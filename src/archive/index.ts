export type { Posting } from './by-subject.ts';
export { type Parent, type ThreadMember, type Threads, threadsOf } from './threads.ts';
