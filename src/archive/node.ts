/** Door `#archive/node`: mail in files and repositories, looked at piece by piece, its indexes in threads, and where they are kept. Nothing here runs in a browser. */
export { type Content, contentOf, isPlainFile, openUnits, reasonOf } from './node/content.ts';
export { FilePieces, unitsOfBuffer } from './node/file-pieces.ts';
export { filesUnder, isFolder } from './node/folder.ts';
export { type GitOutcome, gitRepositories, indexGit } from './node/git-repositories.ts';
export { indexArchive } from './node/index-archive.ts';
export { type FileProblem, indexFiles } from './node/index-files.ts';
export { IndexFolder, indexName } from './node/index-folder.ts';
export { indexInWorker, type WorkerOrder, type WorkerOutcome, type WorkerReport } from './node/index-in-worker.ts';
export { type MailArchive, openMailArchive } from './node/mail-archive.ts';
export { modifiedAt } from './node/modified-at.ts';
