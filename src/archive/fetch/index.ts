/** Door `#archive/fetch`: threads from public-inbox servers, when a reader asks for one. */

export { pageFailure } from './answer.ts';
export { b4Command, gitAmCommand } from './apply-commands.ts';
export { type Failure, failureText } from './failure.ts';
export { type FetchedThread, fetchThread } from './fetch-thread.ts';
export { threadFileName } from './file-name.ts';
export { type Asking, ask, type GotMail, getMail } from './get-mail.ts';
export { countMessages, mergeMail } from './merge.ts';
export type { Pace } from './pace.ts';
export { conditionFor, type Memory, readMemory, remember, rememberedFile } from './remembered.ts';
export { type Clock, type Network, PATIENCE } from './request.ts';
export { DEFAULT_SERVERS, hostOf, messageAddress, readServer, ServerError } from './servers.ts';
export { isGzip, unpackMail } from './unpack.ts';
export { isMessageId, readWanted, type Wanted } from './wanted.ts';
