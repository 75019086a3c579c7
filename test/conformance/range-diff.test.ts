import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { compareVersions, type PatchDiff, readBytes, versionsIn } from '#features';
import { chances } from './quoting.ts';

/** Versions of series made of real files, compared by `git range-diff` and by us. */

const folder = mkdtempSync(join(tmpdir(), 'patchgloss-range-diff-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const hasGit = ((): boolean => {
  try {
    execFileSync('git', ['--version']);
    return true;
  } catch {
    if (process.env.CI) throw new Error('git is missing');
    console.warn('Versions are not compared with git range-diff: there is no git');
    return false;
  }
})();

type Chance = () => number;

/** The text of some files, by path. */
type Tree = Map<string, string[]>;

interface MadeCommit {
  subject: string;
  message: string[];
  edit: (tree: Tree) => void;
}

function git(cwd: string, ...args: string[]): string {
  const identity = [
    '-c',
    'user.name=Ada Example',
    '-c',
    'user.email=ada@example.org',
    '-c',
    'commit.gpgsign=false',
    '-c',
    'core.autocrlf=false',
  ];
  return execFileSync('git', [...identity, ...args], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    env: {
      ...process.env,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_SYSTEM: '/dev/null',
      GIT_AUTHOR_DATE: '2024-01-01T10:00:00Z',
      GIT_COMMITTER_DATE: '2024-01-01T10:00:00Z',
    },
  });
}

/** Real text to change: the sources of a room of ours. */
function realFiles(): Tree {
  const room = join(import.meta.dirname, '../../src/decode');
  const names = readdirSync(room)
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .slice(0, 8);
  return new Map(names.map((name) => [name, readFileSync(join(room, name), 'utf8').split('\n')]));
}

/** Puts new lines behind a line, which is found by its words: so an edit can be made again on another base. */
function insertion(path: string, words: string, lines: readonly string[]): (tree: Tree) => void {
  return (tree) => {
    const text = tree.get(path) ?? [];
    const at = text.indexOf(words);
    text.splice(at === -1 ? text.length : at + 1, 0, ...lines);
  };
}

function replacement(path: string, words: string, lines: readonly string[]): (tree: Tree) => void {
  return (tree) => {
    const text = tree.get(path) ?? [];
    const at = text.indexOf(words);
    if (at !== -1) text.splice(at, 1, ...lines);
  };
}

/** Lines that stand once in their file, some way apart from each other: places for edits. */
function places(tree: Tree, chance: Chance): { path: string; words: string }[] {
  const found: { path: string; words: string }[] = [];
  for (const [path, text] of tree) {
    let last = -12;
    for (const [at, words] of text.entries()) {
      if (words.length < 20 || at - last < 12 || text.indexOf(words) !== text.lastIndexOf(words) || chance() < 0.3)
        continue;
      found.push({ path, words });
      last = at;
    }
  }
  return found
    .map((place) => ({ place, key: chance() }))
    .sort((a, b) => a.key - b.key)
    .map(({ place }) => place);
}

function madeLines(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, line) => `  ${name}(${line}, kettle_${name}_${line});`);
}

function series(at: readonly { path: string; words: string }[], chance: Chance): MadeCommit[] {
  return Array.from({ length: 5 }, (_, number): MadeCommit => {
    const edits = at.slice(number * 3, number * 3 + 3).map(({ path, words }, index) => {
      const lines = madeLines(`step${number}${'abc'[index]}`, 2 + Math.floor(chance() * 5));
      return chance() < 0.6
        ? insertion(path, words, lines)
        : replacement(path, words, [words.replace(/\w+/, `was${number}`), ...lines]);
    });
    return {
      subject: `part ${number}: pour the tea in step ${number}`,
      message: [`The cup number ${number} is empty.`, '', `Fill it, step ${number} says so.`],
      edit: (tree) => {
        for (const edit of edits) edit(tree);
      },
    };
  });
}

type Reroll = (commits: MadeCommit[], at: readonly { path: string; words: string }[]) => MadeCommit[];

function changed(commit: MadeCommit | undefined, more: (tree: Tree) => void): MadeCommit[] {
  if (!commit) return [];
  return [
    {
      ...commit,
      edit: (tree) => {
        commit.edit(tree);
        more(tree);
      },
    },
  ];
}

const REROLLS: Readonly<Record<string, Reroll>> = {
  'nothing changed': (commits) => commits,
  'one patch changed': ([a, b, c, ...rest], at) =>
    [a, b, ...changed(c, insertion(at[16]?.path ?? '', at[16]?.words ?? '', madeLines('more', 2))), ...rest].flatMap(
      (one) => one ?? [],
    ),
  'a line of a change is another one': ([a, ...rest]) => [
    ...changed(a, (tree) => {
      for (const text of tree.values())
        for (const [row, line] of text.entries())
          if (line.includes('kettle_step0a_1')) text[row] = line.replace('kettle', 'samovar');
    }),
    ...rest,
  ],
  'one patch dropped': (commits) => commits.filter((_, index) => index !== 1),
  'one patch new': ([a, b, ...rest], at) =>
    [
      a,
      b,
      {
        subject: 'a new one',
        message: ['Why not.'],
        edit: insertion(at[17]?.path ?? '', at[17]?.words ?? '', madeLines('fresh', 9)),
      },
      ...rest,
    ].flatMap((one) => one ?? []),
  'in another order': ([a, b, c, d, ...rest]) => [c, a, d, b, ...rest].flatMap((one) => one ?? []),
  'another subject and message': ([a, b, ...rest]) =>
    [
      a,
      ...(b ? [{ ...b, subject: 'part 1: quite another name', message: [...b.message, 'And it is warm.'] }] : []),
      ...rest,
    ].flatMap((one) => one ?? []),
  'two patches made one': ([a, b, c, ...rest]) =>
    [
      a,
      ...(b && c
        ? [
            {
              ...b,
              edit: (tree: Tree) => {
                b.edit(tree);
                c.edit(tree);
              },
            },
          ]
        : []),
      ...rest,
    ].flatMap((one) => one ?? []),
  'one patch made two': ([a, b, ...rest], at) =>
    [
      a,
      ...changed(b, () => undefined),
      {
        subject: 'the other half',
        message: ['Split off.'],
        edit: insertion(at[18]?.path ?? '', at[18]?.words ?? '', madeLines('half', 4)),
      },
      ...rest,
    ].flatMap((one) => one ?? []),
};

