import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { IndexFolder, indexInWorker, type MailArchive, openMailArchive } from '#archive/node';
import { singleBundle } from '../../src/build/bundle.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const script = join(root, `.cache/mail-archive-under-test-${process.pid}.cjs`);
const folder = mkdtempSync(join(tmpdir(), 'patchgloss-archives-'));
const store = new IndexFolder(join(folder, 'kept'));
const opened: MailArchive[] = [];
beforeAll(async () => {
  await singleBundle('src/cli/archive-worker.ts', script, 'node');
}, 60_000);
afterAll(() => {
  for (const archive of opened) archive.close();
  rmSync(script, { force: true });
  rmSync(folder, { recursive: true });
});

const mail = (name: string, named = ''): string =>
  `From: Ada <ada@example.org>\nSubject: tea ${name}\nDate: Mon, 3 Jul 2023 10:00:00 +0200\nMessage-ID: <${name}@example.org>\n${named}\nbody of ${name}\n`;

function write(path: string, content: string | Buffer): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

async function open(path: string): Promise<MailArchive> {
  const outcome = await openMailArchive(path, { script, store });
  if (outcome.state !== 'opened') throw new Error(JSON.stringify(outcome));
  opened.push(outcome.archive);
  return outcome.archive;
}

/** How much of the index was kept. */
async function from(path: string): Promise<string> {
  const outcome = await indexInWorker(path, { script, store });
  return outcome.state === 'indexed' ? outcome.from : JSON.stringify(outcome);
}

function subjects({ source }: MailArchive): string[] {
  return Array.from({ length: source.count }, (_, at) => source.header(at, ['subject']).get('subject') ?? '');
}

async function bodies(archive: MailArchive): Promise<string[]> {
  const texts: string[] = [];
  for (let at = 0; at < archive.source.count; at++)
    texts.push(/body of \S+/.exec(String(await archive.read(at)))?.[0] ?? '');
  return texts;
}

describe('a maildir', () => {
  const path = join(folder, 'maildir');
  const at = (name: string): string => join(path, name);

  test('has its mails in threads, and gives the bytes of each', async () => {
    for (const name of ['cur', 'new', 'tmp']) mkdirSync(at(name), { recursive: true });
    write(at('cur/1.a.host:2,'), mail('a'));
    write(at('cur/2.b.host:2,S'), mail('b', 'In-Reply-To: <a@example.org>\n'));
    write(at('new/3.c.host'), mail('c'));
    write(at('tmp/4.d.host'), mail('d'));
    const archive = await open(path);
    expect(subjects(archive)).toEqual(['tea a', 'tea b', 'tea c']);
    expect([...(archive.index.joined?.parents ?? [])]).toEqual([-1, 0, -1]);
    expect(String(await archive.read(1))).toBe(mail('b', 'In-Reply-To: <a@example.org>\n'));
    expect(archive.fileOf(2)).toBe(at('new/3.c.host'));
    expect(await from(path)).toBe('kept');
  });

  test('is continued when a mail came, was read, or was taken away; one that was changed is read again', async () => {
    write(at('new/5.e.host'), mail('e', 'In-Reply-To: <c@example.org>\n'));
    renameSync(at('new/3.c.host'), at('cur/3.c.host:2,S'));
    rmSync(at('cur/1.a.host:2,'));
    write(at('cur/2.b.host:2,S'), mail('changed'));
    utimesSync(at('cur/2.b.host:2,S'), 1, 1);
    expect(await from(path)).toBe('grown');
    const archive = await open(path);
    expect(subjects(archive)).toEqual(['tea changed', 'tea c', 'tea e']);
    expect([...(archive.index.joined?.parents ?? [])]).toEqual([-1, -1, 1]);
    expect(await bodies(archive)).toEqual(['body of changed', 'body of c', 'body of e']);
  });

  test('says so when a mail was changed after it was opened', async () => {
    const archive = await open(path);
    utimesSync(at('new/5.e.host'), 1, 1);
    await expect(archive.read(2)).rejects.toThrow('it was changed; open the archive again');
    rmSync(at('new/5.e.host'));
    await expect(archive.read(2)).rejects.toThrow('there is no such file');
  });
});

