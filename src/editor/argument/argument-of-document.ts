import type * as vscode from 'vscode';
import type { Argument, Reading } from '#features';
import { features } from '../core.ts';
import { readingOf } from '../documents.ts';
import { Turns } from './turns.ts';

interface OfReading {
  known: Argument[];
  /** By the message that was asked about. */
  works: Map<number, Turns<Argument>>;
  /** Tracing all quotes of a thread. */
  all: Map<Argument, Turns<void>>;
}

const kept = new WeakMap<Reading, OfReading>();

function keptOf(reading: Reading): OfReading {
  const entry = kept.get(reading) ?? { known: [], works: new Map(), all: new Map() };
  kept.set(reading, entry);
  return entry;
}

/** The thread of a message of a document, when it was read already. */
export function knownArgument(reading: Reading, message: number): Argument | undefined {
  return kept.get(reading)?.known.find(({ messages }) => messages.includes(message));
}

/**
 * The thread that the message at `offset` belongs to, read in turns of some milliseconds. Absent when the document is no mail, was edited meanwhile, or
 * nobody waits any more.
 */
export async function argumentAt(
  document: vscode.TextDocument,
  offset: number,
  token: vscode.CancellationToken,
): Promise<Argument | undefined> {
  const { version } = document;
  const reading = await readingOf(document);
  const { argumentOf, messageAt } = await features();
  const message = reading && messageAt(reading, offset);
  if (!reading || message === undefined || token.isCancellationRequested) return undefined;
  const found = knownArgument(reading, message);
  if (found) return found;
  const entry = keptOf(reading);
  const isOpen = () => !document.isClosed && document.version === version;
  const work = entry.works.get(message) ?? new Turns(argumentOf(reading, message), isOpen);
  entry.works.set(message, work);
  const argument = await work.result(token);
  if (!argument) return undefined;
  // Somebody else may have asked about another message of the same thread.
  const known = knownArgument(reading, message) ?? argument;
  if (known === argument && entry.works.delete(message)) entry.known.push(argument);
  return known;
}

/** The same with the quotes of all its messages traced: what quotes a line is known only then. */
export async function tracedArgumentAt(
  document: vscode.TextDocument,
  offset: number,
  token: vscode.CancellationToken,
): Promise<Argument | undefined> {
  const { version } = document;
  const argument = await argumentAt(document, offset, token);
  const reading = await readingOf(document);
  const { traceAll } = await features();
  if (!argument || !reading) return undefined;
  const { all } = keptOf(reading);
  const isOpen = () => !document.isClosed && document.version === version;
  const work = all.get(argument) ?? new Turns(traceAll(argument), isOpen);
  all.set(argument, work);
  await work.result(token);
  return token.isCancellationRequested || !isOpen() ? undefined : argument;
}
