/** What the editor's room does differently where there are files. Stands in for `threads/mailbox-files.ts`. */
import { join } from 'node:path';
import * as vscode from 'vscode';
import { IndexFolder, indexName, openMailArchive } from '#archive/node';
import { features } from './core.ts';
import type { OpenMailboxFile } from './threads/mailbox-files.ts';

export const openMailboxFile: OpenMailboxFile = async (uri, { extension, storage, signal, onProgress }) => {
  if (uri.scheme !== 'file') return undefined;
  const outcome = await openMailArchive(uri.fsPath, {
    script: join(extension.fsPath, 'dist/archive-worker.cjs'),
    // How much is kept is up to the reader, and seen to by `fetch/kept-indexes.ts`.
    store: new IndexFolder(join(storage.fsPath, 'indexes'), Number.POSITIVE_INFINITY),
    signal,
    onProgress,
  });
  if (outcome.state !== 'opened') return { refused: outcome.state === 'refused' ? outcome.reason : '' };
  const { archive, problems } = outcome;
  const { threadsOfArchive } = await features();
  return {
    index: indexName(uri.fsPath),
    threads: threadsOfArchive(archive.index, archive.source),
    read: (message) => archive.read(message),
    async fileOf(message) {
      const path = archive.fileOf(message);
      const units = await archive.contentOf(message);
      return path === undefined || !units ? undefined : { uri: vscode.Uri.file(path), units };
    },
    problems: problems.flatMap(({ path, reason }) => (reason === undefined ? [] : [`${path}: ${reason}`])),
    close: () => archive.close(),
  };
};

export const readsFolders = true;

export { inScratch as inRepository } from '#features/node';
export { changeAnnotationFile } from './node/annotation-file.ts';
