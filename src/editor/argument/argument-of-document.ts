import * as vscode from 'vscode';
import type { Argument, Reading, SourcePlace } from '#features';
import { features } from '../core.ts';
import { readingOf } from '../documents.ts';
import { rangeOf } from '../ranges.ts';
import { type Companions, companionsOf } from './companions.ts';
import { linkedVersions, onDidChangeLinkedVersions } from './linked-versions.ts';
import { Turns } from './turns.ts';

interface OfReading {
  beside: Companions;
  known: Argument[];
  /** By the message that was asked about. */
  works: Map<number, Turns<Argument>>;
  /** The same once more, with the versions that were linked to its thread. */
  linked: Map<number, Turns<Argument>>;
  /** Tracing all quotes of a thread. */
  all: Map<Argument, Turns<void>>;
}

let kept = new WeakMap<Reading, OfReading>();
onDidChangeLinkedVersions(() => {
  kept = new WeakMap();
});

/** The documents of an argument: the mail itself, then its companions. */
const documents = new WeakMap<Argument, readonly vscode.TextDocument[]>();

/** Where a place of an argument is; absent when its document is closed. */
export function locationOf(argument: Argument, place: SourcePlace): vscode.Location | undefined {
  const document = documentOf(argument, place);
  return document && new vscode.Location(document.uri, rangeOf(document, place));
}

/** The document that a place of an argument stands in, while it is open. */
export function documentOf(
  argument: Argument,
  { source = 0 }: Pick<SourcePlace, 'source'>,
): vscode.TextDocument | undefined {
  const document = documents.get(argument)?.[source];
  return document?.isClosed ? undefined : document;
}

/** The documents of an argument: of source 0, 1 and up. */
export function documentsOf(argument: Argument): readonly vscode.TextDocument[] {
  return documents.get(argument) ?? [];
}

/** What is kept for a reading together with the companions that it has now. */
async function entryOf(
  document: vscode.TextDocument,
  reading: Reading,
  token: vscode.CancellationToken,
): Promise<OfReading | undefined> {
  const beside = await companionsOf(document, reading, token);
  if (!beside) return undefined;
  const old = kept.get(reading);
  const isSame =
    old?.beside.readings.length === beside.readings.length &&
    old.beside.readings.every((one, at) => one === beside.readings[at]);
  const entry = isSame ? old : { beside, known: [], works: new Map(), linked: new Map(), all: new Map() };
  kept.set(reading, entry);
  return entry;
}

/** The thread of a message of a document, when it was read already. */
export function knownArgument(reading: Reading, message: number): Argument | undefined {
  return kept.get(reading)?.known.find(({ messages }) => messages.includes(message));
}

/**
 * The thread that the message at `offset` belongs to, with what other mails that are open have of it and of other versions, read in turns of some milliseconds. Absent when the
 * document is no mail, was edited meanwhile, or nobody waits any more.
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
  const entry = await entryOf(document, reading, token);
  const known = entry?.known.find(({ messages }) => messages.includes(message));
  if (!entry || known) return known;
  const isOpen = () => !document.isClosed && document.version === version;
  const { kinships, readings: companions } = entry.beside;
  const worked = (works: Map<number, Turns<Argument>>, linked: readonly LinkedMessage[]) => {
    const work = works.get(message) ?? new Turns(argumentOf(reading, message, { companions, linked }), isOpen);
    works.set(message, work);
    return work.result(token);
  };
  const found = await worked(entry.works, []);
  const linked = found ? linkedMessages(found, kinships) : [];
  const argument = linked.length > 0 ? await worked(entry.linked, linked) : found;
  if (!argument) return undefined;
  // Somebody else may have asked about another message of the same thread.
  const other = entry.known.find(({ messages }) => messages.includes(message));
  if (other) return other;
  entry.known.push(argument);
  documents.set(argument, [document, ...entry.beside.documents]);
  return argument;
}

interface LinkedMessage {
  source: number;
  message: number;
}

/** The messages that were linked by hand to one of a thread and do not belong to it by themselves. */
function linkedMessages({ allKeys }: Argument, kinships: Companions['kinships']): LinkedMessage[] {
  const own = new Set(allKeys);
  const ids: string[] = [];
  const elsewhere = new Map<string, LinkedMessage>();
  for (const [source, kinship] of kinships.entries()) {
    for (const [id, message] of kinship.ids) {
      if (own.has(`${source}:${message}`)) ids.push(id);
      else if (!elsewhere.has(id)) elsewhere.set(id, { source, message });
    }
  }
  return linkedVersions(ids).flatMap(({ messageId }) => elsewhere.get(messageId) ?? []);
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
  const entry = reading && kept.get(reading);
  if (!argument || !entry) return undefined;
  const isOpen = () => !document.isClosed && document.version === version;
  const work = entry.all.get(argument) ?? new Turns(traceAll(argument), isOpen);
  entry.all.set(argument, work);
  await work.result(token);
  return token.isCancellationRequested || !isOpen() ? undefined : argument;
}
