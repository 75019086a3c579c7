import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { gitSource, type KeptGit, openGit, packGit } from '#archive';
import { type GitOutcome, gitRepositories, IndexFolder, indexGit, indexName } from '#archive/node';
import { BlobReader } from '../../src/archive/node/blob-reader.ts';
import { gitArguments, gitEnvironment } from '../../src/archive/node/git-repositories.ts';

const folder = mkdtempSync(join(tmpdir(), 'patchgloss-git-'));
afterAll(() => rmSync(folder, { recursive: true }));

const mail = (name: string, more = ''): string =>
  `From: Ada <ada@example.org>\nSubject: tea ${name}\nDate: Mon, 3 Jul 2023 10:00:00 +0200\nMessage-ID: <${name}@example.org>\n${more}\nbody of ${name}\n`;

/** Adds commits to a bare repository, each with one file and nothing else. */
function commit(repository: string, ...files: [name: 'm' | 'd' | 'README', content: string][]): void {
  const isNew = !existsSync(repository);
  if (isNew) execFileSync('git', ['init', '-q', '--bare', repository]);
  const text = files.map(([name, content], index) => {
    const first = isNew && index === 0 ? '' : index === 0 ? 'from refs/heads/master^0\n' : '';
    return `commit refs/heads/master\ncommitter Ada <ada@example.org> ${1_700_000_000 + index} +0000\ndata 3\ntea\n${first}deleteall\nM 100644 inline ${name}\ndata ${Buffer.byteLength(content)}\n${content}\n`;
  });
  execFileSync('git', [`--git-dir=${repository}`, 'fast-import', '--quiet', '--force'], { input: text.join('') });
  execFileSync('git', [`--git-dir=${repository}`, 'symbolic-ref', 'HEAD', 'refs/heads/master']);
}

function indexed(outcome: GitOutcome): { index: KeptGit; from: string } {
  if (outcome.state !== 'indexed') throw new Error(JSON.stringify(outcome));
  return outcome;
}

function subjects({ index: { table } }: { index: KeptGit }): (string | undefined)[] {
  const source = gitSource(table);
  return Array.from({ length: source.count }, (_, index) => source.header(index, ['subject']).get('subject'));
}

describe('a public-inbox of version 2', () => {
  const inbox = join(folder, 'inbox');
  const store = new IndexFolder(join(folder, 'kept'));
  const index = async (): Promise<GitOutcome> => {
    const kept = await store.read(indexName(inbox));
    const outcome = await indexGit(inbox, { kept: kept && openGit(kept) });
    if (outcome.state === 'indexed') await store.write(indexName(inbox), packGit(outcome.index));
    return outcome;
  };

  test('has a message for each commit, repository after repository, without those that were taken back', async () => {
    commit(
      join(inbox, 'git/0.git'),
      ['m', mail('a')],
      ['m', mail('b', 'References: <a@example.org>\n')],
      ['m', mail('c')],
      ['d', mail('b', 'References: <a@example.org>\n')],
    );
    for (const epoch of [1, 2, 10]) commit(join(inbox, `git/${epoch}.git`), ['m', mail(`e${epoch}`)]);
    expect(gitRepositories(inbox)).toHaveLength(4);
    const first = indexed(await index());
    expect([first.from, subjects(first)]).toEqual(['read', ['tea a', 'tea c', 'tea e1', 'tea e2', 'tea e10']]);
    const source = gitSource(first.index.table);
    const blob = source.blob?.(1) ?? '';
    expect(execFileSync('git', [`--git-dir=${join(inbox, 'git/0.git')}`, 'cat-file', 'blob', blob]).toString()).toBe(
      mail('c'),
    );
    expect([source.span(1), source.time(1)]).toEqual([
      { start: 0, end: mail('c').length },
      Date.parse('2023-07-03T08:00:00Z'),
    ]);
  });

  test('is continued at its last commit, and read again when its history was rewritten', async () => {
    expect(indexed(await index()).from).toBe('kept');
    commit(join(inbox, 'git/10.git'), ['m', mail('f')], ['d', mail('e10')], ['m', mail('e10')]);
    commit(join(inbox, 'git/11.git'), ['m', mail('g')]);
    const grown = indexed(await index());
    expect([grown.from, subjects(grown)]).toEqual([
      'grown',
      ['tea a', 'tea c', 'tea e1', 'tea e2', 'tea f', 'tea e10', 'tea g'],
    ]);
    expect(subjects(indexed(await indexGit(inbox)))).toEqual(subjects(grown));
    rmSync(join(inbox, 'git/11.git'), { recursive: true });
    commit(join(inbox, 'git/11.git'), ['m', mail('h')]);
    const again = indexed(await index());
    expect([again.from, subjects(again).at(-1)]).toEqual(['read', 'tea h']);
  });

  test('is known after it was packed, and thrown away when it was damaged', async () => {
    const { index: kept } = indexed(await index());
    const packed = packGit(kept);
    expect(openGit(packed)).toEqual({ commits: kept.commits, table: kept.table });
    packed[packed.length - 100] = (packed[packed.length - 100] ?? 0) ^ 1;
    expect(openGit(packed)).toBeUndefined();
  });

  test('stops when the reader does not want to wait', async () => {
    const controller = new AbortController();
    const outcome = indexGit(inbox, { signal: controller.signal, onProgress: () => controller.abort() });
    expect(await outcome).toEqual({ state: 'cancelled' });
  });
});

