import { join } from 'node:path';
import { type IndexStore, type JoinedMessages, type KeptArchive, openArchive, packArchive } from '#archive';
import {
  FilePieces,
  gitRepositories,
  indexFiles,
  indexGit,
  indexName,
  isFolder,
  isPlainFile,
  openUnits,
} from '#archive/node';
import { MailIndex } from '#features';
import { namedFiles } from './inputs.ts';
import { keptMailbox } from './kept-mailbox.ts';
import type { Output } from './output.ts';
import { nameOf, reportComplaints } from './report-problem.ts';

/** What a file gave. */
export interface IndexedFile {
  path: string;
  bytes: number;
  messages: number;
}

/** Smaller files are indexed faster than they are looked for; in bytes. */
const WORTH_KEEPING = 2 ** 20;

/** An index that a store may keep. */
interface Keepable {
  path: string;
  archive: KeptArchive;
  /** Whether the store has it already. */
  stored: boolean;
}

/** The files, folders and repositories of a command, each added to one index. */
export class IndexedInputs {
  readonly index = new MailIndex();
  readonly files: IndexedFile[] = [];
  #pieces = new FilePieces();
  #output: Output;
  #store: IndexStore | undefined;
  #keepable: Keepable[] = [];

  constructor(output: Output, store: IndexStore | undefined) {
    this.#output = output;
    this.#store = store;
  }

  async add(path: string): Promise<void> {
    if (path !== '-' && gitRepositories(path).length > 0) return this.#addRepositories(path);
    if (this.#store && (await isFolderOrPacked(path))) return this.#addFiles(path);
    for (const file of await namedFiles([path])) {
      if ('refused' in file) this.#refuse(file.path, file.refused);
      else await this.#addFile(file.path);
    }
  }

  /** Joins all messages, and keeps what is new. */
  async keep(): Promise<void> {
    const joined = this.index.join();
    for (const { path, archive, stored } of this.#keepable) {
      // Who answers whom is kept of an archive by itself, which is how it is opened most often.
      const alone: { joined?: JoinedMessages } = this.index.isOneArchive ? { joined } : {};
      if (stored && (archive.joined !== undefined || !alone.joined)) continue;
      await this.#store?.write(indexName(path), packArchive({ ...archive, ...alone }));
    }
  }

  close(): void {
    this.#pieces.close();
  }

  #refuse(path: string, reason: string): void {
    this.#output.problem(`${nameOf(path)}: ${reason}`);
    this.index.add(undefined);
    this.files.push({ path, bytes: 0, messages: 0 });
  }

  async #addFile(path: string): Promise<void> {
    const opened = await openUnits(path, this.#pieces);
    if ('refused' in opened) return this.#refuse(path, opened.refused);
    const { units, content, damage } = opened;
    if (damage !== undefined) this.#output.problem(`${nameOf(path)}: ${damage}`);
    const large = content === undefined && units.length >= WORTH_KEEPING;
    const mailbox = this.#store && large ? await keptMailbox(path, units, this.#store) : undefined;
    const source = mailbox ? this.index.addKept(mailbox.index, units) : this.index.add(units);
    if (mailbox) this.#keepLater(path, { kind: 'mailbox', ...mailbox.index }, mailbox.stored);
    if (damage === undefined) reportComplaints(nameOf(path), source?.complaints ?? [], this.#output);
    this.files.push({ path, bytes: units.length, messages: source?.count ?? 0 });
  }

  async #addRepositories(path: string): Promise<void> {
    const kept = await this.#keptOf(path);
    const outcome = await indexGit(path, { kept: kept?.kind === 'git' ? kept : undefined });
    if (outcome.state !== 'indexed') {
      return this.#refuse(path, outcome.state === 'refused' ? outcome.reason : 'it was not read to its end');
    }
    const { index, from } = outcome;
    const source = this.index.addGit(index);
    this.#keepLater(path, { kind: 'git', ...index }, from === 'kept');
    const bytes = index.table.sizes.reduce((sum, size) => sum + size, 0);
    this.files.push({ path, bytes, messages: source?.count ?? 0 });
  }

  /** The files of a folder, or one that is compressed, from what the store keeps of them. */
  async #addFiles(root: string): Promise<void> {
    const kept = await this.#keptOf(root);
    const { index, from, problems } = await indexFiles(root, kept?.kind === 'files' ? { kept } : {});
    const { table } = index;
    const sources = this.index.addFiles(index);
    for (const [at, { path, size }] of table.files.entries()) {
      const bytes = table.lengths[at] ?? size;
      this.files.push({ path: path === '' ? root : join(root, path), bytes, messages: sources[at]?.count ?? 0 });
    }
    const opened = new Set(this.files.map(({ path }) => path));
    for (const { path, reason, complaints = [] } of problems) {
      if (reason === undefined) reportComplaints(nameOf(path), complaints, this.#output);
      else if (opened.has(path)) this.#output.problem(`${nameOf(path)}: ${reason}`);
      else this.#refuse(path, reason);
    }
    this.#keepLater(root, { kind: 'files', ...index }, from === 'kept');
  }

  async #keptOf(path: string): Promise<KeptArchive | undefined> {
    const bytes = await this.#store?.read(indexName(path));
    return bytes && openArchive(bytes);
  }

  #keepLater(path: string, archive: KeptArchive, stored: boolean): void {
    this.#keepable.push({ path, archive, stored });
  }
}

async function isFolderOrPacked(path: string): Promise<boolean> {
  if (path === '-') return false;
  if (await isFolder(path)) return true;
  // What is not there, or may not be read, is told by those who read it.
  return isPlainFile(path).then(
    (plain) => !plain,
    () => false,
  );
}
