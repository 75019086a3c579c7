import * as vscode from 'vscode';
import type { Progress, Reading, ThreadTerms } from '#features';
import { type Features, features } from '../core.ts';
import { readingOf } from '../documents.ts';

/** How long the host is held up at most (ms) before others have a turn; one message is never divided. */
const turn = 8;

/** A thread whose terms were worked out in this window; its mail may be closed by now. */
export interface KnownThread {
  uri: vscode.Uri;
  terms: ThreadTerms;
}

const known = new Map<string, KnownThread>();
/** Threads that were read last come last. */
const mostKnown = 50;

export const threadsChanged = new vscode.EventEmitter<void>();

/** The threads whose terms were worked out in this window, the latest first. */
export function knownThreads(): KnownThread[] {
  return [...known.values()].reverse();
}

function remember(uri: vscode.Uri, terms: ThreadTerms): void {
  const key = `${uri.toString()} ${terms.messages[0]?.index ?? 0}`;
  known.delete(key);
  known.set(key, { uri, terms });
  const [oldest] = known.keys();
  if (oldest !== undefined && known.size > mostKnown) known.delete(oldest);
  threadsChanged.fire();
}

/** One thread that is being worked out, for all who wait for it. */
class Work {
  readonly done: Promise<ThreadTerms | undefined>;
  readonly waiting = new Set<vscode.CancellationToken>();
  readonly progress = new vscode.EventEmitter<Progress>();

  constructor(document: vscode.TextDocument, steps: Generator<Progress, ThreadTerms>) {
    const { version } = document;
    const isWanted = () =>
      !document.isClosed &&
      document.version === version &&
      [...this.waiting].some((one) => !one.isCancellationRequested);
    this.done = this.#run(steps, isWanted).finally(() => this.progress.dispose());
  }

  async #run(steps: Generator<Progress, ThreadTerms>, isWanted: () => boolean): Promise<ThreadTerms | undefined> {
    // Who asked first is not in `waiting` yet.
    await pause();
    let began = Date.now();
    for (let step = steps.next(); isWanted(); step = steps.next()) {
      if (step.done) return step.value;
      if (Date.now() - began < turn) continue;
      this.progress.fire(step.value);
      await pause();
      began = Date.now();
    }
    return undefined;
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

interface OfReading {
  /** Which notes it was worked out with. */
  glossary: unknown;
  threads: ThreadTerms[];
  works: Map<number, Work>;
}

const kept = new WeakMap<Reading, OfReading>();

function keptOf(reading: Reading, { ourGlossary }: Features): OfReading {
  const glossary = ourGlossary();
  const old = kept.get(reading);
  if (old?.glossary === glossary) return old;
  const made: OfReading = { glossary, threads: [], works: new Map() };
  kept.set(reading, made);
  return made;
}

/**
 * The terms of the thread that the message at `offset` belongs to, worked out in turns of some milliseconds. Absent when the document is no mail,
 * was edited meanwhile, or nobody waits any more.
 */
export async function termsOfThread(
  document: vscode.TextDocument,
  offset: number,
  token: vscode.CancellationToken,
  report?: (progress: Progress) => void,
): Promise<ThreadTerms | undefined> {
  const reading = await readingOf(document);
  const rooms = await features();
  if (!reading || reading.messages === 0 || token.isCancellationRequested) return undefined;
  const entry = keptOf(reading, rooms);
  const message = rooms.messageAt(reading, offset) ?? 0;
  const found = entry.threads.find(({ messages }) => messages.some(({ index }) => index === message));
  if (found) return found;
  const work = entry.works.get(message) ?? new Work(document, rooms.threadTerms(reading, message));
  entry.works.set(message, work);
  work.waiting.add(token);
  const reporting = report && work.progress.event(report);
  const terms = await work.done;
  reporting?.dispose();
  if (entry.works.get(message) === work) {
    entry.works.delete(message);
    if (terms) {
      entry.threads.push(terms);
      remember(document.uri, terms);
    }
  }
  return token.isCancellationRequested ? undefined : terms;
}
