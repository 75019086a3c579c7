import * as vscode from 'vscode';
import type { ThreadTerms } from '#features';
import { features } from '../core.ts';
import { readingOf } from '../documents.ts';
import { treeItem } from './concept-items.ts';
import { childrenOf, type Node, roots, type Shown } from './concept-nodes.ts';
import { lastMail } from './last-mail.ts';
import { rangeOfMention } from './mention-items.ts';
import { termsOfThread } from './thread-of-document.ts';

const viewId = 'patchgloss.concepts';
const groupedKey = 'patchgloss.conceptsByField';
/** How long (ms) the text of a mail must rest before its terms are gathered anew. */
const rest = 800;

/** The terms of the thread of the mail that was looked at last. */
export class ConceptsView implements vscode.TreeDataProvider<Node> {
  readonly #changes = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changes.event;
  readonly #view: vscode.TreeView<Node>;
  readonly #state: vscode.Memento;
  readonly #mail = lastMail();
  readonly #listening: vscode.Disposable;
  #running: vscode.CancellationTokenSource | undefined;
  #shown: Shown | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(view: vscode.TreeView<Node>, state: vscode.Memento, refresh: vscode.Event<unknown>) {
    this.#view = view;
    this.#state = state;
    void vscode.commands.executeCommand('setContext', groupedKey, this.#byField);
    this.#listening = vscode.Disposable.from(
      this.#changes,
      refresh(() => this.#renew(0)),
      view.onDidChangeVisibility(({ visible }) => {
        if (visible) this.#renew(0);
      }),
      this.#mail.onDidChange((what) => {
        if (what === 'text') this.#renew(rest);
        else if (what === 'document' || !this.#isShown()) this.#renew(0);
      }),
    );
    this.#renew(0);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#running?.cancel();
    this.#listening.dispose();
  }

  get #byField(): boolean {
    return this.#state.get<boolean>(groupedKey, false);
  }

  async group(byField: boolean): Promise<void> {
    await this.#state.update(groupedKey, byField);
    await vscode.commands.executeCommand('setContext', groupedKey, byField);
    this.#changes.fire();
  }

  /** Begins a note about a row: its first mention is selected, as if the reader had done it. */
  async writeNote(node: Node | undefined): Promise<void> {
    if (!this.#shown || node?.kind !== 'candidate') return;
    const { mentions } = node.candidate;
    const first = mentions.find(({ own }) => own) ?? mentions[0];
    if (!first) return;
    const { document } = this.#shown;
    await vscode.window.showTextDocument(document, { selection: rangeOfMention(document, first) });
    await vscode.commands.executeCommand('patchgloss.newNoteFromSelection');
  }

  /** Whether what is shown is the thread at the caret. A caret that goes through one thread changes nothing. */
  #isShown(): boolean {
    const mail = this.#mail.current();
    return mail !== undefined && this.#shown?.document === mail.document && this.#shown.holds(mail.offset);
  }

  #renew(wait: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#load(), wait);
  }

  async #load(): Promise<void> {
    if (!this.#view.visible) return;
    this.#running?.cancel();
    const mail = this.#mail.current();
    void vscode.commands.executeCommand('setContext', 'patchgloss.conceptsHaveMail', mail !== undefined);
    if (!mail) return this.#show(undefined);
    const running = new vscode.CancellationTokenSource();
    this.#running = running;
    const { version } = mail.document;
    const terms = await vscode.window.withProgress({ location: { viewId } }, () =>
      termsOfThread(mail.document, mail.offset, running.token, ({ done, total }) => {
        this.#view.message = vscode.l10n.t('Reading the thread: {0} of {1}', done, total);
      }),
    );
    if (running.token.isCancellationRequested || mail.document.version !== version) return;
    this.#show(terms && { document: mail.document, terms, holds: await holderOf(mail.document, terms) });
  }

  #show(shown: Shown | undefined): void {
    this.#shown = shown;
    this.#view.message = shown ? coverage(shown.terms) : '';
    this.#view.description = shown?.terms.messages[0]?.subject ?? '';
    this.#changes.fire();
  }

  getChildren(node?: Node): Node[] {
    if (!this.#shown) return [];
    return node ? childrenOf(this.#shown, node) : roots(this.#shown, this.#byField);
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return treeItem(node, this.#shown, this.#byField);
  }
}

/** Whether an offset is in a message of the thread. */
async function holderOf(document: vscode.TextDocument, terms: ThreadTerms): Promise<(offset: number) => boolean> {
  const reading = await readingOf(document);
  const { messageAt } = await features();
  const messages = new Set(terms.messages.map(({ index }) => index));
  return (offset) => reading !== undefined && messages.has(messageAt(reading, offset) ?? 0);
}

function coverage({ explained, written, unexplained }: ThreadTerms): string {
  const known = explained.length + written.length;
  const all = known + unexplained.length;
  if (all === 0) return vscode.l10n.t('No term was found in this thread.');
  return unexplained.length === 0
    ? vscode.l10n.t('All {0} terms explained', all)
    : vscode.l10n.t('{0} of {1} terms explained; {2} not', known, all, unexplained.length);
}
