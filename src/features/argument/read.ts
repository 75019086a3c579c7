import { keyOf } from '../answers/threads.ts';
import { QuoteTraces, type TracedThread } from '../provenance.ts';
import type { Page, Reading } from '../reading.ts';
import type { Progress } from '../terms/index.ts';
import { Argument, fileOf, indexOf } from './argument.ts';
import { type JoinedThreads, threadsIn } from './threads.ts';

/** What is read with a source. */
export interface Beside {
  /** Other sources, such as other open mails: messages of the same threads, and other versions of the same series in them, belong to it. Keys and places
   * name them by 1 and up, in this order. */
  companions?: readonly Reading[];
  /** Messages whose threads hold other versions, because the reader says so: `source` 0 is the source itself, 1 its first companion. */
  linked?: readonly { source: number; message: number }[];
}

/** The same threads are traced once, whichever of them was asked about. */
const knownTraces = new WeakMap<JoinedThreads, Map<string, QuoteTraces>>();

/**
 * The thread that message `index` belongs to. Pauses after each message: all are looked at once to find the thread and other versions of its series, those of these
 * once more for their words. Which line comes from where is worked out for a message when it is asked for.
 */
export function* argumentOf(reading: Reading, index: number, beside: Beside = {}): Generator<Progress, Argument> {
  const { companions = [], linked = [] } = beside;
  const sources = [reading, ...companions];
  const total = 2 * sources.reduce((sum, { messages }) => sum + messages, 0);
  const finding = threadsIn(reading, companions);
  let done = 0;
  let step = finding.next();
  for (; !step.done; step = finding.next()) yield { done: ++done, total };
  const pageOf = (key: string): Page | undefined => sources[fileOf(key)]?.page(indexOf(key));
  const thread = threadAt(
    step.value,
    keyOf(0, index),
    linked.map(({ source, message }) => keyOf(source, message)),
    pageOf,
  );
  const traces = tracesOf(step.value, thread);
  const keys = [thread.keys, ...(thread.others ?? [])].flat();
  for (const key of keys) {
    traces.read(key);
    yield { done: ++done, total: Math.max(total, done + keys.length) };
  }
  return new Argument(sources, thread, traces, step.value);
}

/** The thread of a message, with those that hold other versions of its series. */
function threadAt(
  joined: JoinedThreads,
  key: string,
  linked: readonly string[],
  pageOf: (key: string) => Page | undefined,
): TracedThread {
  const { threads, families, parents, duplicates } = joined;
  const holders = holdersIn(joined);
  const holding = (one: string) => threads[holders.get(one) ?? -1];
  const thread = holding(key);
  const roots = [thread, ...linked.map(holding)].flatMap((one) => (one ? (families.get(one.root) ?? [one.root]) : []));
  const family = new Set(roots.flatMap((root) => holders.get(root) ?? []));
  return {
    keys: thread?.messages ?? [key],
    others: [...family]
      .sort((one, other) => one - other)
      .flatMap((one) => (threads[one] && threads[one] !== thread ? [threads[one].messages] : [])),
    isCopy: (one) => duplicates.has(one),
    parentOf: (one) => parents.get(one)?.key,
    pageOf,
  };
}

const knownHolders = new WeakMap<JoinedThreads, ReadonlyMap<string, number>>();

/** The number of the thread that a message is in: each may be asked about. */
function holdersIn(joined: JoinedThreads): ReadonlyMap<string, number> {
  const known = knownHolders.get(joined);
  if (known) return known;
  const holders = new Map(
    joined.threads.flatMap(({ messages }, number) => messages.map((key) => [key, number] as const)),
  );
  knownHolders.set(joined, holders);
  return holders;
}

function tracesOf(threads: JoinedThreads, thread: TracedThread): QuoteTraces {
  const known = knownTraces.get(threads) ?? new Map<string, QuoteTraces>();
  knownTraces.set(threads, known);
  const name = [thread.keys, ...(thread.others ?? [])]
    .map(([first]) => first)
    .sort()
    .join(' ');
  const traces = known.get(name) ?? new QuoteTraces(thread);
  known.set(name, traces);
  return traces;
}

/** Traces the quotes of the whole thread, and of other versions of its series; pauses after each message. */
export function* traceAll({ allKeys, traces }: Argument): Generator<Progress, void> {
  for (const [done, key] of allKeys.entries()) {
    traces.line(key, 1);
    yield { done, total: allKeys.length };
  }
}
