import type { CancellationToken, Location, Position, Range } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import {
  type Argument,
  argumentOf,
  type DocumentLink,
  folds,
  links,
  messageAt,
  type OutlineItem,
  outline,
  type Place,
  type Reading,
  readText,
  type ThreadTerms,
  threadTerms,
  traceAll,
} from '#features';
import { messageIdsOf } from '#reading';
import type { Encoding } from './encoding.ts';
import { inTurns, refuseLate, type Waiting } from './turns.ts';

/**
 * One version of a text that is open in the editor, read. What is asked again and again is kept with it. Everything that looks at all messages
 * takes turns with other questions.
 */
export class OpenMail {
  readonly uri: string;
  readonly version: number;
  readonly reading: Reading;
  readonly #document: TextDocument;
  readonly #encoding: Encoding;
  #links: readonly DocumentLink[] | undefined;
  #outline: readonly OutlineItem[] | undefined;
  /** By each message that is in it. */
  readonly #arguments = new Map<number, Argument>();
  #terms: ThreadTerms[] = [];
  #looked = false;
  #beginnings: ReadonlyMap<string, number> | undefined;

  constructor(document: TextDocument, encoding: Encoding) {
    this.uri = document.uri;
    this.version = document.version;
    this.reading = readText(document.getText());
    this.#document = document;
    this.#encoding = encoding;
  }

  /** UTF-16 units. */
  get length(): number {
    return this.#document.offsetAt({ line: this.#document.lineCount, character: 0 });
  }

  offsetAt(position: Position): number {
    return this.#encoding.offsetAt(this.#document, position);
  }

  positionAt(offset: number): Position {
    return this.#encoding.positionAt(this.#document, offset);
  }

  rangeOf({ start, end }: Place): Range {
    return { start: this.positionAt(start), end: this.positionAt(end) };
  }

  locationOf(place: Place): Location {
    return { uri: this.uri, range: this.rangeOf(place) };
  }

  /** `token` is of whoever asks: work ends when they gave up, or the text was changed. */
  waiting(token: CancellationToken): Waiting {
    return { token, isCurrent: () => this.#document.version === this.version };
  }

  async outline(token: CancellationToken): Promise<readonly OutlineItem[]> {
    await this.#lookAtAll(token);
    this.#outline ??= outline(this.reading);
    return this.#outline;
  }

  async links(token: CancellationToken): Promise<readonly DocumentLink[]> {
    await this.#lookAtAll(token);
    this.#links ??= links(this.reading);
    return this.#links;
  }

  async folds(token: CancellationToken) {
    await this.#lookAtAll(token);
    return folds(this.reading);
  }

  /** Reads every message once; what is asked of all of them then finds them read, as far as they are kept. */
  async #lookAtAll(token: CancellationToken): Promise<void> {
    if (!this.#looked) await inTurns(pages(this.reading), this.waiting(token));
    this.#looked = true;
  }

  /** Who said what in the thread of the message at `offset`; absent outside of messages. */
  async argument(offset: number, token: CancellationToken): Promise<Argument | undefined> {
    const message = messageAt(this.reading, offset);
    if (message === undefined) return undefined;
    const known = this.knownArgument(message);
    if (known) return known;
    const made = await inTurns(argumentOf(this.reading, message), this.waiting(token));
    for (const one of made.messages) if (!this.#arguments.has(one)) this.#arguments.set(one, made);
    return made;
  }

  /** The same with all its quotes traced: who quotes a line is known only then. */
  async tracedArgument(offset: number, token: CancellationToken): Promise<Argument | undefined> {
    const argument = await this.argument(offset, token);
    if (argument) await inTurns(traceAll(argument), this.waiting(token));
    return argument;
  }

  knownArgument(message: number): Argument | undefined {
    return this.#arguments.get(message);
  }

  /** Where the message with this Message-ID begins; of two the first. */
  async beginningOf(messageId: string, token: CancellationToken): Promise<number | undefined> {
    this.#beginnings ??= await inTurns(beginnings(this.reading), this.waiting(token));
    return this.#beginnings.get(messageId);
  }

  /** The terms of the thread of the message at `offset`. */
  async terms(offset: number, token: CancellationToken): Promise<ThreadTerms> {
    const message = messageAt(this.reading, offset) ?? 0;
    const known = this.#terms.find(({ messages }) => messages.some(({ index }) => index === message));
    const made = known ?? (await inTurns(threadTerms(this.reading, message), this.waiting(token)));
    if (!known) this.#terms.push(made);
    refuseLate(this.waiting(token));
    return made;
  }
}

function* pages(reading: Reading): Generator<void, void> {
  for (let index = 0; index < reading.messages; index++) {
    void reading.page(index)?.message.tree;
    yield;
  }
}

function* beginnings(reading: Reading): Generator<void, ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  for (let index = 0; index < reading.messages; index++) {
    const page = reading.page(index);
    const [id] = messageIdsOf(page?.fields.get('message-id')?.[0] ?? '');
    if (page && id !== undefined && !found.has(id)) found.set(id, page.message.span.start);
    yield;
  }
  return found;
}
