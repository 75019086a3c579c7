/** What the editor's room does differently where there are files. Stands in for `threads/mailbox-files.ts`. */
import { join } from 'node:path';
import { FilePieces, IndexFolder, indexInWorker, unitsOfBuffer } from '#archive/node';
import { features } from './core.ts';
import type { OpenMailboxFile } from './threads/mailbox-files.ts';

export const openMailboxFile: OpenMailboxFile = async (uri, { extension, storage, signal, onProgress }) => {
  if (uri.scheme !== 'file') return undefined;
  const outcome = await indexInWorker(uri.fsPath, {
    script: join(extension.fsPath, 'dist/archive-worker.cjs'),
    store: new IndexFolder(join(storage.fsPath, 'indexes')),
    signal,
    onProgress,
  });
  // What is no mailbox is small, and what is refused is asked for again in the editor's own way, which says why.
  if (outcome.state !== 'indexed') return undefined;
  const { threadsOfIndex } = await features();
  const pieces = new FilePieces();
  const units = outcome.content ? unitsOfBuffer(outcome.content) : pieces.units(uri.fsPath);
  return { threads: threadsOfIndex(outcome.index, units), units, close: () => pieces.close() };
};

export { inScratch as inRepository } from '#features/node';
