import type { Units } from '#cut';
import { filesSource } from './file-table.ts';
import { gitSource } from './git-table.ts';
import { type IndexedSource, tableSource } from './mailbox-index.ts';
import { openArrays } from './packed-arrays.ts';
import { filesOf, type KeptFiles, packFiles } from './packed-files.ts';
import { gitOf, type KeptGit, packGit } from './packed-git.ts';
import { indexOf, type KeptIndex, packIndex } from './packed-index.ts';

/** The index of an archive, whatever it is: one mailbox, several files, or repositories of git. */
export type KeptArchive =
  | ({ kind: 'mailbox' } & KeptIndex)
  | ({ kind: 'files' } & KeptFiles)
  | ({ kind: 'git' } & KeptGit);

/** One buffer that can be transferred and stored. */
export function packArchive(archive: KeptArchive): Uint8Array<ArrayBuffer> {
  switch (archive.kind) {
    case 'mailbox':
      return packIndex(archive);
    case 'files':
      return packFiles(archive);
    case 'git':
      return packGit(archive);
  }
}

/** What `packArchive` packed; absent where the bytes are anything else, damaged, or of another version. */
export function openArchive(bytes: Uint8Array): KeptArchive | undefined {
  const pack = openArrays(bytes);
  if (!pack) return undefined;
  const mailbox = indexOf(pack);
  if (mailbox) return { kind: 'mailbox', ...mailbox };
  const files = filesOf(pack);
  if (files) return { kind: 'files', ...files };
  const git = gitOf(pack);
  return git && { kind: 'git', ...git };
}

/** The messages of an archive. `units` are those of the mailbox, which are not asked for where it is none. */
export function archiveSource(archive: KeptArchive, units: () => Units): IndexedSource {
  switch (archive.kind) {
    case 'mailbox':
      return tableSource(archive.table, units());
    case 'files':
      return filesSource(archive.table);
    case 'git':
      return gitSource(archive.table);
  }
}
