export { cut, isMail } from './cut.ts';
export { cutHeader } from './header.ts';
export type { FieldCut, MailboxCut, MessageCut } from './message-cut.ts';
export { isBinary } from './refusal.ts';
