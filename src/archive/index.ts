export { type Parent, type ThreadMember, type Threads, threadsOf } from './threads.ts';
