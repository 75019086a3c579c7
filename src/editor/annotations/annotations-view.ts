import * as vscode from 'vscode';
import type { NoteGrouping, NoteRow } from '#features';
import { type Features, features } from '../core.ts';
import { isReadingView } from '../reading-address.ts';
import type { DocumentNotes } from './document-notes.ts';
import type { NoteFile, NoteLibrary } from './library.ts';
import type { UnplacedNote } from './note-here.ts';
import { noteItem } from './note-items.ts';
import { childrenOf, type NoteNode } from './note-nodes.ts';

const groupingKey = 'patchgloss.annotationsGrouping';
const groupings: readonly NoteGrouping[] = ['thread', 'kind', 'tag'];
/** How long (ms) what happens to notes must rest before rows are made anew. */
const rest = 100;

/** All notes of the folders of notes, grouped and filtered; above them those that have no place in the mail that is open. */
export class AnnotationsView implements vscode.TreeDataProvider<NoteNode>, vscode.Disposable {
  readonly #changes = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changes.event;
  readonly #view: vscode.TreeView<NoteNode>;
  readonly #state: vscode.Memento;
  readonly #library: NoteLibrary;
  readonly #documents: DocumentNotes;
  readonly #listening: vscode.Disposable;
  readonly #above = new WeakMap<NoteNode, NoteNode>();
  #rooms: Features | undefined;
  #rows: readonly NoteRow[] = [];
  #roots: readonly NoteNode[] = [];
  #filter = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(view: vscode.TreeView<NoteNode>, state: vscode.Memento, library: NoteLibrary, documents: DocumentNotes) {
    this.#view = view;
    this.#state = state;
    this.#library = library;
    this.#documents = documents;
    this.#listening = vscode.Disposable.from(
      this.#changes,
      library.onDidChange(() => this.#later(true)),
      documents.onDidPlace(() => this.#later(false)),
    );
    this.#later(true);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#listening.dispose();
  }

  /** The row that is selected. */
  get selected(): NoteNode | undefined {
    return this.#view.selection[0];
  }

  get filtered(): string {
    return this.#filter;
  }

  get #grouping(): NoteGrouping {
    const kept = this.#state.get<string>(groupingKey);
    return groupings.find((one) => one === kept) ?? 'thread';
  }

  /** Groups by thread, by kind, by tag, and by thread again. */
  async groupNext(): Promise<void> {
    const next = groupings[(groupings.indexOf(this.#grouping) + 1) % groupings.length];
    await this.#state.update(groupingKey, next);
    await this.#make();
  }

  filter(text: string): void {
    this.#filter = text.trim();
    void this.#make();
  }

  /** Shows the notes without a place, if there are any. */
  async showUnplaced(): Promise<boolean> {
    await this.#make();
    const node = this.#roots.find(({ kind }) => kind === 'unplaced');
    if (!node) return false;
    await vscode.commands.executeCommand('patchgloss.annotations.focus');
    await this.#view.reveal(node, { expand: true, focus: true, select: true });
    return true;
  }

  #rowsAreOld = true;

  #later(rows: boolean): void {
    this.#rowsAreOld ||= rows;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#make(), rest);
  }

  async #make(): Promise<void> {
    clearTimeout(this.#timer);
    this.#rooms ??= await features();
    const { groupNotes, matchesNotes, noteRow } = this.#rooms;
    if (this.#rowsAreOld) {
      this.#rowsAreOld = false;
      this.#rows = [...this.#library.notes.values()].map(({ annotation, file }) => noteRow(annotation, threadOf(file)));
    }
    const rows = this.#rows.filter(matchesNotes(this.#filter));
    const byId = new Map(rows.map((row) => [row.id, row]));
    const strays = unplacedNotes(this.#documents).flatMap((note): NoteNode[] => {
      const row = byId.get(note.annotation.id);
      return row ? [{ kind: 'stray', id: row.id, row, note }] : [];
    });
    const by = this.#grouping;
    const groups = groupNotes(rows, by).map((group): NoteNode => ({ kind: 'group', by, group }));
    this.#roots = strays.length > 0 ? [{ kind: 'unplaced', notes: strays }, ...groups] : groups;
    this.#say(rows.length);
    this.#changes.fire();
  }

  #say(shown: number): void {
    const all = this.#rows.length;
    void vscode.commands.executeCommand('setContext', 'patchgloss.annotationsHaveNotes', all > 0);
    void vscode.commands.executeCommand('setContext', 'patchgloss.annotationsFiltered', this.#filter !== '');
    const by = {
      thread: vscode.l10n.t('by thread'),
      kind: vscode.l10n.t('by kind'),
      tag: vscode.l10n.t('by tag'),
    };
    this.#view.description = all === 0 ? '' : by[this.#grouping];
    this.#view.message = this.#filter === '' ? '' : vscode.l10n.t('"{0}": {1} of {2} notes', this.#filter, shown, all);
  }

  getChildren(node?: NoteNode): NoteNode[] {
    if (!node) return [...this.#roots];
    const children = [...childrenOf(node)];
    for (const child of children) this.#above.set(child, node);
    return children;
  }

  getParent(node: NoteNode): NoteNode | undefined {
    return this.#above.get(node);
  }

  getTreeItem(node: NoteNode): vscode.TreeItem {
    return noteItem(node);
  }
}

/** What an annotation file says of its thread. */
function threadOf({ uri, store }: NoteFile): { key: string; label: string } {
  const { partOf } = store.members;
  const label = typeof partOf === 'object' && partOf !== null && 'label' in partOf ? partOf.label : '';
  return { key: uri.toString(), label: typeof label === 'string' ? label : '' };
}

/** The notes that stand nowhere in the mails that are open, and are about one of them; each once, in its mail sooner than in a view of it. */
export function unplacedNotes(documents: DocumentNotes): UnplacedNote[] {
  const placed = new Set<string>();
  const found = new Map<string, UnplacedNote>();
  for (const notes of documents.documents.values()) {
    for (const { annotation } of [...notes.placed, ...notes.faint]) placed.add(annotation.id);
    for (const note of notes.unplaced) {
      const known = found.get(note.annotation.id);
      if (!known || isReadingView(known.document)) found.set(note.annotation.id, note);
    }
  }
  return [...found].flatMap(([id, note]) => (placed.has(id) ? [] : [note]));
}
