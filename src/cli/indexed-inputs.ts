import { type IndexStore, type JoinedMessages, packGit, packIndex } from '#archive';
import { FilePieces, gitRepositories, indexGit, indexName } from '#archive/node';
import { MailIndex } from '#features';
import { openUnits } from './content.ts';
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
  /** Whether the store has it already, and who answers whom with it. */
  stored: boolean;
  joined: boolean;
  pack: (joined: { joined?: JoinedMessages }) => Uint8Array;
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
    for (const file of await namedFiles([path])) {
      if ('refused' in file) this.#refuse(file.path, file.refused);
      else await this.#addFile(file.path);
    }
  }

  /** Joins all messages, and keeps what is new. */
  async keep(): Promise<void> {
    const joined = this.index.join();
    for (const { path, pack, ...known } of this.#keepable) {
      // Who answers whom is kept of a file by itself, which is how it is opened most often.
      const alone = this.files.length === 1;
      if (known.stored && (known.joined || !alone)) continue;
      await this.#store?.write(indexName(path), pack(alone ? { joined } : {}));
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
    if (mailbox) {
      const { index, stored } = mailbox;
      const pack: Keepable['pack'] = (joined) => packIndex({ ...index, ...joined });
      this.#keepable.push({ path, stored, joined: index.joined !== undefined, pack });
    }
    if (damage === undefined) reportComplaints(nameOf(path), source?.complaints ?? [], this.#output);
    this.files.push({ path, bytes: units.length, messages: source?.count ?? 0 });
  }

  async #addRepositories(path: string): Promise<void> {
    const outcome = await indexGit(path, this.#store ? { store: this.#store } : {});
    if (outcome.state !== 'indexed') {
      return this.#refuse(path, outcome.state === 'refused' ? outcome.reason : 'it was not read to its end');
    }
    const { index, from } = outcome;
    const source = this.index.addGit(index);
    const pack: Keepable['pack'] = (joined) => packGit({ ...index, ...joined });
    this.#keepable.push({ path, stored: from === 'kept', joined: index.joined !== undefined, pack });
    const bytes = index.table.sizes.reduce((sum, size) => sum + size, 0);
    this.files.push({ path, bytes, messages: source?.count ?? 0 });
  }
}
