import * as vscode from 'vscode';
import type { Annotation } from '#annotations';
import type { NotedReading, PlacedNote, Reading } from '#features';
import { Turns } from '../argument/turns.ts';
import { isVersion } from '../argument/version-address.ts';
import { features } from '../core.ts';
import { isOurs, readingOf } from '../documents.ts';
import { rangeOf } from '../ranges.ts';
import { faintMarksOf, inQuote } from './faint.ts';
import type { KeptNote, NoteLibrary } from './library.ts';
import type { FaintMark, NoteHere, NotesOfDocument, UnplacedNote } from './note-here.ts';
import { labelOf } from './target.ts';

/** How long (ms) a text must rest before its notes are placed anew. */
const rest = 800;

/** Where the notes stand in each open mail. A text is made ready once a version; placing pauses every 8 ms. */
export class DocumentNotes implements vscode.Disposable {
  readonly #library: NoteLibrary;
  readonly #changes = new vscode.EventEmitter<vscode.TextDocument>();
  /** The notes of a document were placed anew, or what shows faintly became known. */
  readonly onDidPlace = this.#changes.event;
  readonly #notes = new Map<vscode.TextDocument, NotesOfDocument>();
  readonly #ready = new WeakMap<Reading, Turns<NotedReading>>();
  readonly #running = new Map<vscode.TextDocument, vscode.CancellationTokenSource>();
  readonly #timers = new Map<vscode.TextDocument, ReturnType<typeof setTimeout>>();
  readonly #listening: vscode.Disposable;

  constructor(library: NoteLibrary) {
    this.#library = library;
    this.#listening = vscode.Disposable.from(
      this.#changes,
      library.onDidChange(() => this.all()),
      vscode.workspace.onDidOpenTextDocument((document) => this.#later(document, 0)),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#later(document, rest);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => this.#forget(document)),
    );
  }

  dispose(): void {
    for (const document of [...this.#running.keys(), ...this.#timers.keys()]) this.#stop(document);
    this.#listening.dispose();
  }

  of(document: vscode.TextDocument): NotesOfDocument | undefined {
    return this.#notes.get(document);
  }

  get documents(): ReadonlyMap<vscode.TextDocument, NotesOfDocument> {
    return this.#notes;
  }

  /** Places the notes of all open mails anew. */
  all(): void {
    for (const document of vscode.workspace.textDocuments) this.#later(document, 0);
  }

  #later(document: vscode.TextDocument, wait: number): void {
    this.#stop(document);
    this.#timers.set(
      document,
      setTimeout(() => {
        this.#timers.delete(document);
        void this.refresh(document);
      }, wait),
    );
  }

  #stop(document: vscode.TextDocument): void {
    clearTimeout(this.#timers.get(document));
    this.#timers.delete(document);
    this.#running.get(document)?.cancel();
    this.#running.delete(document);
  }

  #forget(document: vscode.TextDocument): void {
    this.#stop(document);
    if (this.#notes.delete(document)) this.#changes.fire(document);
  }

  /** Places the notes of a document as it stands now. A later call takes the place of one that still runs. */
  async refresh(document: vscode.TextDocument): Promise<void> {
    this.#stop(document);
    const source = new vscode.CancellationTokenSource();
    this.#running.set(document, source);
    try {
      if (isMailText(document) && (await isOurs(document))) await this.#place(document, source.token);
    } finally {
      if (this.#running.get(document) === source) this.#running.delete(document);
    }
  }

  async #place(document: vscode.TextDocument, token: vscode.CancellationToken): Promise<void> {
    const { version } = document;
    const isOpen = () => !document.isClosed && document.version === version;
    const { notes } = this.#library;
    if (notes.size === 0) return this.#publish(document, { placed: [], unplaced: [], faint: [] });
    const reading = await readingOf(document);
    if (!reading || token.isCancellationRequested || !isOpen()) return;
    const annotations = [...notes.values()].map(({ annotation }) => annotation);
    const noted = await this.#noted(document, reading, annotations, token);
    const found = noted && (await new Turns(noted.place(annotations), isOpen).result(token));
    if (!noted || !found) return;
    const here = sorted(document, found, noted, notes);
    this.#publish(document, { ...here, faint: here.quoted });
    const faint = await faintMarksOf(document, noted, here.placed, token);
    if (faint && faint.length > 0) this.#publish(document, { ...here, faint: [...here.quoted, ...faint] });
  }

  async #noted(
    document: vscode.TextDocument,
    reading: Reading,
    annotations: readonly Annotation[],
    token: vscode.CancellationToken,
  ): Promise<NotedReading | undefined> {
    const { version } = document;
    const { notedReading } = await features();
    const isOpen = () => !document.isClosed && document.version === version;
    const turns = this.#ready.get(reading) ?? new Turns(notedReading(reading, annotations, labelOf(document)), isOpen);
    this.#ready.set(reading, turns);
    const noted = await turns.result(token);
    // Of a large text only what the notes of now name was looked into.
    if (noted?.isPart) this.#ready.delete(reading);
    return noted;
  }

  #publish(document: vscode.TextDocument, notes: NotesOfDocument): void {
    this.#notes.set(document, notes);
    this.#changes.fire(document);
  }
}

/** A patch that is compared with another version of it is no mail, though it looks like one. */
function isMailText({ uri }: vscode.TextDocument): boolean {
  return !isVersion(uri);
}

function sorted(
  document: vscode.TextDocument,
  found: readonly PlacedNote[],
  noted: NotedReading,
  notes: ReadonlyMap<string, KeptNote>,
) {
  const placed: NoteHere[] = [];
  const quoted: FaintMark[] = [];
  const unplaced: UnplacedNote[] = [];
  for (const one of found) {
    const kept = notes.get(one.annotation.id);
    if (!kept) continue;
    const { place, placing } = one;
    if (place) {
      const here = { ...kept, placed: one, range: rangeOf(document, place) };
      if (one.inQuote) quoted.push(inQuote(here));
      else placed.push(here);
    } else if (placing.state !== 'placed' && noted.concerns(one)) {
      const candidates = (one.candidates ?? []).map((candidate) => rangeOf(document, candidate));
      unplaced.push({ ...kept, document: document.uri, reason: placing.reason, candidates });
    }
  }
  return { placed, quoted, unplaced };
}
