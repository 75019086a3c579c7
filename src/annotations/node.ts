/** Door `#annotations/node`: annotation files on disk. Nothing here runs in a browser. */
export { type ChangedStore, changeStoreFile, readStoreFile } from './node/store-file.ts';
