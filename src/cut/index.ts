export { cut, isMail, mailboxBeginning } from './cut.ts';
export { cutHeader } from './header.ts';
export { unitsOfBytes } from './mailbox/byte-units.ts';
export { headerAt, joinsOrEnds } from './mailbox/header-at.ts';
export type { Units } from './mailbox/units.ts';
export { walkMailbox } from './mailbox/walk.ts';
export type { FieldCut, MailboxCut, MessageCut } from './message-cut.ts';
export { isBinary } from './refusal.ts';
