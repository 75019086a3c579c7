import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keyOf, type Reading, readBytes, threadsAnswer } from '#features';
import { messageIdsOf } from '#reading';
import { type Case, corpus, expected, same, suite } from './corpus.ts';

/** Who answers whom and who belongs together, by Message-ID. */
interface Found {
  /** The id of the message that is answered, `null` where that one is not there. */
  parentOf(id: string): string;
  threadOf(id: string): readonly string[];
}

function threadsIn(paths: readonly string[]): Found {
  const files = paths.map((path) => readBytes(readFileSync(join(corpus, path))));
  const ids = new Map(files.flatMap(idsIn));
  const keys = new Map([...ids].map(([key, id]): [string, string] => [id, key]).reverse());
  const { parents, threads } = threadsAnswer(files);
  const members = threads.map(({ messages }) => messages.map((key) => ids.get(key) ?? ''));
  return {
    parentOf: (id) => String(ids.get(parents.get(keys.get(id) ?? '')?.key ?? '') ?? null),
    threadOf: (id) => members.find((thread) => thread.includes(id)) ?? [],
  };
}

function idsIn(reading: Reading, file: number): [key: string, id: string][] {
  return Array.from({ length: reading.messages }, (_, index) => {
    const field = reading.page(index)?.fields.get('message-id')?.[0] ?? '';
    return [keyOf(file, index), messageIdsOf(field)[0] ?? ''];
  });
}

interface RealThread {
  file: string;
  messages: { id: string; truth_parent: string | null }[];
}

suite('threads: the parent of each of 605 messages', 605, () =>
  expected<RealThread[]>('threads').flatMap(({ file, messages }) => {
    const found = threadsIn([join('threads', file)]);
    return messages.map(({ id, truth_parent }) => same(`${file} ${id}`, found.parentOf(id), String(truth_parent)));
  }),
);

interface Corpora {
  corpora: Record<string, { messages: { id: string; thread: number; parent: string | null }[] }>;
}

suite('notmuch: thread and parent of each message of two corpora', 64, () =>
  Object.entries(expected<Corpora>('notmuch').corpora).flatMap(([name, { messages }]): Case[] => {
    const found = threadsIn(filesUnder(join('notmuch', name)));
    return messages.map(({ id, thread, parent }) => {
      const others = messages.filter((other) => other.thread === thread).map((other) => other.id);
      const actual = describeOne(found.parentOf(id), found.threadOf(id));
      return same(`${name} ${id}`, actual, describeOne(String(parent), others));
    });
  }),
);

function describeOne(parent: string, thread: readonly string[]): string {
  return `answers ${parent} among ${[...new Set(thread)].sort().join(' ')}`;
}

/** A mail in each file. */
function filesUnder(folder: string): string[] {
  return readdirSync(join(corpus, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(corpus.length + 1))
    .sort();
}
