import * as vscode from 'vscode';
import type { ThreadsNode } from '#features';
import { features } from '../core.ts';
import { messageAddress, threadAddress } from '../reading-address.ts';
import { readTextShown, revealLine } from '../reading-view.ts';
import type { MarksStore } from './marks-store.ts';
import type { ShownMailbox } from './shown-mailbox.ts';
import type { ThreadsView } from './threads-view.ts';

/** What a reader does in the Threads view. */
export class ThreadCommands {
  readonly #view: ThreadsView;
  readonly #store: MarksStore;

  constructor(view: ThreadsView, store: MarksStore) {
    this.#view = view;
    this.#store = store;
  }

  /** Asks for a file, or takes the one that is given, and shows its threads. */
  async openMailbox(asked: unknown): Promise<void> {
    const uri = asked instanceof vscode.Uri ? asked : await chooseFile();
    if (!uri) return;
    await this.#view.pin(uri);
    await vscode.commands.executeCommand('patchgloss.threads.focus');
  }

  async closeMailbox(): Promise<void> {
    await this.#view.pin(undefined);
  }

  /** Opens the thread or the message of a row, or of the row that is selected. */
  async open(asked: unknown): Promise<void> {
    const node = this.#nodeOf(asked);
    const { shown } = this.#view;
    if (!shown || !node) return;
    if (node.kind === 'thread') {
      await this.#openThread(shown, node.thread);
      await this.#view.expand(node);
    }
    if (node.kind === 'message') await this.#openMessage(shown, node.message);
  }

  async #openThread(shown: ShownMailbox, thread: number): Promise<void> {
    const { threads, uri } = shown.mailbox;
    const root = threads.roots[thread] ?? 0;
    if (threads.members[thread]?.length === 1) return this.#openMessage(shown, root);
    await show(threadAddress(uri, root, threads.head(root).clean));
    this.#view.keepPlace(root);
    await this.#look(shown, root);
  }

  async #openMessage(shown: ShownMailbox, message: number): Promise<void> {
    const { threads, uri } = shown.mailbox;
    const root = threads.roots[threads.threadOf[message] ?? -1] ?? message;
    const whole = threadAddress(uri, root, threads.head(root).clean);
    const editor = vscode.window.visibleTextEditors.find(
      ({ document }) => document.uri.toString() === whole.toString(),
    );
    const line = editor && (await readTextShown(whole))?.lineOf(message);
    if (editor && line !== undefined) revealLine(editor, line);
    else await show(messageAddress(uri, message, threads.head(message).clean));
    this.#view.keepPlace(message);
    await this.#look(shown, message);
  }

  /** The message is read, and its thread was looked at. */
  async #look({ mailbox: { threads } }: ShownMailbox, message: number): Promise<void> {
    const { markedMessage } = await features();
    const marked = markedMessage(threads, message);
    this.#store.change((marks) => {
      marks.look(marked.thread, threads.last[threads.threadOf[message] ?? 0] ?? 0);
      marks.mark(marked, true);
    });
  }

  async mark(asked: unknown, read: boolean): Promise<void> {
    const node = this.#nodeOf(asked);
    const threads = this.#view.shown?.mailbox.threads;
    if (!threads || !node) return;
    if (node.kind === 'thread') return this.markThread(node, read);
    const { markedMessage } = await features();
    const messages = node.kind === 'message' ? [node.message] : node.kind === 'series' ? node.parts : [];
    this.#store.change((marks) => {
      for (const message of messages) marks.mark(markedMessage(threads, message), read);
    });
  }

  /** The thread of a row, of the row that is selected, with all its messages. */
  async markThread(asked: unknown, read: boolean): Promise<void> {
    const node = this.#nodeOf(asked);
    const threads = this.#view.shown?.mailbox.threads;
    if (!threads || !node || node.kind === 'range') return;
    const { threadIdentity } = await features();
    const identity = threadIdentity(threads, node.thread);
    this.#store.change((marks) => {
      if (read) marks.markThread(identity, threads.last[node.thread] ?? 0);
      else marks.unmarkThread(identity);
    });
  }

  /** Opens the next message that is not read, as the tree stands; `step` -1 goes back. */
  async nextUnread(step: 1 | -1): Promise<void> {
    const { shown } = this.#view;
    if (!shown) return;
    const found = await this.#unreadFrom(shown, step);
    if (found === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t('There is no other message that is not read.'));
      return;
    }
    await this.#openMessage(shown, found);
    await this.#view.reveal(found);
  }

  async #unreadFrom(
    { mailbox: { threads }, filtered, marks }: ShownMailbox,
    step: 1 | -1,
  ): Promise<number | undefined> {
    const { markedMessage, readingOrder, unreadIn } = await features();
    const order = filtered?.threads ?? threads.byActivity;
    const node = this.#view.selected;
    const here = node === undefined || node.kind === 'range' ? undefined : node;
    const isOpen = (message: number): boolean =>
      (filtered === undefined || filtered.found[message] === 1) && !marks.isRead(markedMessage(threads, message));
    const begin = here ? order.indexOf(here.thread) : step === 1 ? 0 : order.length - 1;
    for (let at = Math.max(begin, 0); at >= 0 && at < order.length; at += step) {
      const thread = order[at] ?? 0;
      if (unreadIn(threads, thread, marks).unread === 0) continue;
      const messages = readingOrder(threads, thread);
      if (step === -1) messages.reverse();
      const from = here?.thread === thread && here.kind === 'message' ? messages.indexOf(here.message) + 1 : 0;
      // Above the row of a thread there is none of its messages.
      const found =
        here?.kind !== 'message' && here?.thread === thread && step === -1
          ? undefined
          : messages.slice(from).find(isOpen);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Filters while somebody types; Escape goes back to what was filtered before. */
  filter(): void {
    const { shown } = this.#view;
    if (!shown) return;
    const before = shown.filtered?.text ?? '';
    const input = vscode.window.createInputBox();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let accepted = false;
    input.title = vscode.l10n.t('Filter Threads');
    input.placeholder = vscode.l10n.t('Words of the subject or the author');
    input.value = before;
    input.onDidChangeValue((text) => {
      clearTimeout(timer);
      timer = setTimeout(() => void this.#view.filter(text), 120);
    });
    input.onDidAccept(() => {
      accepted = true;
      clearTimeout(timer);
      void this.#view.filter(input.value);
      input.hide();
    });
    input.onDidHide(() => {
      clearTimeout(timer);
      if (!accepted && input.value !== before) void this.#view.filter(before);
      input.dispose();
    });
    input.show();
  }

  clearFilter(): void {
    void this.#view.filter('');
  }

  #nodeOf(asked: unknown): ThreadsNode | undefined {
    return isNode(asked) ? asked : this.#view.selected;
  }
}

function isNode(asked: unknown): asked is ThreadsNode {
  return typeof asked === 'object' && asked !== null && 'kind' in asked;
}

async function show(uri: vscode.Uri): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { preview: true, preserveFocus: true });
}

async function chooseFile(): Promise<vscode.Uri | undefined> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Open Mailbox'),
      openLabel: vscode.l10n.t('Open Mailbox'),
      filters: { [vscode.l10n.t('Mailboxes')]: ['mbox', 'mbx', 'eml', 'gz'], [vscode.l10n.t('All files')]: ['*'] },
    })) ?? [];
  return uri;
}
