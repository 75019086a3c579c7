import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AppliedVersions, appliedVersions, namesBase, readText, type SeriesVersion, versionsIn } from '#features';
import { inScratch } from '#features/node';

const folder = mkdtempSync(join(tmpdir(), 'patchgloss-versions-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TEA = [
  'int make_tea(void)',
  '{',
  '\tfill(kettle);',
  '\tboil(kettle);',
  '\tpour(kettle);',
  '\tdrink(tea);',
  '}',
  '',
];
const CUPS = ['int cups = 2;', ''];

function git(...args: string[]): string {
  const identity = ['-c', 'user.name=Ada Example', '-c', 'user.email=ada@example.org', '-c', 'commit.gpgsign=false'];
  const stdio: ['ignore', 'pipe', 'ignore'] = ['ignore', 'pipe', 'ignore'];
  return execFileSync('git', [...identity, ...args], { cwd: folder, encoding: 'utf8', stdio });
}

function commit(files: Readonly<Record<string, readonly string[]>>): string {
  for (const [name, lines] of Object.entries(files)) writeFileSync(join(folder, name), lines.join('\n'));
  git('add', '-A');
  git('commit', '-q', '-m', 'tea: Warm the pot');
  return git('rev-parse', 'HEAD').trim();
}

/** The patches from a base to what is made of it; the branch goes back to the base. */
function posted(base: string, version: number, ...steps: Readonly<Record<string, readonly string[]>>[]): string {
  git('reset', '-q', '--hard', base);
  for (const step of steps) commit(step);
  const text = git('format-patch', '--stdout', '--full-index', `-v${version}`, `--base=${base}`, base);
  git('reset', '-q', '--hard', base);
  return text;
}

const warm = (by: string) => ({ 'tea.c': TEA.map((line) => line.replace('pour(kettle)', `pour(${by})`)) });
const cups = (count: number) => ({ 'cups.c': [`int cups = ${count};`, ''] });

let base = '';
let moved = '';
beforeAll(() => {
  git('init', '-q');
  base = commit({ 'tea.c': TEA, 'cups.c': CUPS });
  moved = commit({ 'tea.c': ['/* Tea, as we like it. */', ...TEA] });
  git('reset', '-q', '--hard', base);
});

function seriesOf(text: string): SeriesVersion {
  const [series] = versionsIn([readText(text)]);
  if (!series) throw new Error('no patch was found');
  return series;
}

const applied = (before: string, after: string): Promise<AppliedVersions | undefined> =>
  inScratch(folder, (scratch) => appliedVersions(seriesOf(before), seriesOf(after), scratch));

const withoutBase = (text: string) => text.replaceAll(/^base-commit: .*$/gm, '');

function state(): string {
  const objects = readdirSync(join(folder, '.git/objects'), { recursive: true }).map(String).sort().join();
  return [
    git('status', '--porcelain'),
    git('for-each-ref'),
    objects,
    readFileSync(join(folder, '.git/index')).toString('base64'),
  ].join('\n');
}

it('two versions of a series are the real files at their base, and those alone that differ', async () => {
  const [v1, v2] = [posted(base, 1, warm('warmed'), cups(3)), posted(base, 2, warm('hot'), cups(3))];
  const before = state();
  const found = await applied(v1, v2);
  expect(state()).toBe(before);
  expect(found).toEqual({
    base,
    files: [{ path: 'tea.c', before: warm('warmed')['tea.c'].join('\n'), after: warm('hot')['tea.c'].join('\n') }],
  });
});

it('a file that one version alone makes is on one side alone', async () => {
  const found = await applied(
    posted(base, 1, warm('hot')),
    posted(base, 2, warm('hot'), { 'pot.c': ['int pot;', ''] }),
  );
  expect(found?.files).toEqual([{ path: 'pot.c', after: 'int pot;\n' }]);
});

it('without a base the files are known by what their patches were made from', async () => {
  const [v1, v2] = [posted(base, 1, warm('warmed')), posted(base, 2, warm('hot'))].map(withoutBase);
  const found = await applied(v1 ?? '', v2 ?? '');
  expect(found?.base).toBeUndefined();
  expect(found?.files.map(({ path, after }) => [path, after?.includes('pour(hot)')])).toEqual([['tea.c', true]]);
  expect(namesBase(seriesOf(v1 ?? ''))).toBe(true);
});

it('what only moved with its base is no difference', async () => {
  const v2 = posted(moved, 2, { 'tea.c': ['/* Tea, as we like it. */', ...warm('hot')['tea.c']] });
  expect(await applied(posted(base, 1, warm('hot')), v2)).toEqual({ base: moved, files: [] });
});

it('where the repository knows neither base nor files, and where a patch does not apply, there is nothing to compare', async () => {
  const unknown = (text: string) =>
    withoutBase(text).replaceAll(/^index [0-9a-f]+\.\.[0-9a-f]+/gm, `index ${'1'.repeat(40)}..${'2'.repeat(40)}`);
  const [v1, v2] = [posted(base, 1, warm('warmed')), posted(base, 2, warm('hot'))];
  expect(await applied(unknown(v1), unknown(v2))).toBeUndefined();
  expect(await applied(unknown(v1).replace('boil(kettle)', 'freeze(kettle)'), v2)).toBeUndefined();
  expect(namesBase(seriesOf(withoutBase(v1).replaceAll(/^index .*$/gm, '')))).toBe(false);
});