describe('a folder of mailboxes', () => {
  const path = join(folder, 'lists');

  test('is one archive, whatever its files are', async () => {
    const mbox = (name: string): string => `From ada@example.org Mon Jul  3 10:00:00 2023\n${mail(name)}\n`;
    write(join(path, 'one.mbox'), mbox('a') + mbox('b'));
    write(join(path, 'packed/two.mbox.gz'), gzipSync(mbox('c') + mbox('d')));
    write(join(path, 'three.eml'), mail('e'));
    write(join(path, 'broken.gz'), gzipSync(mbox('f').repeat(50)).subarray(0, 90));
    const outcome = await openMailArchive(path, { script, store });
    if (outcome.state !== 'opened') throw new Error(JSON.stringify(outcome));
    opened.push(outcome.archive);
    const texts = await bodies(outcome.archive);
    expect(texts.filter((text) => /of [a-e]$/.test(text))).toEqual([
      'body of a',
      'body of b',
      'body of c',
      'body of d',
      'body of e',
    ]);
    expect(outcome.problems.map((one) => one.reason ?? '')).toContainEqual(expect.stringMatching(/damaged/));
  });
});

describe('a compressed mailbox', () => {
  const path = join(folder, 'list.mbox.gz');
  const mbox = (count: number): string =>
    Array.from({ length: count }, (_, at) => `From ada@example.org Mon Jul  3 10:00:00 2023\n${mail(`m${at}`)}\n`).join(
      '',
    );

  test('is known again, and read again when it was changed', async () => {
    writeFileSync(path, gzipSync(mbox(3)));
    expect(await from(path)).toBe('read');
    expect(await from(path)).toBe('kept');
    const archive = await open(path);
    expect(await bodies(archive)).toEqual(['body of m0', 'body of m1', 'body of m2']);
    expect((await archive.contentOf(1))?.length).toBe(mbox(3).length);
    writeFileSync(path, gzipSync(mbox(4)));
    expect(subjects(await open(path))).toHaveLength(4);
  });

  test('without any mail says so', async () => {
    const empty = join(folder, 'empty.gz');
    writeFileSync(empty, gzipSync(''));
    expect(await openMailArchive(empty, { script, store })).toMatchObject({ state: 'refused' });
  });
});

describe('a public-inbox', () => {
  const path = join(folder, 'inbox');

  function commit(epoch: number, ...names: string[]): void {
    const repository = join(path, `git/${epoch}.git`);
    const isNew = !existsSync(repository);
    if (isNew) execFileSync('git', ['init', '-q', '--bare', repository]);
    const text = names.map((name, at) => {
      const content = mail(name);
      const above = at > 0 ? '' : isNew ? '' : 'from refs/heads/master^0\n';
      return `commit refs/heads/master\ncommitter Ada <ada@example.org> 1700000000 +0000\ndata 3\ntea\n${above}deleteall\nM 100644 inline m\ndata ${content.length}\n${content}\n`;
    });
    execFileSync('git', [`--git-dir=${repository}`, 'fast-import', '--quiet', '--force'], { input: text.join('') });
    execFileSync('git', [`--git-dir=${repository}`, 'symbolic-ref', 'HEAD', 'refs/heads/master']);
  }

  test('gives the mails of all its repositories, and is continued by the new commits', async () => {
    commit(0, 'a', 'b');
    commit(1, 'c');
    const archive = await open(path);
    expect(await bodies(archive)).toEqual(['body of a', 'body of b', 'body of c']);
    expect([archive.fileOf(0), await archive.contentOf(0)]).toEqual([undefined, undefined]);
    expect(await from(path)).toBe('kept');
    commit(1, 'd');
    expect(await from(path)).toBe('grown');
    expect(await bodies(await open(path))).toEqual(['body of a', 'body of b', 'body of c', 'body of d']);
  });

  test('is left when the reader does not want to wait', async () => {
    commit(2, ...Array.from({ length: 600 }, (_, at) => `n${at}`));
    const late = new AbortController();
    const outcome = openMailArchive(path, { script, signal: late.signal, onProgress: () => late.abort() });
    expect(await outcome).toEqual({ state: 'cancelled' });
  });
});
