export { type ReadingView, readingView, readPage } from './message.ts';
export { type ThreadMail, type ThreadView, threadView } from './thread.ts';