test('a repository without mail is refused, and so is one without commits', async () => {
  const code = join(folder, 'code.git');
  commit(code, ['README', 'code']);
  expect(await indexGit(code)).toEqual({ state: 'refused', reason: expect.stringMatching(/holds no mail/) });
  const empty = join(folder, 'empty.git');
  execFileSync('git', ['init', '-q', '--bare', empty]);
  expect(await indexGit(empty)).toEqual({ state: 'refused', reason: 'it has no commits' });
});

test('where git is not installed, that is said', async () => {
  const { PATH } = process.env;
  try {
    process.env.PATH = folder;
    const reason = 'git is not installed; it is needed to read this repository';
    expect(await indexGit(join(folder, 'empty.git'))).toEqual({ state: 'refused', reason });
  } finally {
    process.env.PATH = PATH;
  }
});

test('blobs are cut from a stream in whatever pieces it comes', () => {
  const blob = fc.string({ unit: fc.constantFrom('a', '\n', ' ', '\u00e9'), maxLength: 60 });
  fc.assert(
    fc.property(
      fc.array(fc.option(blob)),
      fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 }),
      (blobs, sizes) => {
        const name = '0123456789'.repeat(4);
        const text = blobs
          .map((one) => (one === null ? 'x:m missing\n' : `${name} blob ${one.length}\n${one}\n`))
          .join('');
        const all = Buffer.from(text, 'latin1');
        const found: unknown[] = [];
        const reader = new BlobReader(30, ({ size, head }) => found.push(size === undefined ? null : [size, head]));
        for (let at = 0, turn = 0; at < all.length; turn++) {
          const next = at + (sizes[turn % sizes.length] ?? 1);
          reader.add(all.subarray(at, next));
          at = next;
        }
        expect(found).toEqual(blobs.map((one) => (one === null ? null : [one.length, one.slice(0, 30)])));
      },
    ),
    { seed: 21, numRuns: 300 },
  );
});

const hasPublicInbox = (() => {
  try {
    execFileSync('sh', [
      '-c',
      'command -v public-inbox-init && command -v public-inbox-mda && command -v public-inbox-learn',
    ]);
    return true;
  } catch {
    if (process.env.CI !== undefined) throw new Error('public-inbox must be installed when CI is set');
    return false;
  }
})();

test.skipIf(!hasPublicInbox)(
  'what public-inbox delivers and forgets is found as it keeps it',
  async () => {
    const home = join(folder, 'home');
    execFileSync('mkdir', ['-p', join(home, '.public-inbox')]);
    const env = {
      ...process.env,
      HOME: home,
      PI_CONFIG: join(home, '.public-inbox/config'),
      PI_EMERGENCY: join(home, 'lost'),
      ORIGINAL_RECIPIENT: 'tea@example.org',
    };
    const run = (program: string, args: string[], input = ''): void => {
      execFileSync(program, args, { env, input, stdio: ['pipe', 'ignore', 'pipe'] });
    };
    const inbox = join(home, 'tea');
    run('public-inbox-init', ['-V2', '-Lbasic', 'tea', inbox, 'http://tea.example.org/', 'tea@example.org']);
    run('git', ['config', `--file=${env.PI_CONFIG}`, 'publicinboxmda.spamcheck', 'none']);
    const to = 'To: tea@example.org\n';
    for (const name of ['one', 'two', 'three']) run('public-inbox-mda', ['--no-precheck'], mail(name, to));
    expect(subjects(indexed(await indexGit(inbox)))).toEqual(['tea one', 'tea two', 'tea three']);
    run('public-inbox-learn', ['rm', '--all'], mail('two', to));
    expect(subjects(indexed(await indexGit(inbox)))).toEqual(['tea one', 'tea three']);
  },
  60_000,
);

test('a repository that says a mail lies elsewhere runs no program to bring it, also with an older git', async () => {
  const strange = join(folder, 'strange/git/0.git');
  const ran = join(folder, 'strange-ran');
  commit(strange, ['m', mail('a')], ['m', mail('b')]);
  const git = (...args: string[]) =>
    execFileSync('git', [`--git-dir=${strange}`, ...args], { encoding: 'utf8' }).trim();
  for (const [name, value] of [
    ['core.repositoryformatversion', '1'],
    ['extensions.partialClone', 'origin'],
    ['remote.origin.url', folder],
    ['remote.origin.promisor', 'true'],
    ['remote.origin.uploadpack', `touch '${ran}'; false`],
    ['protocol.file.allow', 'always'],
  ] as const)
    git('config', name, value);
  const missing = '1234567890123456789012345678901234567890';
  const asked = gitArguments(strange, ['cat-file', '-e', missing]);
  // As a git that does not know GIT_NO_LAZY_FETCH.
  const { GIT_NO_LAZY_FETCH: _, ...environment } = gitEnvironment();
  expect(() => execFileSync('git', asked, { env: environment, stdio: 'ignore' })).toThrow();
  expect(existsSync(ran)).toBe(false);
});
