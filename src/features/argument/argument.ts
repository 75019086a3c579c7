import { keyOf } from '../answers/threads.ts';
import type { Place } from '../plain.ts';
import { QuoteTraces } from '../provenance.ts';
import { type WholeLine, wholeLines } from '../quoted-code.ts';
import { messageAt, type Page, type Reading } from '../reading.ts';
import type { Progress } from '../terms/index.ts';
import { threadsIn } from './threads.ts';

/** A line of a message: its page and its row, from 0. */
export interface Row {
  key: string;
  page: Page;
  row: number;
}

/** One thread of a source and where its quoted lines were said. Places are those of the source. */
export class Argument {
  /** The messages of the thread by their index in the source, in its order. */
  readonly messages: readonly number[];
  readonly traces: QuoteTraces;
  /** The key of the message that a message answers. */
  readonly parentOf: (key: string) => string | undefined;
  readonly #reading: Reading;
  readonly #whole = new Map<string, ReadonlyMap<number, WholeLine>>();

  constructor(reading: Reading, messages: readonly number[], parentOf: (key: string) => string | undefined) {
    this.#reading = reading;
    this.messages = messages;
    this.parentOf = parentOf;
    this.traces = new QuoteTraces({ keys: this.keys, parentOf, pageOf: (key) => this.page(key) });
  }

  get keys(): string[] {
    return this.messages.map((message) => keyOf(0, message));
  }

  page(key: string): Page | undefined {
    return this.#reading.page(indexOf(key));
  }

  /** Whether an offset of the source is in a message of the thread. */
  holds(offset: number): boolean {
    return this.messages.includes(messageAt(this.#reading, offset) ?? -1);
  }

  /** The line of a message that an offset of the source is in; absent in headers and outside of the thread. */
  rowAt(offset: number): Row | undefined {
    const message = messageAt(this.#reading, offset);
    return message === undefined || !this.messages.includes(message)
      ? undefined
      : rowAt(this.#reading, message, offset);
  }

  /** Where rows of a message stand in the source. */
  place(key: string, row: number, lastRow = row): Place | undefined {
    const page = this.page(key);
    return page && rowsPlace(page, row, lastRow);
  }

  /** What the quoted lines of a message are by the mails that they were taken from. */
  wholeLines(key: string): ReadonlyMap<number, WholeLine> {
    const found = this.#whole.get(key) ?? wholeLines(key, this.traces, (one) => this.page(one));
    this.#whole.set(key, found);
    return found;
  }
}

/** The line of message `message` that an offset is in. */
export function rowAt(reading: Reading, message: number, offset: number): Row | undefined {
  const page = reading.page(message);
  const readable = page?.message.way.toReadable(offset);
  const line = readable === undefined ? undefined : page?.body.point(readable)?.line;
  return page && line !== undefined ? { key: keyOf(0, message), page, row: line - 1 } : undefined;
}

/** Whole lines without the last line end. */
export function rowsPlace(page: Page, row: number, lastRow = row): Place | undefined {
  const { lines } = page.body;
  const first = lines[row];
  const last = lines[lastRow];
  return first && last && page.place({ start: first.start, end: last.end });
}

/** The index in the source of the message that a key names. */
export function indexOf(key: string): number {
  return Number(key.slice(key.indexOf(':') + 1));
}

/**
 * The thread that message `index` belongs to. Pauses after each message: all are looked at once to find the thread, those of the thread once more for
 * their words. Which line comes from where is worked out for a message when it is asked for.
 */
export function* argumentOf(reading: Reading, index: number): Generator<Progress, Argument> {
  const finding = threadsIn(reading);
  let done = 0;
  let step = finding.next();
  for (; !step.done; step = finding.next()) yield { done: ++done, total: 2 * reading.messages };
  const { threads, parents } = step.value;
  const wanted = keyOf(0, index);
  const keys = threads.find(({ messages }) => messages.includes(wanted))?.messages ?? [wanted];
  const messages = keys.map(indexOf).sort((one, other) => one - other);
  const argument = new Argument(reading, messages, (key) => parents.get(key)?.key);
  for (const key of argument.keys) {
    argument.traces.read(key);
    yield { done: ++done, total: done + messages.length };
  }
  return argument;
}

/** Traces the quotes of the whole thread; pauses after each message. */
export function* traceAll({ keys, traces }: Argument): Generator<Progress, void> {
  for (const [done, key] of keys.entries()) {
    traces.line(key, 1);
    yield { done, total: keys.length };
  }
}
