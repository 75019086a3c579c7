import * as vscode from 'vscode';
import { isReadingView, sourceUri } from '../reading-address.ts';
import type { NoteThreads } from './comments.ts';
import type { DocumentNotes } from './document-notes.ts';
import type { NoteLibrary } from './library.ts';
import type { NoteHere } from './note-here.ts';

const placesKey = 'patchgloss.notePlaces';
const mostKept = 5_000;

/** Goes from note to note, also to those in mails that are not open: where a note was last seen is kept over a reload. */
export class NoteWalk implements vscode.Disposable {
  readonly #library: NoteLibrary;
  readonly #documents: DocumentNotes;
  readonly #threads: NoteThreads;
  readonly #state: vscode.Memento;
  readonly #listening: vscode.Disposable;
  /** The document each note was last seen in. */
  readonly #seen: Map<string, string>;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(library: NoteLibrary, documents: DocumentNotes, threads: NoteThreads, state: vscode.Memento) {
    this.#library = library;
    this.#documents = documents;
    this.#threads = threads;
    this.#state = state;
    this.#seen = new Map(Object.entries(state.get<Record<string, string>>(placesKey, {})));
    this.#listening = documents.onDidPlace((document) => this.#remember(document));
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#listening.dispose();
  }

  #remember(document: vscode.TextDocument): void {
    const placed = this.#documents.of(document)?.placed ?? [];
    const uri = document.uri.toString();
    let isNew = false;
    for (const { annotation } of placed) {
      const known = this.#seen.get(annotation.id);
      // The mail itself rather than a view of it, which is made again.
      if (known === uri || (known !== undefined && isReadingView(document.uri))) continue;
      this.#seen.set(annotation.id, uri);
      isNew = true;
    }
    if (!isNew) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const kept = [...this.#seen].filter(([id]) => this.#library.notes.has(id)).slice(-mostKept);
      void this.#state.update(placesKey, Object.fromEntries(kept));
    }, 1000);
  }

  /** Shows a note where it stands; says what to open where that is not known. */
  async show(id: string): Promise<void> {
    const open = [...this.#documents.documents].filter(([, { placed }]) => placed.some(isNote(id)));
    const visible = open.find(([document]) =>
      vscode.window.visibleTextEditors.some((one) => one.document === document),
    );
    const document = (visible ?? open[0])?.[0] ?? (await this.#openSeen(this.#seen.get(id)));
    const note = document && this.#documents.of(document)?.placed.find(isNote(id));
    if (document && note) return this.#reveal(document, note);
    const mailbox = vscode.l10n.t('Open Mailbox');
    const fetch = vscode.l10n.t('Fetch Thread');
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t('The mail that this note is on is not open. Open it, and the note is shown in it.'),
      mailbox,
      fetch,
    );
    if (answer === mailbox) await vscode.commands.executeCommand('patchgloss.openMailbox');
    if (answer === fetch) await vscode.commands.executeCommand('patchgloss.fetchThread');
  }

  /** Goes to the next note (1) or the one before (-1): in this mail, then in the others that have notes, round and round. */
  async step(direction: 1 | -1): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    const here = editor && this.#inOrder(editor.document, direction);
    const caret = editor?.selection.active;
    const next = caret && here?.find(({ range }) => direction * range.start.compareTo(caret) > 0);
    if (editor && next) return this.#reveal(editor.document, next);
    for (const uri of this.#others(editor?.document.uri, direction)) {
      const document = await this.#openSeen(uri);
      const [first] = document ? this.#inOrder(document, direction) : [];
      if (document && first) return this.#reveal(document, first);
    }
    const [first] = here ?? [];
    if (editor && first) return this.#reveal(editor.document, first);
    void vscode.window.showInformationMessage(vscode.l10n.t('There are no notes in the mails that were opened here.'));
  }

  #inOrder(document: vscode.TextDocument, direction: 1 | -1): NoteHere[] {
    const placed = this.#documents.of(document)?.placed ?? [];
    return [...placed].sort((one, other) => direction * one.range.start.compareTo(other.range.start));
  }

  /** The documents that notes were seen in, from the one behind `active` on. */
  #others(active: vscode.Uri | undefined, direction: 1 | -1): string[] {
    const known = new Set([...this.#seen].flatMap(([id, uri]) => (this.#library.notes.has(id) ? [uri] : [])));
    const own = active && sourceUri(active).toString();
    if (active) known.delete(active.toString());
    if (own !== undefined) known.add(own);
    const all = [...known].sort();
    const at = own === undefined ? -1 : all.indexOf(own);
    const after = [...all.slice(at + 1), ...all.slice(0, Math.max(at, 0))];
    return direction === 1 ? after : after.reverse();
  }

  /** Opens a document in which notes were seen, with its notes placed. */
  async #openSeen(uri: string | undefined): Promise<vscode.TextDocument | undefined> {
    if (uri === undefined) return undefined;
    try {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
      // Placing begins anew when the editor tells that the document is open.
      for (let tries = 0; tries < 3 && !this.#documents.of(document); tries++) await this.#documents.refresh(document);
      return document;
    } catch {
      // It was moved or deleted: its notes are found when it is opened where it is now.
      return undefined;
    }
  }

  async #reveal(document: vscode.TextDocument, { annotation, range }: NoteHere): Promise<void> {
    const active = vscode.window.activeTextEditor;
    const shown = [active, ...vscode.window.visibleTextEditors].find((editor) => editor?.document === document);
    const editor = await vscode.window.showTextDocument(document, {
      selection: new vscode.Range(range.start, range.start),
      ...(shown?.viewColumn === undefined ? {} : { viewColumn: shown.viewColumn }),
    });
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    this.#threads.expand(document.uri, annotation.id);
  }
}

function isNote(id: string): (note: NoteHere) => boolean {
  return ({ annotation }) => annotation.id === id;
}
