export { type Backlinks, backlinksPage, linesOf } from './backlinks.ts';
export { firstMentions } from './first-mentions.ts';
export { footnoteDefinition } from './footnote.ts';
export { mentionsBetween, termAt } from './meanings.ts';
export type * from './plain.ts';
export { readingList } from './reading-list.ts';
export { type Progress, threadTerms } from './thread-terms.ts';
