import * as vscode from 'vscode';
import type { MailboxThreads, ThreadsNode } from '#features';
import { features } from '../core.ts';
import { messageAddress, threadAddress } from '../reading-address.ts';
import { readTextShown, revealLine } from '../reading-view.ts';
import { chooseMailbox } from './choose-mailbox.ts';
import { askFilter } from './filter-input.ts';
import { inTurns } from './in-turns.ts';
import { linkAnother, openLinked, removeLink } from './link-versions.ts';
import { isAtHand, placeOf } from './mail-place.ts';
import type { MarksStore } from './marks-store.ts';
import { openMailbox } from './open-mailbox.ts';
import { showView } from './show-view.ts';
import { isSearch, type Search, type ShownMailbox } from './shown-mailbox.ts';
import type { ThreadsView } from './threads-view.ts';

/** What a row of the view may need of servers. */
export interface Servers {
  /** Fetches the thread of a message and opens it. */
  fetch(url: string): Promise<void>;
  /** Downloads all that a server finds as one mailbox, and opens it. */
  download(server: string, query: string): Promise<void>;
}

/** What a reader does in the Threads view. */
export class ThreadCommands {
  readonly #view: ThreadsView;
  readonly #store: MarksStore;
  readonly #servers: Servers;

  constructor(view: ThreadsView, store: MarksStore, servers: Servers) {
    this.#view = view;
    this.#store = store;
    this.#servers = servers;
  }

  /** Asks for a file, or takes the one that is given, and shows its threads. */
  async openMailbox(asked: unknown): Promise<void> {
    const uri = asked instanceof vscode.Uri ? asked : await chooseMailbox();
    if (!uri) return;
    await this.#view.pin(uri);
    await vscode.commands.executeCommand('patchgloss.threads.focus');
  }

  async closeMailbox(): Promise<void> {
    await this.#view.pin(undefined);
  }

  /** Shows what was found in place of the mailbox. */
  async showSearch(search: Search): Promise<void> {
    await this.#view.showSearch(search);
    await vscode.commands.executeCommand('patchgloss.threads.focus');
  }

  /** Goes back from what was found to the mailbox. */
  async clearSearch(): Promise<void> {
    await this.#view.showSearch(undefined);
  }

  /** Downloads what the view shows from the server that found it. */
  async downloadFound(): Promise<void> {
    const origin = this.#view.shown?.origin;
    if (!origin || !isSearch(origin) || origin.server === undefined) return;
    await this.#servers.download(origin.server, origin.query);
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
    if (node.kind === 'version') {
      await this.#openThread(shown, node.other);
      await this.#view.reveal(shown.threads.roots[node.other] ?? 0);
    }
    if (node.kind === 'linked') await openLinked(node);
  }

  /** Asks for another version of what a row stands for. */
  async linkVersion(asked: unknown): Promise<void> {
    const node = this.#nodeOf(asked);
    if (this.#view.shown && node) await linkAnother(this.#view.shown, node);
  }

  async unlinkVersion(asked: unknown): Promise<void> {
    const node = this.#nodeOf(asked);
    if (this.#view.shown && node) await removeLink(this.#view.shown, node);
  }

  /** As a whole where one mailbox has all of it. */
  async #openThread(shown: ShownMailbox, thread: number): Promise<void> {
    const { threads } = shown;
    const root = threads.roots[thread] ?? 0;
    const place = placeOf(shown, root);
    const mailboxes = new Set([...(threads.members[thread] ?? [])].map((one) => mailboxOf(shown, one)));
    if (!place || 'url' in place || mailboxes.size > 1 || threads.members[thread]?.length === 1)
      return this.#openMessage(shown, root);
    await showView(threadAddress(place.mailbox, place.message, threads.head(root).clean));
    this.#view.keepPlace(root);
    await this.#look(shown, root);
  }

  async #openMessage(shown: ShownMailbox, message: number): Promise<void> {
    const { threads } = shown;
    const place = placeOf(shown, message);
    if (!place) return;
    if ('url' in place) return this.#servers.fetch(place.url);
    const root = threads.roots[threads.threadOf[message] ?? -1] ?? message;
    const first = placeOf(shown, root);
    const isThere = first && 'mailbox' in first && first.mailbox.toString() === place.mailbox.toString();
    const whole = isThere ? threadAddress(first.mailbox, first.message, threads.head(root).clean) : undefined;
    const editor =
      whole && vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === whole.toString());
    const line = editor && (await readTextShown(whole))?.lineOf(place.message);
    if (editor && line !== undefined) revealLine(editor, line);
    else await showView(messageAddress(place.mailbox, place.message, threads.head(message).clean));
    this.#view.keepPlace(message);
    await this.#look(shown, message);
  }

  /** The message is read, and its thread was looked at; what was found, also where it lies. */
  async #look(shown: ShownMailbox, message: number): Promise<void> {
    const looked: [MailboxThreads, number][] = [[shown.threads, message]];
    const place = isSearch(shown.origin) ? placeOf(shown, message) : undefined;
    if (place && 'mailbox' in place) looked.push([(await openMailbox(place.mailbox)).threads, place.message]);
    const { markedMessage } = await features();
    this.#store.change((marks) => {
      for (const [threads, at] of looked) {
        const marked = markedMessage(threads, at);
        marks.look(marked.thread, threads.last[threads.threadOf[at] ?? 0] ?? 0);
        marks.mark(marked, true);
      }
    });
  }

  async mark(asked: unknown, read: boolean): Promise<void> {
    const node = this.#nodeOf(asked);
    const threads = this.#view.shown?.threads;
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
    const threads = this.#view.shown?.threads;
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
    if (!shown) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('Open the Threads view first: it knows what you have not read.'),
      );
      return;
    }
    const found = await this.#unreadFrom(shown, step);
    if (found === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t('There is no other message that is not read.'));
      return;
    }
    await this.#openMessage(shown, found);
    await this.#view.reveal(found);
  }

  /** What lies at a server is not fetched in passing. */
  async #unreadFrom(shown: ShownMailbox, step: 1 | -1): Promise<number | undefined> {
    const { threads, filtered, marks } = shown;
    const { markedMessage, readingOrder, unreadIn } = await features();
    const order = filtered?.threads ?? threads.byActivity;
    const node = this.#view.selected;
    const here = node === undefined || node.kind === 'range' ? undefined : node;
    const isOpen = (message: number): boolean =>
      (filtered === undefined || filtered.found[message] === 1) &&
      !marks.isRead(markedMessage(threads, message)) &&
      isAtHand(shown, message);
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

  /** Filters while somebody types. */
  filter(): void {
    const { shown } = this.#view;
    if (!shown) return;
    askFilter({
      before: shown.filtered?.text ?? '',
      filter: (text) => this.#view.filter(text),
      stop: () => this.#view.stopFilter(),
      prepare: (signal) => void inTurns(shown.filter.prepare(), () => signal.aborted),
    });
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

function mailboxOf(shown: ShownMailbox, message: number): string | undefined {
  const place = placeOf(shown, message);
  return place && 'mailbox' in place ? place.mailbox.toString() : undefined;
}
