import { keyOf } from '../answers/threads.ts';
import type { Place } from '../plain.ts';
import type { QuoteTraces, TracedThread } from '../provenance.ts';
import { type WholeLine, wholeLines } from '../quoted-code.ts';
import { messageAt, type Page, type Reading } from '../reading.ts';
import type { JoinedThreads } from './threads.ts';

/** A line of a message: its page and its row, from 0. */
export interface Row {
  key: string;
  page: Page;
  row: number;
}

/** A place in one of the sources of an argument. */
export interface SourcePlace extends Place {
  /** The companion that it is a place of, from 1 in their order; absent in the source itself. */
  source?: number;
}

/**
 * One thread of a source and where its quoted lines were said: in the thread, or in threads that hold other versions of its series. These stand in the source
 * or in its companions; keys name the source by 0 and the companions by 1 and up (`0:12`, `1:3`).
 */
export class Argument {
  /** The messages of the thread by their index in the source, in its order. */
  readonly messages: readonly number[];
  /** The keys of its messages, also of those that only a companion holds. */
  readonly keys: readonly string[];
  /** The same, and those of the threads that hold other versions. */
  readonly allKeys: readonly string[];
  /** The key of the message that a message answers, where that one is there. */
  readonly parentOf: (key: string) => string | undefined;
  readonly traces: QuoteTraces;
  readonly thread: TracedThread;
  /** All threads of the sources. */
  readonly joined: JoinedThreads;
  readonly #sources: readonly Reading[];
  readonly #whole = new Map<string, ReadonlyMap<number, WholeLine>>();

  constructor(sources: readonly Reading[], thread: TracedThread, traces: QuoteTraces, joined: JoinedThreads) {
    this.#sources = sources;
    this.thread = thread;
    this.joined = joined;
    this.parentOf = thread.parentOf;
    this.keys = thread.keys;
    this.allKeys = [thread.keys, ...(thread.others ?? [])].flat();
    this.messages = thread.keys.flatMap((key) => (fileOf(key) === 0 ? [indexOf(key)] : [])).sort((a, b) => a - b);
    this.traces = traces;
  }

  page(key: string): Page | undefined {
    return this.#sources[fileOf(key)]?.page(indexOf(key));
  }

  /** The source itself by 0, its companions by 1 and up. */
  reading(source: number): Reading | undefined {
    return this.#sources[source];
  }

  /** Whether an offset of the source is in a message of the thread. */
  holds(offset: number): boolean {
    const message = this.#sources[0] && messageAt(this.#sources[0], offset);
    return message !== undefined && this.messages.includes(message);
  }

  /** The line of a message that an offset of the source is in; absent in headers and outside of the thread. */
  rowAt(offset: number): Row | undefined {
    const [reading] = this.#sources;
    const message = reading && messageAt(reading, offset);
    return !reading || message === undefined || !this.messages.includes(message)
      ? undefined
      : rowAt(reading, message, offset);
  }

  /** Where rows of a message stand in its source. */
  place(key: string, row: number, lastRow = row): SourcePlace | undefined {
    const page = this.page(key);
    const place = page && rowsPlace(page, row, lastRow);
    return place && inSource(place, key);
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
function rowsPlace(page: Page, row: number, lastRow = row): Place | undefined {
  const { lines } = page.body;
  const first = lines[row];
  const last = lines[lastRow];
  return first && last && page.place({ start: first.start, end: last.end });
}

/** The index in its source of the message that a key names. */
export function indexOf(key: string): number {
  return Number(key.slice(key.indexOf(':') + 1));
}

/** The source that a key names: 0, or a companion. */
export function fileOf(key: string): number {
  return Number(key.slice(0, key.indexOf(':')));
}

export function inSource(place: Place, key: string): SourcePlace {
  const source = fileOf(key);
  return source === 0 ? place : { ...place, source };
}
