/** Door `#archive/node`: mailboxes in files, looked at piece by piece, their indexes in threads, and where they are kept. Nothing here runs in a browser. */
export { FilePieces, unitsOfBuffer } from './node/file-pieces.ts';
export { type GitOutcome, gitRepositories, indexGit } from './node/git-repositories.ts';
export { IndexFolder, indexName } from './node/index-folder.ts';
export {
  indexInWorker,
  modifiedAt,
  type WorkerOrder,
  type WorkerOutcome,
  type WorkerReport,
} from './node/index-in-worker.ts';
