export { cut, isMail } from './cut.ts';
export type { FieldCut, MailboxCut, MessageCut } from './message-cut.ts';
