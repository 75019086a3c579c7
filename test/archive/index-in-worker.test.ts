import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { membersOf } from '#archive';
import { IndexFolder, indexInWorker, indexName, type WorkerOutcome } from '#archive/node';
import { singleBundle } from '../../src/build/bundle.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const script = join(root, `.cache/archive-worker-under-test-${process.pid}.cjs`);
const folder = mkdtempSync(join(tmpdir(), 'patchgloss-worker-'));
beforeAll(async () => {
  await singleBundle('src/cli/archive-worker.ts', script, 'node');
}, 60_000);
afterAll(() => {
  rmSync(script, { force: true });
  rmSync(folder, { recursive: true });
});

/** Mails of which each tenth begins a thread; an answer without ids has the subject of the first of its thread. */
function mails(from: number, count: number): string {
  return Array.from({ length: count }, (_, at) => {
    const index = from + at;
    const first = index - (index % 10);
    const named =
      index % 10 === 0
        ? `Subject: warm the pot ${index}\n`
        : index % 10 === 5
          ? `Subject: Re: warm the pot ${first}\n`
          : `Subject: Re: tea\nIn-Reply-To: <${first}@example.org>\n`;
    const day = new Date(Date.UTC(2023, 6, 3) + index * 60_000).toUTCString().replace('GMT', '+0000');
    return `From ada@example.org Mon Jul  3 10:00:00 2023\nFrom: Ada <ada@example.org>\nDate: ${day}\nMessage-ID: <${index}@example.org>\n${named}\n${`line ${index}\n`.repeat(60)}\n`;
  }).join('');
}

function indexed(outcome: WorkerOutcome): Extract<WorkerOutcome, { state: 'indexed' }> {
  if (outcome.state !== 'indexed') throw new Error(JSON.stringify(outcome));
  return outcome;
}

function threadSizes(outcome: WorkerOutcome): number[] {
  const { joined } = indexed(outcome).archive;
  return joined ? Array.from(membersOf(joined), (members) => members.length) : [];
}

describe('a mailbox that is indexed in a thread of its own', () => {
  const path = join(folder, 'list.mbox');
  const store = new IndexFolder(join(folder, 'kept'));
  const kept = (): string => join(folder, 'kept', `${indexName(path)}.index`);

  test('is read once, then known, and continued when it has grown', async () => {
    writeFileSync(path, mails(0, 12_000));
    const progress: number[] = [];
    const first = await indexInWorker(path, { script, store, onProgress: ({ messages }) => progress.push(messages) });
    expect(indexed(first).from).toBe('read');
    expect(threadSizes(first)).toEqual(new Array(1200).fill(10));
    expect(progress.length).toBeGreaterThan(0);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));

    const again = await indexInWorker(path, { script: 'none.cjs', store });
    expect(indexed(again)).toEqual({ ...indexed(first), from: 'kept' });

    appendFileSync(path, mails(12_000, 20));
    const grown = await indexInWorker(path, { script, store });
    expect(indexed(grown).from).toBe('grown');
    expect(threadSizes(grown)).toEqual(new Array(1202).fill(10));
    const fresh = await indexInWorker(path, { script });
    expect(indexed(fresh).archive).toEqual(indexed(grown).archive);
  });

  test('is read again when its index was damaged, or the file was changed', async () => {
    const packed = readFileSync(kept());
    packed[packed.length >> 1] = (packed[packed.length >> 1] ?? 0) ^ 1;
    writeFileSync(kept(), packed);
    expect(indexed(await indexInWorker(path, { script, store })).from).toBe('read');
    utimesSync(path, 1, 1);
    expect(indexed(await indexInWorker(path, { script, store })).from).toBe('read');
    expect(indexed(await indexInWorker(path, { script, store })).from).toBe('kept');
  });

  test('is left when the reader does not want to wait', async () => {
    const late = new AbortController();
    const outcome = indexInWorker(path, { script, signal: late.signal, onProgress: () => late.abort() });
    expect(await outcome).toEqual({ state: 'cancelled' });
    const early = new AbortController();
    early.abort();
    expect(await indexInWorker(path, { script, signal: early.signal })).toEqual({ state: 'cancelled' });
  });

  test.each([
    ['missing', 'there is no such file'],
    ['text', 'it is no mailbox'],
  ])('says why there is none: %s', async (name, reason) => {
    writeFileSync(join(folder, 'text'), 'not a mail');
    expect(await indexInWorker(join(folder, name), { script, store })).toEqual({ state: 'refused', reason });
  });
});

describe('a folder of indexes', () => {
  test('holds so many bytes, and loses those that were not read for the longest time', async () => {
    const path = join(folder, 'small');
    const store = new IndexFolder(path, 2500);
    for (const [age, name] of ['one', 'two'].entries()) {
      await store.write(name, new Uint8Array(1000).fill(age));
      utimesSync(join(path, `${name}.index`), age, age);
    }
    expect(await store.read('one')).toEqual(Buffer.alloc(1000));
    await store.write('three', new Uint8Array(1000));
    expect([...(await store.list())].sort()).toEqual(['one', 'three']);
    expect(await store.read('two')).toBeUndefined();
    expect(readdirSync(path)).toHaveLength(2);
  });

  test('that cannot be written keeps nothing, and nobody is harmed', async () => {
    writeFileSync(join(folder, 'file'), '');
    const store = new IndexFolder(join(folder, 'file/in'));
    await store.write('one', new Uint8Array(8));
    await store.remove('one');
    expect([await store.read('one'), await store.list()]).toEqual([undefined, []]);
    expect(existsSync(join(folder, 'file/in'))).toBe(false);
  });
});
