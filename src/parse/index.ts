export { isMail } from '#cut';
export { type Mailbox, type MessageReading, openMailbox } from './mailbox.ts';
