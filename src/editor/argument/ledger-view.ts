import * as vscode from 'vscode';
import type { Argument, Review } from '#features';
import { features } from '../core.ts';
import { readingOf } from '../documents.ts';
import { lastMail } from '../terms/last-mail.ts';
import { argumentAt, documentOf, documentsOf } from './argument-of-document.ts';
import { followCompanions } from './companions.ts';
import { childrenOf, type LedgerNode, roots, summary, treeItem } from './ledger-items.ts';
import { Turns } from './turns.ts';

const viewId = 'patchgloss.ledger';
/** How long (ms) the text of a mail must rest before its ledger is made anew. */
const rest = 800;

interface Shown {
  document: vscode.TextDocument;
  argument: Argument;
  review: Review;
}

const kept = new WeakMap<Argument, Turns<Review>>();

/** The remarks on the patches of the thread of a mail; absent when it is no mail, changed meanwhile, or nobody waits. */
export async function reviewAt(
  document: vscode.TextDocument,
  offset: number,
  token: vscode.CancellationToken,
): Promise<Shown | undefined> {
  const { version } = document;
  const argument = await argumentAt(document, offset, token);
  const [reading, { reviewOf }] = await Promise.all([readingOf(document), features()]);
  if (!argument || !reading || token.isCancellationRequested || document.version !== version) return undefined;
  const isOpen = () => !document.isClosed && document.version === version;
  const work = kept.get(argument) ?? new Turns(reviewOf(reading, argument), isOpen);
  kept.set(argument, work);
  const review = await work.result(token);
  return review && { document, argument, review };
}

/** Who remarked what on the patches of the mail that was looked at last, and what became of it. */
export class LedgerView implements vscode.TreeDataProvider<LedgerNode>, vscode.Disposable {
  readonly #changes = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changes.event;
  readonly #view: vscode.TreeView<LedgerNode>;
  readonly #mail = lastMail();
  readonly #listening: vscode.Disposable;
  #running: vscode.CancellationTokenSource | undefined;
  #shown: Shown | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(view: vscode.TreeView<LedgerNode>) {
    this.#view = view;
    this.#listening = vscode.Disposable.from(
      this.#changes,
      followCompanions(() => this.#renew(rest)),
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

  /** Whether what is shown is the thread at the caret. A caret that goes through one thread changes nothing. */
  #isShown(): boolean {
    const mail = this.#mail.current();
    return mail !== undefined && this.#shown?.document === mail.document && this.#shown.argument.holds(mail.offset);
  }

  #renew(wait: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#load(), wait);
  }

  async #load(): Promise<void> {
    if (!this.#view.visible) return;
    this.#running?.cancel();
    const mail = this.#mail.current();
    void vscode.commands.executeCommand('setContext', 'patchgloss.ledgerHasMail', mail !== undefined);
    if (!mail) return this.#show(undefined);
    const running = new vscode.CancellationTokenSource();
    this.#running = running;
    const { version } = mail.document;
    const shown = await vscode.window.withProgress({ location: { viewId } }, () =>
      reviewAt(mail.document, mail.offset, running.token),
    );
    if (running.token.isCancellationRequested || mail.document.version !== version) return;
    if (!shown || shown.review !== this.#shown?.review) this.#show(shown);
  }

  #show(shown: Shown | undefined): void {
    this.#shown = shown;
    const patches = shown?.review.patches.length ?? 0;
    this.#view.message = !shown
      ? ''
      : patches === 0
        ? vscode.l10n.t('There are no patches in this thread.')
        : summary(shown.review);
    this.#changes.fire();
  }

  getChildren(node?: LedgerNode): LedgerNode[] {
    if (!this.#shown) return [];
    return node ? childrenOf(node) : roots(this.#shown.review);
  }

  getTreeItem(node: LedgerNode): vscode.TreeItem {
    const argument = this.#shown?.argument;
    return treeItem(node, (place) => argument && documentOf(argument, place)?.uri.toString());
  }
}

/** The ledger of the thread of the mail that was looked at last, as Markdown tables, on the clipboard. */
export async function copyLedger(): Promise<void> {
  const mail = lastMail().current();
  const running = new vscode.CancellationTokenSource();
  const shown =
    mail &&
    (await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Reading the thread'), cancellable: true },
      (_progress, token) => {
        token.onCancellationRequested(() => running.cancel());
        return reviewAt(mail.document, mail.offset, running.token);
      },
    ));
  if (running.token.isCancellationRequested) return;
  const { ledgerMarkdown } = await features();
  const names = shown ? documentsOf(shown.argument).map(({ uri }) => uri.path.split('/').at(-1) ?? '') : [];
  const text = shown
    ? ledgerMarkdown(shown.review.ledger, (place) => `${names[sourceOf(place.key)]}:${shown.review.lineOf(place)}`)
    : '';
  if (text === '') {
    void vscode.window.showInformationMessage(vscode.l10n.t('There are no patches in this thread.'));
    return;
  }
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(vscode.l10n.t('The ledger was copied.'), 4000);
}

/** `1:3`: message 3 of source 1. */
function sourceOf(key: string): number {
  return Number(key.slice(0, key.indexOf(':')));
}
