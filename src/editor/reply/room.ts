/** Behind the commands about what a reader gives to others. */
export { exportBrief } from '../brief/export-brief.ts';
export { checkDrafts } from './draft-checks.ts';
export { replyToMessage } from './reply.ts';
export { copySendEmailCommand } from './send-command.ts';
