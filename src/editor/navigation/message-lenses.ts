import * as vscode from 'vscode';
import type { MessageSummary, Reading, Review } from '#features';
import { argumentAt, knownArgument } from '../argument/argument-of-document.ts';
import { reviewAt } from '../argument/ledger-view.ts';
import { isVersion } from '../argument/version-address.ts';
import { features } from '../core.ts';
import { ask, readingOf } from '../documents.ts';

const setting = 'patchgloss.codeLens';
/** Of more messages only those in view have lenses. */
const mostMessages = 300;
/** Lines above and below what is visible. */
const margin = 100;
/** How long (ms) scrolling and typing must rest. */
const restOfScrolling = 200;
const restOfTyping = 1000;
/** UTF-16 units. Of a longer mailbox no thread is read unless somebody asks. */
const longest = 4 * 1024 * 1024;
/** The remarks on longer threads are told when the ledger was opened. */
const mostInThread = 200;
const mostNames = 3;

/** A line above each message: where it stands in its series, who answered, what was remarked, and the way on. */
class MessageLens extends vscode.CodeLens {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly message: number;

  constructor(document: vscode.TextDocument, message: number, line: vscode.Range) {
    super(line);
    this.document = document;
    this.version = document.version;
    this.message = message;
  }
}

/** What a lens says is worked out when it is on the screen. */
export class MessageLenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #changes = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changes.event;
  readonly #listening: vscode.Disposable;
  readonly #reviews = new WeakMap<Reading, Map<number, Review>>();
  readonly #reviewing = new WeakSet<Reading>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The document whose lenses follow what is in view. */
  #following: vscode.TextDocument | undefined;

  constructor() {
    this.#listening = vscode.Disposable.from(
      this.#changes,
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(setting)) this.#changes.fire();
      }),
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => {
        if (textEditor.document !== this.#following) return;
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#changes.fire(), restOfScrolling);
      }),
    );
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#listening.dispose();
  }

  async provideCodeLenses(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeLens[] | undefined> {
    if (!vscode.workspace.getConfiguration(undefined, document).get<boolean>(setting, true)) return undefined;
    if (isVersion(document.uri)) return undefined;
    return ask(document, token, ({ messagePlace }, reading) => {
      const { spans, messageAt } = reading.mailbox;
      // Of one mail that is no patch there is nothing to say.
      if (spans.length === 1 && messagePlace(reading, spans[0]?.start ?? 0)?.part === undefined) return undefined;
      if (spans.length > mostMessages) this.#following = document;
      const stretches = spans.length > mostMessages ? inView(document) : [{ start: 0, end: Number.POSITIVE_INFINITY }];
      const lenses: vscode.CodeLens[] = [];
      for (const { start, end } of stretches) {
        const first = messageAt(start) ?? 0;
        for (let message = first; message < spans.length && (spans[message]?.start ?? end) < end; message++)
          lenses.push(...lensesOf(document, message, spans));
      }
      return lenses;
    });
  }

  async resolveCodeLens(lens: vscode.CodeLens, token: vscode.CancellationToken): Promise<vscode.CodeLens> {
    if (!(lens instanceof MessageLens)) return lens;
    const { document, message } = lens;
    const reading = await readingOf(document);
    const isOpen = () => !token.isCancellationRequested && document.version === lens.version;
    const start = reading?.mailbox.spans[message]?.start;
    if (!reading || start === undefined || !isOpen()) return lens;
    const isKnown = knownArgument(reading, message) !== undefined;
    if (!isKnown) await new Promise<void>((resolve) => setTimeout(resolve, document.isDirty ? restOfTyping : 0));
    const isShort = document.getText().length <= longest;
    const thread = isOpen() && (isKnown || isShort) ? await argumentAt(document, start, token) : undefined;
    const review = this.#reviews.get(reading)?.get(message);
    const { messageSummary } = await features();
    lens.command = {
      title: told(messageSummary(reading, message, thread, review)) || vscode.l10n.t('message {0}', message + 1),
      command: 'patchgloss.ledger.focus',
      tooltip: vscode.l10n.t('Show the review ledger'),
    };
    if (thread && !review && thread.messages.length <= mostInThread) void this.#review(document, reading, start);
    return lens;
  }

  /** Works out what was remarked, in turns, and says it when it is known. */
  async #review(document: vscode.TextDocument, reading: Reading, start: number): Promise<void> {
    if (this.#reviewing.has(reading)) return;
    this.#reviewing.add(reading);
    const shown = await reviewAt(document, start, new vscode.CancellationTokenSource().token);
    if (shown) {
      const known = this.#reviews.get(reading) ?? new Map<number, Review>();
      for (const message of shown.argument.messages) known.set(message, shown.review);
      this.#reviews.set(reading, known);
      if (shown.review.patches.length > 0) this.#changes.fire();
    }
    this.#reviewing.delete(reading);
  }
}

function inView(document: vscode.TextDocument): { start: number; end: number }[] {
  return vscode.window.visibleTextEditors
    .filter((editor) => editor.document === document)
    .flatMap(({ visibleRanges }) => {
      const [first, last] = [visibleRanges[0]?.start.line ?? 0, visibleRanges.at(-1)?.end.line ?? 0];
      return [
        {
          start: document.offsetAt(new vscode.Position(Math.max(0, first - margin), 0)),
          end: document.offsetAt(new vscode.Position(last + margin, 0)),
        },
      ];
    });
}

function lensesOf(
  document: vscode.TextDocument,
  message: number,
  spans: readonly { start: number }[],
): vscode.CodeLens[] {
  const start = spans[message]?.start ?? 0;
  const at = document.positionAt(start);
  const line = new vscode.Range(at, at);
  const lens = new MessageLens(document, message, line);
  if (message + 1 >= spans.length) return [lens];
  const on = new vscode.CodeLens(line, {
    title: vscode.l10n.t('read on ↓'),
    command: 'patchgloss.nextMessage',
    arguments: [start],
    tooltip: vscode.l10n.t('Go to the next message'),
  });
  return [lens, on];
}

/** `3 replies · v12 7/22 · 2 open, 1 changed · R: Isaku, Dave` */
function told({ replies = 0, version, part, total, remarks, given }: MessageSummary): string {
  const { l10n } = vscode;
  const place = part === undefined ? [] : [`v${version ?? 1} ${part}${total === undefined ? '' : `/${total}`}`];
  const counts = [
    ...(remarks && remarks.open > 0 ? [l10n.t('{0} open', remarks.open)] : []),
    ...(remarks && remarks.changed > 0 ? [l10n.t('{0} changed', remarks.changed)] : []),
  ];
  const settled = remarks && remarks.count > 0 && counts.length === 0 ? [remarksText(remarks.count)] : [];
  const answers = replies === 0 ? [] : [replies === 1 ? l10n.t('1 reply') : l10n.t('{0} replies', replies)];
  const tags = given.map(({ token, names }) => `${token.charAt(0).toUpperCase()}: ${someOf(names)}`);
  return [...answers, ...place, ...(counts.length > 0 ? [counts.join(', ')] : settled), ...tags].join(' \u00b7 ');
}

function remarksText(count: number): string {
  return count === 1 ? vscode.l10n.t('1 remark') : vscode.l10n.t('{0} remarks', count);
}

/** Names are words of a mail: one word of each, of some length. */
function someOf(names: readonly string[]): string {
  const shown = names.slice(0, mostNames).map((name) => (name.split(/\s+/)[0] ?? '').slice(0, 20));
  return [...shown, ...(names.length > mostNames ? [`+${names.length - mostNames}`] : [])].join(', ');
}
