import * as vscode from 'vscode';
import type { MailboxThreads, ThreadsNode } from '#features';
import { onDidChangeNoteCounts } from '../annotations/counts.ts';
import { type Features, features } from '../core.ts';
import { isReadingView, sourceUri } from '../reading-address.ts';
import { showAnew } from '../reading-view.ts';
import { lastMail } from '../terms/last-mail.ts';
import { inTurns } from './in-turns.ts';
import type { MarksStore } from './marks-store.ts';
import { openMailbox } from './open-mailbox.ts';
import { pinMailbox, pinnedMailbox } from './pinned.ts';
import { RowFacts } from './row-facts.ts';
import { isSearch, type Search, type ShownMailbox } from './shown-mailbox.ts';
import { threadItem } from './thread-items.ts';
import { countsOf, fileName, nameOf, saidOf } from './view-words.ts';

const viewId = 'patchgloss.threads';
/** Where the message that was read last is kept over a reload. */
const messageKey = 'patchgloss.lastMessage';
/** How long (ms) a mail that is edited, and marks that are set, must rest before rows are made anew. */
const rest = 800;
const restOfMarks = 150;
/** How long (ms) somebody waits until what was found so far is shown. */
const restOfRows = 300;

/** Threads, series and messages of what was searched for, of a mailbox that was opened, or else of the mail that somebody looked at last. */
export class ThreadsView implements vscode.TreeDataProvider<ThreadsNode>, vscode.Disposable {
  readonly #changes = new vscode.EventEmitter<ThreadsNode | undefined>();
  readonly onDidChangeTreeData = this.#changes.event;
  readonly #view: vscode.TreeView<ThreadsNode>;
  readonly #state: vscode.Memento;
  readonly #store: MarksStore;
  readonly #mail = lastMail();
  readonly #listening: vscode.Disposable;
  /** Rows of what is shown now. */
  #given = new WeakSet<ThreadsNode>();
  #above = new WeakMap<ThreadsNode, ThreadsNode>();
  /** Rows of threads under which others are shown. */
  readonly #expanded = new Map<number, ThreadsNode>();
  #rooms: Features | undefined;
  #shown: ShownMailbox | undefined;
  #search: Search | undefined;
  #running: vscode.CancellationTokenSource | undefined;
  #filtering = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(view: vscode.TreeView<ThreadsNode>, state: vscode.Memento, store: MarksStore) {
    this.#view = view;
    this.#state = state;
    this.#store = store;
    let marksTimer: ReturnType<typeof setTimeout> | undefined;
    const refreshSoon = () => {
      clearTimeout(marksTimer);
      marksTimer = setTimeout(() => this.refresh(), restOfMarks);
    };
    this.#listening = vscode.Disposable.from(
      this.#changes,
      view.onDidChangeVisibility(({ visible }) => {
        if (visible) this.#later(0);
      }),
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) this.#later(0);
      }),
      this.#mail.onDidChange((what) => {
        if (what !== 'caret' && this.pinned === undefined) this.#later(what === 'text' ? rest : 0);
      }),
      store.onDidChange(refreshSoon),
      onDidChangeNoteCounts(refreshSoon),
      new vscode.Disposable(() => clearTimeout(marksTimer)),
    );
    this.#later(0);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#running?.cancel();
    this.#listening.dispose();
    this.#shown?.facts?.dispose();
  }

  get shown(): ShownMailbox | undefined {
    return this.#shown;
  }

  /** The row that is selected, of what is shown now. */
  get selected(): ThreadsNode | undefined {
    const [node] = this.#view.selection;
    return node && this.#given.has(node) ? node : undefined;
  }

  /** The mailbox that was opened by command. */
  get pinned(): vscode.Uri | undefined {
    return pinnedMailbox(this.#state);
  }

  /** Shows a mailbox until it is closed; without one, the mail that was looked at last. */
  async pin(uri: vscode.Uri | undefined): Promise<void> {
    if (uri) this.#search = undefined;
    await pinMailbox(this.#state, uri);
    await this.#state.update(messageKey, undefined);
    await this.#load(uri !== undefined);
  }

  /** Shows what was found until it is cleared; then the mailbox again. */
  async showSearch(search: Search | undefined): Promise<void> {
    this.#search = search;
    await this.#load(true);
  }

  /** Keeps which message of a mailbox is read, to come back to after a reload. */
  keepPlace(message: number): void {
    if (this.#search) return;
    void this.#state.update(messageKey, message);
  }

  #later(wait: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#load(false), wait);
  }

  /** `asked`: by the reader, who is told what happens wherever the view is. */
  async #load(asked: boolean): Promise<void> {
    if (!asked && !this.#view.visible) return;
    this.#tellContext();
    const stopped = this.#running;
    this.#running = undefined;
    stopped?.cancel();
    if (this.#search) return this.#showOrigin(this.#search, this.#search.found.threads);
    const uri = this.pinned ?? this.#mailUri();
    if (!uri) return this.#show(undefined);
    const running = new vscode.CancellationTokenSource();
    this.#running = running;
    try {
      await this.#open(uri, running, asked);
    } catch (error) {
      if (running.token.isCancellationRequested && this.#running !== running) return;
      // Who asked for the same mailbox before us gave it up; we did not.
      if (error instanceof vscode.CancellationError && !running.token.isCancellationRequested) return this.#later(0);
      this.#show(undefined);
      this.#view.message = saidOf(error);
      if (asked && !(error instanceof vscode.CancellationError)) void vscode.window.showErrorMessage(saidOf(error));
    }
  }

  #tellContext(): void {
    const tell = (name: string, value: boolean) =>
      void vscode.commands.executeCommand('setContext', `patchgloss.${name}`, value);
    const search = this.#search;
    tell('threadsPinned', this.pinned !== undefined);
    tell('threadsFound', search !== undefined);
    tell('threadsFoundAtServer', search?.server !== undefined && search.found.threads.count > 0);
  }

  async #open(uri: vscode.Uri, running: vscode.CancellationTokenSource, asked: boolean): Promise<void> {
    const title = vscode.l10n.t('Reading {0}', fileName(uri));
    const options = asked
      ? { location: vscode.ProgressLocation.Notification, title, cancellable: true }
      : { location: { viewId } };
    const mailbox = await vscode.window.withProgress(options, (progress, token) => {
      token.onCancellationRequested(() => running.cancel());
      let before = 0;
      return openMailbox(uri, {
        token: running.token,
        onProgress: ({ read, length, messages }) => {
          const percent = Math.floor((read / Math.max(length, 1)) * 100);
          const message = vscode.l10n.t('{0} messages, {1} percent', messages.toLocaleString(), percent);
          this.#view.message = message;
          progress.report({ message, increment: percent - before });
          before = percent;
        },
      });
    });
    if (running.token.isCancellationRequested) throw new vscode.CancellationError();
    if (this.#shown?.origin === mailbox) return this.#sayCounts();
    const before = this.#shown?.origin;
    const isOther = !before || isSearch(before) || before.uri.toString() !== uri.toString();
    if (!isOther) showAnew(uri);
    await this.#showOrigin(mailbox, mailbox.threads, isOther ? '' : this.#shown?.filtered?.text);
    const last = this.#state.get<number>(messageKey);
    if (isOther && last !== undefined && this.pinned) await this.reveal(last);
  }

  /** `text` is filtered by. */
  async #showOrigin(origin: ShownMailbox['origin'], threads: MailboxThreads, text = ''): Promise<void> {
    if (this.#shown?.origin === origin) return this.#sayCounts();
    const rooms = await features();
    this.#rooms = rooms;
    const { marks } = this.#store;
    marks.beginSitting();
    const filter = new rooms.ThreadFilter(threads);
    const facts = isSearch(origin)
      ? undefined
      : new RowFacts(rooms, origin, (thread) =>
          this.#changes.fire(thread === undefined ? undefined : this.#expanded.get(thread)),
        );
    this.#show({ origin, threads, filter, filtered: undefined, marks, facts, now: Date.now() });
    if (text !== '') await this.filter(text);
  }

  /** The source of the mail that was looked at last. */
  #mailUri(): vscode.Uri | undefined {
    const uri = this.#mail.current()?.document.uri;
    return uri && (isReadingView(uri) ? sourceUri(uri) : uri);
  }

  #show(shown: ShownMailbox | undefined): void {
    this.#shown?.facts?.dispose();
    this.#shown = shown;
    this.#expanded.clear();
    this.#given = new WeakSet();
    void vscode.commands.executeCommand('setContext', 'patchgloss.threadsHaveMail', shown !== undefined);
    this.refresh();
  }

  /** Makes the rows anew: marks were set, a filter found something. */
  refresh(): void {
    if (this.#shown) this.#shown.now = Date.now();
    void vscode.commands.executeCommand(
      'setContext',
      'patchgloss.threadsFiltered',
      this.#shown?.filtered !== undefined,
    );
    this.#sayCounts();
    this.#changes.fire(undefined);
  }

  #sayCounts(): void {
    const { shown } = this;
    this.#view.description = shown ? nameOf(shown) : '';
    this.#view.message = shown && this.#rooms ? countsOf(shown, this.#unread(shown, this.#rooms)) : '';
  }

  #unread({ threads, marks }: ShownMailbox, { unreadIn }: Features): number {
    let unread = 0;
    for (const thread of threads.members.keys()) unread += unreadIn(threads, thread, marks).unread;
    return unread;
  }

  /** Shows what has these words; everything where there are none. A later call takes the place of one that still looks. */
  async filter(text: string): Promise<void> {
    const { shown } = this;
    if (!shown) return;
    const turn = ++this.#filtering;
    if (text.trim() === '') {
      shown.filtered = undefined;
      return this.refresh();
    }
    let shownAt = Date.now();
    const isOver = () => turn !== this.#filtering || shown !== this.#shown;
    const found = await inTurns(shown.filter.search(text), isOver, ({ looked, soFar }) => {
      if (Date.now() - shownAt > restOfRows) {
        shown.filtered = soFar();
        this.refresh();
        shownAt = Date.now();
      }
      this.#view.message = vscode.l10n.t('Looking for "{0}": {1} of {2}', text, looked, shown.threads.count);
    });
    if (isOver() || !found) return;
    shown.filtered = found;
    this.refresh();
  }

  /** Gives up what is looked for, and leaves what was found until now. */
  stopFilter(): void {
    this.#filtering++;
  }

  /** Shows what stands under a row. */
  async expand(node: ThreadsNode): Promise<void> {
    if (this.#view.visible) await this.#view.reveal(node, { expand: true, select: true, focus: false });
  }

  /** Selects the row of a message, if the view is on the screen. */
  async reveal(message: number): Promise<void> {
    if (!this.#shown || !this.#rooms || !this.#view.visible) return;
    const path = this.#rooms.pathTo(this.#shown.threads, message, this.#shown.filtered);
    for (const [at, node] of path.entries()) {
      const above = path[at - 1];
      if (above) this.#above.set(node, above);
    }
    const node = path.at(-1);
    if (node) await this.#view.reveal(node, { select: true, focus: false });
  }

  getChildren(node?: ThreadsNode): ThreadsNode[] {
    if (!this.#shown || !this.#rooms) return [];
    const { threads, filtered, facts } = this.#shown;
    if (!node) return this.#rooms.threadRows(threads, filtered);
    const all = this.#rooms.rowsUnder(threads, node, filtered);
    // What a search did not find may be there.
    const rows = facts ? all : all.filter(({ kind }) => kind !== 'missing');
    if (node.kind === 'thread' && facts && !filtered) {
      this.#expanded.set(node.thread, node);
      facts.count(node.thread);
      rows.unshift(...facts.versions(node.thread));
    }
    for (const row of rows) this.#above.set(row, node);
    return rows;
  }

  getParent(node: ThreadsNode): ThreadsNode | undefined {
    return this.#above.get(node);
  }

  getTreeItem(node: ThreadsNode): vscode.TreeItem {
    this.#given.add(node);
    return this.#shown && this.#rooms ? threadItem(this.#rooms, node, this.#shown) : new vscode.TreeItem('');
  }
}
