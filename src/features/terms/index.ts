export { firstMentions } from './first-mentions.ts';
export { mentionsInMessage, termAt } from './meanings.ts';
export type * from './plain.ts';
export { readingList } from './reading-list.ts';
export { type Progress, threadTerms } from './thread-terms.ts';
