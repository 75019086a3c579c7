import * as vscode from 'vscode';
import type { Annotation, NoteChange, Store } from '#annotations';
import { changeAnnotationFile } from '#editor/annotation-files';
import { annotations } from '../core.ts';
import { oneAfterTheOther } from '../in-turn.ts';
import type { NoteFolders } from './folders.ts';
import { reasonOf, tellConflicts, tellDamage, tellKept } from './tell.ts';
import { readText } from './virtual-file.ts';

/** An annotation file as it was read. */
export interface NoteFile {
  uri: vscode.Uri;
  store: Store;
}

/** A note that is kept, and the file it is kept in. */
export interface KeptNote {
  annotation: Annotation;
  file: NoteFile;
}

interface Known extends NoteFile {
  /** What the file was like when it was read, and what it said; unknown of one that was written here since. */
  stamp?: string;
  text?: string;
}

const extension = '.jsonld';
/** Files that are looked at together. */
const atOnce = 16;

/** All notes of the folders of notes, as their files have them. Nothing is read before the first look. */
export class NoteLibrary implements vscode.Disposable {
  readonly #folders: NoteFolders;
  readonly #changes = new vscode.EventEmitter<void>();
  /** Other notes are there, or notes say something else. */
  readonly onDidChange = this.#changes.event;
  /** Reading and writing take turns, so that nothing is shown that was read before a change. */
  readonly #inTurn = oneAfterTheOther();
  #known = new Map<string, Known>();
  #notes = new Map<string, KeptNote>();
  #looking: Promise<void> | undefined;

  constructor(folders: NoteFolders) {
    this.#folders = folders;
  }

  dispose(): void {
    this.#changes.dispose();
  }

  get files(): readonly NoteFile[] {
    return [...this.#known.values()];
  }

  /** By id; a note that is in two files counts where it was found first. */
  get notes(): ReadonlyMap<string, KeptNote> {
    return this.#notes;
  }

  /** Reads what changed since the last look. Asking twice at once is asking once. */
  look(): Promise<void> {
    this.#looking ??= this.#inTurn(async () => {
      this.#looking = undefined;
      await this.#read();
    });
    return this.#looking;
  }

  async #read(): Promise<void> {
    const found = new Map<string, Known>();
    for (const folder of this.#folders.readable()) {
      const uris = (await namesIn(folder)).map((name) => vscode.Uri.joinPath(folder, name));
      for (let at = 0; at < uris.length; at += atOnce) {
        const files = uris.slice(at, at + atOnce).map((uri) => readFile(uri, this.#known.get(uri.toString())));
        for (const file of await Promise.all(files)) if (file) found.set(file.uri.toString(), file);
      }
    }
    const isSame =
      found.size === this.#known.size && [...found].every(([key, file]) => this.#known.get(key)?.store === file.store);
    this.#known = found;
    if (!isSame) this.#gather();
  }

  #gather(): void {
    this.#notes = new Map();
    for (const file of this.#known.values()) {
      for (const annotation of file.store.annotations)
        if (!this.#notes.has(annotation.id)) this.#notes.set(annotation.id, { annotation, file });
    }
    this.#changes.fire();
  }

  /**
   * Brings changes into a file, merged with what others wrote meanwhile, and says where both touched the same. `label` is what a new file
   * says of its thread. Rejects with an `Error` in words for the reader; then nothing was written.
   */
  async change(file: vscode.Uri, label: string | undefined, changes: readonly NoteChange[]): Promise<void> {
    const { changeNotes } = await annotations();
    await this.#inTurn(async () => {
      let conflicts: readonly { message: string }[] = [];
      const changed = await changeAnnotationFile(file, label, (store) => {
        const merge = changeNotes(store, changes);
        conflicts = merge.conflicts;
        return merge.store;
      });
      if (changed.keptAs !== undefined) tellKept(file, changed.keptAs, changed.damage ?? '');
      tellConflicts(conflicts);
      // Somebody may have written behind us already: what the file is like now is not known.
      this.#known = new Map([...this.#known, [file.toString(), { uri: file, store: changed.store }]]);
      this.#gather();
    });
  }
}

/** Changes when a file is written; absent when there is none. */
async function stampOf(uri: vscode.Uri): Promise<string | undefined> {
  try {
    const { mtime, size } = await vscode.workspace.fs.stat(uri);
    return `${mtime} ${size}`;
  } catch {
    return undefined;
  }
}

async function namesIn(folder: vscode.Uri): Promise<string[]> {
  try {
    // Asked first, because an editor writes a failed listing into its log.
    await vscode.workspace.fs.stat(folder);
    const entries = await vscode.workspace.fs.readDirectory(folder);
    return entries
      .filter(([name]) => name.endsWith(extension))
      .map(([name]) => name)
      .sort();
  } catch {
    return [];
  }
}

/** A file that cannot be read is said once, and has no notes; the others count. The same store where the file still says the same. */
async function readFile(uri: vscode.Uri, before: Known | undefined): Promise<Known | undefined> {
  const { emptyStore, formatStore, parseStore } = await annotations();
  const stamp = await stampOf(uri);
  if (stamp === undefined) return undefined;
  if (before?.stamp === stamp) return before;
  try {
    const text = await readText(uri);
    if (text === undefined) return undefined;
    const said = before && (before.text ?? (before.store.keepAside === undefined && formatStore(before.store)));
    if (before && said === text) return { ...before, stamp, text };
    const store = parseStore(text);
    tellDamage(uri, store);
    return { uri, store, stamp, text };
  } catch (error) {
    const store = { ...emptyStore(), keepAside: reasonOf(error) };
    tellDamage(uri, store);
    return { uri, store, stamp };
  }
}
