export { isMail } from '#cut';
export { contentBytes, type ReadablePart, sizeText } from '#decode';
export { type LineHeads, lineHeads } from './line-heads.ts';
export { type Mailbox, type MessageReading, openMailbox } from './mailbox.ts';
export { isScissors } from './scissors.ts';
