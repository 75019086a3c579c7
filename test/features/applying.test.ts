import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ApplyReport, readText, tryApplying, versionsIn } from '#features';
import { inScratch } from '#features/node';

const folder = mkdtempSync(join(tmpdir(), 'patchgloss-applying-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TEA = [
  'int make_tea(void)',
  '{',
  '\tfill(kettle);',
  '\tboil(kettle);',
  '\tpour(kettle);',
  '\tdrink(tea);',
  '\twash(pot);',
  '}',
  '',
];

function git(...args: string[]): string {
  const identity = ['-c', 'user.name=Ada Example', '-c', 'user.email=ada@example.org', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...identity, ...args], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

function commit(text: readonly string[]): string {
  writeFileSync(join(folder, 'tea.c'), text.join('\n'));
  git('add', '-A');
  git('commit', '-q', '-m', 'tea');
  return git('rev-parse', 'HEAD').trim();
}

let base = '';
let patch = '';
beforeAll(() => {
  git('init', '-q');
  base = commit(TEA);
  commit(TEA.map((line) => line.replace('pour(kettle)', 'pour(warmed(kettle))')));
  patch = git('format-patch', '-1', '--stdout', '--full-index');
  git('reset', '-q', '--hard', base);
});

async function tried(text: string, wanted?: string): Promise<ApplyReport> {
  const [series] = versionsIn([readText(text)]);
  if (!series) throw new Error('no patch was found');
  return inScratch(folder, (scratch) => tryApplying(series, scratch, wanted));
}

/** Everything that a reader would miss: files, index, objects, branches. */
function state(): string {
  const objects = readdirSync(join(folder, '.git/objects'), { recursive: true }).map(String).sort().join();
  const index = readFileSync(join(folder, '.git/index')).toString('base64');
  return [
    git('status', '--porcelain'),
    git('for-each-ref'),
    objects,
    index,
    statSync(join(folder, 'tea.c')).mtimeMs,
  ].join('\n');
}

it('a patch applies where its lines are, and nothing of the reader changes', async () => {
  const before = state();
  const report = await tried(patch);
  expect(report.base).toEqual({ commit: base, because: 'the repository stands there' });
  expect(report.patches).toMatchObject([{ key: '0:0', state: 'applies', problems: [] }]);
  expect(state()).toBe(before);
});

it('a hunk that does not apply is named with its file, its line, and its place in the mail', async () => {
  const other = patch
    .replaceAll(/[0-9a-f]{40}\.\.[0-9a-f]{40}/g, `${'1'.repeat(40)}..${'2'.repeat(40)}`)
    .replace('\tboil(kettle);', '\tfreeze(kettle);');
  const report = await tried(other);
  const [one] = report.patches;
  expect(one?.state).toBe('fails');
  expect(one?.problems[0]).toMatchObject({
    path: 'tea.c',
    before: 2,
    reason: 'The lines around the change are other ones there.',
  });
  expect(one?.problems[0]?.line).toBeGreaterThan(5);
});

it('a patch that was made from files the repository knows may go in by a merge', async () => {
  commit([...TEA.slice(0, 2), '\twait();', ...TEA.slice(2)]);
  const report = await tried(patch);
  expect(report.patches[0]).toMatchObject({ state: 'merges', problems: [{ path: 'tea.c' }] });
  git('reset', '-q', '--hard', base);
});

it('a file that is not there is said to be not there, and what comes behind is not tried', async () => {
  const missing = patch.replaceAll('tea.c', 'soup.c').replace('[PATCH]', '[PATCH 1/2]');
  const second = patch.replace('[PATCH]', '[PATCH 2/2]');
  const report = await tried(`${missing}\n${second}`);
  expect(report.patches.map(({ state: one }) => one)).toEqual(['fails', 'skipped']);
  expect(report.patches[0]?.problems[0]).toMatchObject({ path: 'soup.c', reason: 'The file is not there.' });
});

it('the base that the mails name is taken; one that is not in the repository is told', async () => {
  const named = (hash: string): string => patch.replace('\n-- \n', `\nbase-commit: ${hash}\n-- \n`);
  expect((await tried(named(base))).base).toEqual({ commit: base, because: 'the mails name it as their base' });
  const absent = await tried(named('0123456789abcdef0123456789abcdef01234567'));
  expect(absent.missing).toEqual(['the commit 0123456789abcdef0123456789abcdef01234567']);
  expect(absent.base?.because).toBe('the repository stands there');
  expect(await tried(patch, 'no-such-branch')).toMatchObject({ missing: ['the commit no-such-branch'], patches: [] });
  expect(await tried(patch, '--all')).toMatchObject({ missing: ['the commit --all'], patches: [] });
});

it('a patch that reaches out of the repository is refused, and does nothing', async () => {
  const before = state();
  const report = await tried(patch.replaceAll('tea.c', '../outside.c'));
  expect(report.patches[0]?.state).toBe('fails');
  expect(state()).toBe(before);
});

it('where there is no repository it is said', async () => {
  await expect(inScratch(tmpdir(), async () => 0)).rejects.toThrow('is in no Git repository');
});

it('a repository that says an object lies elsewhere runs no program to bring it', async () => {
  const strange = join(folder, 'strange');
  const ran = join(folder, 'strange-ran');
  execFileSync('git', ['clone', '-q', '--no-local', folder, strange]);
  const inStrange = (...args: string[]) => git('-C', strange, ...args).trim();
  // A pack is one file: its objects are loose when one of them is to be missing.
  const packs = join(strange, '.git/objects/pack');
  for (const name of readdirSync(packs).filter((one) => one.endsWith('.pack'))) {
    const pack = readFileSync(join(packs, name));
    for (const part of readdirSync(packs)) rmSync(join(packs, part), { force: true });
    execFileSync('git', ['-C', strange, 'unpack-objects', '-q'], { input: pack });
  }
  const blob = inStrange('rev-parse', `${base}:tea.c`);
  rmSync(join(strange, '.git/objects', blob.slice(0, 2), blob.slice(2)));
  for (const [name, value] of [
    ['core.repositoryformatversion', '1'],
    ['extensions.partialClone', 'origin'],
    ['remote.origin.promisor', 'true'],
    ['remote.origin.uploadpack', `touch '${ran}'; false`],
    ['protocol.file.allow', 'always'],
  ] as const)
    inStrange('config', name, value);
  const [series] = versionsIn([readText(patch)]);
  if (!series) throw new Error('no patch was found');
  const report = await inScratch(strange, (scratch) => tryApplying(series, scratch, base));
  rmSync(strange, { recursive: true });
  expect(report.patches[0]?.state).not.toBe('applies');
  expect(existsSync(ran)).toBe(false);
});

it('a repository that names a program to merge files does not get it run', async () => {
  const strange = join(folder, 'merging');
  const ran = join(folder, 'merging-ran');
  const inStrange = (...args: string[]) => git('-C', strange, ...args);
  execFileSync('git', ['clone', '-q', folder, strange]);
  writeFileSync(join(strange, '.gitattributes'), '* merge=strange.er\n');
  // The same line is another one here: only a merge could go on.
  writeFileSync(join(strange, 'tea.c'), TEA.map((line) => line.replace('pour(kettle)', 'pour(pot)')).join('\n'));
  inStrange('add', '-A');
  inStrange('commit', '-q', '-m', 'pot');
  inStrange('config', 'merge.strange.er.driver', `touch '${ran}'`);
  const [series] = versionsIn([readText(patch)]);
  if (!series) throw new Error('no patch was found');
  const report = await inScratch(strange, (scratch) => tryApplying(series, scratch));
  rmSync(strange, { recursive: true });
  expect(report.patches[0]?.state).not.toBe('applies');
  expect(existsSync(ran)).toBe(false);
});
