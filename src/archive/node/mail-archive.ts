import { statSync } from 'node:fs';
import type { Units } from '#cut';
import { fileOf } from '../file-table.ts';
import { archiveSource, type KeptArchive } from '../kept-archive.ts';
import type { IndexedSource } from '../mailbox-index.ts';
import { openUnits } from './content.ts';
import { FilePieces } from './file-pieces.ts';
import { GitBlobs } from './git-blobs.ts';
import { gitRepositories } from './git-repositories.ts';
import { pathOf } from './index-files.ts';
import { indexInWorker, type WorkerOptions, type WorkerOutcome } from './index-in-worker.ts';

/** Mail that lies somewhere on this machine: its index, and the bytes of each message. */
export interface MailArchive {
  index: KeptArchive;
  source: IndexedSource;
  /** Rejects, in words for the reader, where the message is not there any more. */
  read(message: number): Promise<Uint8Array>;
  /** The path of the file that a message stands in; absent in repositories of git. */
  fileOf(message: number): string | undefined;
  /** The content of that file, whose units the span of the message is; absent in repositories of git. Rejects as above. */
  contentOf(message: number): Promise<Units | undefined>;
  close(): void;
}

export type OpenedArchive =
  | { state: 'opened'; archive: MailArchive; problems: Extract<WorkerOutcome, { state: 'indexed' }>['problems'] }
  | Exclude<WorkerOutcome, { state: 'indexed' }>;

/** Opens whatever mail lies at a path: a mailbox, also a compressed one, a folder, a maildir, a public-inbox or another archive in git. */
export async function openMailArchive(path: string, options: WorkerOptions): Promise<OpenedArchive> {
  const outcome = await indexInWorker(path, options);
  if (outcome.state !== 'indexed') return outcome;
  const { archive, problems } = outcome;
  const opened = archive.kind === 'git' ? inGit(path, archive) : inFiles(path, archive);
  return { state: 'opened', archive: opened, problems };
}

function inGit(path: string, index: KeptArchive): MailArchive {
  const blobs = new GitBlobs(gitRepositories(path));
  const source = archiveSource(index, () => NOTHING);
  return {
    index,
    source,
    read: (message) => blobs.read(source.blob?.(message) ?? ''),
    fileOf: () => undefined,
    contentOf: async () => undefined,
    close: () => blobs.close(),
  };
}

const NOTHING: Units = { length: 0, nextFromLine: () => -1, slice: () => '' };

function inFiles(path: string, index: KeptArchive): MailArchive {
  const pieces = new FilePieces();
  const whole = index.kind === 'mailbox' ? pieces.units(path) : NOTHING;
  const source = archiveSource(index, () => whole);
  const contents = new FileContents(pieces);
  const contentOf = async (message: number): Promise<Units> => {
    if (index.kind !== 'files') return whole;
    const file = index.table.files[fileOf(index.table, message)];
    return file ? contents.of(pathOf(path, file.path), file) : NOTHING;
  };
  return {
    index,
    source,
    async read(message) {
      const { start, end } = source.span(message);
      return Buffer.from((await contentOf(message)).slice(start, end), 'latin1');
    },
    fileOf: (message) => pathOf(path, source.file?.(message) ?? ''),
    contentOf,
    close: () => pieces.close(),
  };
}

/** The contents of files; of compressed ones that of the last one stays. */
class FileContents {
  readonly #pieces: FilePieces;
  #last: { path: string; modified: number; units: Promise<Units> } | undefined;

  constructor(pieces: FilePieces) {
    this.#pieces = pieces;
  }

  /** `file`: as it was when it was indexed; what has become of it since is another one. */
  of(path: string, { modified }: { modified: number }): Promise<Units> {
    if (this.#last?.path === path && this.#last.modified === modified) return this.#last.units;
    const units = this.#open(path, modified);
    this.#last = { path, modified, units };
    units.catch(() => {
      this.#last = undefined;
    });
    return units;
  }

  async #open(path: string, modified: number): Promise<Units> {
    const opened = await openUnits(path, this.#pieces);
    if ('refused' in opened) throw new Error(`${path}: ${opened.refused}`);
    if (!Number.isNaN(modified) && statSync(path).mtimeMs !== modified)
      throw new Error(`${path}: it was changed; open the archive again`);
    return opened.units;
  }
}
