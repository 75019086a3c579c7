export { type Answerer, type ReplyDraft, type ReplyRequest, replyDraft } from './draft.ts';
export { notesUnder } from './notes-under.ts';
export { draftProblems } from './problems.ts';
export type { LineRange, NoteUnder } from './quoting.ts';
export { type Selected, selectedLines } from './selected-lines.ts';
export { type SendCommand, sendEmailCommand } from './send-email.ts';
export { sendableText } from './sendable.ts';