/** Commits on a branch, as patches in a folder. */
function posted(
  repository: string,
  branch: string,
  base: Tree,
  commits: readonly MadeCommit[],
  version: number,
): string {
  git(repository, 'checkout', '-q', '-B', branch, 'base');
  const tree: Tree = new Map([...base].map(([path, text]) => [path, [...text]]));
  for (const { subject, message, edit } of commits) {
    edit(tree);
    for (const [path, text] of tree) {
      mkdirSync(dirname(join(repository, path)), { recursive: true });
      writeFileSync(join(repository, path), text.join('\n'));
    }
    git(repository, 'add', '-A');
    git(repository, 'commit', '-q', '--allow-empty', '-m', subject, '-m', message.join('\n'));
  }
  return git(repository, 'format-patch', '--stdout', `-v${version}`, '-M', 'base');
}

/** `old:new sign` for each row of the table; `-` where a side has none. */
function rowsOfGit(repository: string): string[] {
  const table = git(repository, 'range-diff', '--no-color', '--no-patch', 'base..v1', 'base..v2');
  return [...table.matchAll(/^ *(\d+|-): +\S+ ([=!<>]) +(\d+|-): /gm)]
    .map(([, old, sign, now]) => `${old}:${now} ${sign}`)
    .sort();
}

function rowsOfOurs(patches: readonly PatchDiff[]): string[] {
  const number = (key: string | undefined): string => (key === undefined ? '-' : String(Number(key.split(':')[1]) + 1));
  return patches.map((patch) => `${number(patch.before)}:${number(patch.after)} ${signOf(patch)}`).sort();
}

function signsOf(rows: readonly string[]): string[] {
  return rows.map((row) => row.slice(-1)).sort();
}

/** git's sign: it compares message and lines around a change too. */
function signOf({ state, message, subjectBefore, trailers }: PatchDiff): string {
  if (state === 'new') return '>';
  if (state === 'dropped') return '<';
  return state === 'unchanged' && !message && subjectBefore === undefined && !trailers ? '=' : '!';
}

describe.skipIf(!hasGit)('versions of a series', () => {
  it.each(Object.keys(REROLLS))(
    'are paired as git range-diff does: %s',
    (name) => {
      const rows: { ours: string[]; gits: string[] }[] = [];
      for (let seed = 1; seed <= 2; seed++) {
        const chance = chances(seed * 7919);
        const base = realFiles();
        const at = places(base, chance);
        const repository = join(folder, `${name.replaceAll(' ', '-')}-${seed}`);
        mkdirSync(repository);
        git(repository, 'init', '-q');
        for (const [path, text] of base) writeFileSync(join(repository, path), text.join('\n'));
        git(repository, 'add', '-A');
        git(repository, 'commit', '-q', '-m', 'base');
        git(repository, 'branch', 'base');
        const first = series(at, chance);
        const one = posted(repository, 'v1', base, first, 1);
        const two = posted(repository, 'v2', base, REROLLS[name]?.(first, at) ?? [], 2);
        const patches = compared(one, two);
        rows.push({ ours: rowsOfOurs(patches), gits: rowsOfGit(repository) });
      }
      // Which half of a joined patch it goes on is a matter of a few lines; git does not look at subjects apart.
      const shown = (one: readonly string[]): readonly string[] =>
        name === 'two patches made one' ? signsOf(one) : one;
      expect(rows.map(({ ours }) => shown(ours))).toEqual(rows.map(({ gits }) => shown(gits)));
    },
    120_000,
  );

  it('changes around a patch are no changes of it', () => {
    const chance = chances(5);
    const base = realFiles();
    const at = places(base, chance);
    const place = at[0] ?? { path: '', words: '' };
    const commits = series(at, chance).slice(0, 1);
    const repository = join(folder, 'context');
    mkdirSync(repository);
    git(repository, 'init', '-q');
    const texts = [base, new Map(base)].map((tree, version) => {
      const copy: Tree = new Map([...tree].map(([path, text]) => [path, [...text]]));
      const text = copy.get(place.path) ?? [];
      // Another project has put a line two lines above meanwhile.
      if (version === 1) text.splice(Math.max(0, text.indexOf(place.words) - 1), 0, '// steeped');
      for (const [path, lines] of copy) writeFileSync(join(repository, path), lines.join('\n'));
      git(repository, 'add', '-A');
      git(repository, 'commit', '-q', '--allow-empty', '-m', `base ${version}`);
      git(repository, 'branch', '-f', 'base');
      return posted(repository, `v${version + 1}`, copy, commits, version + 1);
    });
    const [patch] = compared(texts[0] ?? '', texts[1] ?? '');
    expect(patch).toMatchObject({ state: 'context', hunks: [] });
  });
});

function compared(one: string, two: string): PatchDiff[] {
  const before = versionsIn([readBytes(Buffer.from(one))]).at(-1);
  const after = versionsIn([readBytes(Buffer.from(two))], 1).at(-1);
  return before && after ? compareVersions(before, after) : [];
}
