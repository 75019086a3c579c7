/** What the editor does with mail of servers, each when a reader asks for it. */
export { copyB4Command, copyGitAmCommand } from './apply-commands.ts';
export { fetchThread, openMessage } from './fetch-command.ts';
export { cancelFetch } from './network.ts';
export { refreshThread } from './refresh.ts';
export { showStoredData } from './stored-list.ts';
