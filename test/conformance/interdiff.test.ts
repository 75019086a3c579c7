import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { compareVersions, type PatchDiff, readBytes, versionsIn } from '#features';
import {
  copyOf,
  type Edit,
  hasProgram,
  insertion,
  MadeHistory,
  madeLines,
  realFiles,
  removal,
  replacement,
  type Spot,
  spots,
  type Tree,
} from './made-history.ts';
import { chances } from './quoting.ts';

/** Two versions of a patch made of real files, compared by `interdiff` (patchutils) and by us; what they change is known by the files themselves. */

/** What the base of the second version has got meanwhile, and what each version does. */
interface Versions {
  meanwhile?: Edit;
  one: Edit;
  two: Edit;
}

const all =
  (...edits: readonly Edit[]): Edit =>
  (tree) => {
    for (const edit of edits) edit(tree);
  };

/** Some changes that both versions make, one of each sort. */
function common([a, b, c]: readonly Spot[], count: number): Edit {
  const none: Edit = () => undefined;
  return all(
    a ? insertion(a, madeLines('pour', count)) : none,
    b ? replacement(b, madeLines('boil', 2)) : none,
    c ? removal(c, 1) : none,
  );
}

function moved(from: string, to: string): Edit {
  return (tree) => {
    const text = tree.get(from) ?? [];
    tree.delete(from);
    tree.set(to, text);
  };
}

type Make = (at: readonly Spot[], rest: readonly Spot[], count: number) => Versions;

const KINDS: Readonly<Record<string, Make>> = {
  'nothing changed': (at, _, count) => ({ one: common(at, count), two: common(at, count) }),
  'another line': (at, _, count) => ({
    one: common(at, count),
    two: all(common(at, count), (tree) => {
      for (const text of tree.values())
        for (const [row, line] of text.entries())
          if (line.includes('kettle_pour_1')) text[row] = line.replace('kettle', 'samovar');
    }),
  }),
  'more and fewer lines': (at, _, count) => ({ one: common(at, count), two: common(at, count + 2) }),
  'a new hunk': (at, [spot], count) => ({
    one: common(at, count),
    two: all(common(at, count), spot ? replacement(spot, madeLines('new', 3)) : () => undefined),
  }),
  'a dropped hunk': (at, [spot], count) => ({
    one: all(common(at, count), spot ? removal(spot, 2) : () => undefined),
    two: common(at, count),
  }),
  'a new file': (at, _, count) => ({
    one: common(at, count),
    two: all(common(at, count), (tree) => void tree.set('cups.ts', madeLines('cup', 9))),
  }),
  'another new file': (at, _, count) => ({
    one: all(common(at, count), (tree) => void tree.set('cups.ts', madeLines('cup', 9))),
    two: all(common(at, count), (tree) => void tree.set('cups.ts', [...madeLines('cup', 9), ...madeLines('mug', 2)])),
  }),
  'a renamed file': (at, [spot], count) => {
    const rename = moved(at[0]?.path ?? '', `kitchen/${at[0]?.path}`);
    const more = spot?.path === at[0]?.path ? undefined : spot;
    return {
      one: all(common(at, count), rename),
      two: all(common(at, count + 1), more ? insertion(more, madeLines('more', 2)) : () => undefined, rename),
    };
  },
  'moved by lines far above': (at, _, count) => ({
    meanwhile: (tree) => {
      for (const text of tree.values()) text.unshift(...madeLines('far', 7));
    },
    one: common(at, count),
    two: common(at, count + 1),
  }),
  'moved context': (at, _, count) => ({
    meanwhile: at[0] ? insertion({ ...at[0] }, madeLines('meanwhile', 1)) : () => undefined,
    one: common(at, count),
    two: common(at, count + 1),
  }),
};
const SEEDS = 5;
/** Where the second version has another base, `interdiff` may give up, and otherwise takes what came to the base for a change of the patch. */
const OTHER_BASES: ReadonlySet<string> = new Set(['moved by lines far above', 'moved context']);

/** How often a line came (+) or went (-), by its file. */
type Changes = Map<string, number>;

function count(changes: Changes, path: string, line: string, by: number): void {
  // What has no words says nothing of where it stands: a program may take one blank line for another.
  if (!/\w/.test(line)) return;
  const key = `${path}: ${line}`;
  const sum = (changes.get(key) ?? 0) + by;
  if (sum === 0) changes.delete(key);
  else changes.set(key, sum);
}

/** What the second version does that the first does not, by the files themselves. */
function changesOfFiles(trees: readonly [base: Tree, one: Tree, otherBase: Tree, two: Tree]): Changes {
  const changes: Changes = new Map();
  const names = new Map([...trees[1].keys(), ...trees[3].keys()].map((path) => [path.replace('kitchen/', ''), path]));
  for (const [at, tree] of trees.entries())
    for (const [path, text] of tree)
      for (const line of text)
        count(changes, names.get(path.replace('kitchen/', '')) ?? path, line, at === 0 || at === 3 ? 1 : -1);
  return changes;
}

/** A line that the first version adds and the second does not is one that went; one that only the second takes away went too. */
function changesOfOurs({ hunks }: PatchDiff): Changes {
  const changes: Changes = new Map();
  for (const { path, lines } of hunks)
    for (const { side, mark, text } of lines)
      if (side !== ' ' && mark !== ' ') count(changes, path, text, (side === '+' ? 1 : -1) * (mark === '+' ? 1 : -1));
  return changes;
}

function linesOf({ hunks }: PatchDiff): number {
  return hunks.flatMap(({ lines }) => lines).filter(({ side, text }) => side !== ' ' && /\w/.test(text)).length;
}

function sizeOf(changes: Changes): number {
  return [...changes.values()].reduce((sum, times) => sum + Math.abs(times), 0);
}

function changesOfTool(output: string): Changes {
  const changes: Changes = new Map();
  let path = '';
  let left = 0;
  for (const line of output.split('\n')) {
    const [, before = '', after = ''] = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(line) ?? [];
    if (line.startsWith('@@ ')) left = Number(before || 1) + Number(after || 1);
    else if (left === 0) path = /^(?:---|\+\+\+) (?:[^/]*\/)?([^\t\n]+)/.exec(line)?.[1] ?? path;
    else if (!line.startsWith('\\')) {
      left -= line.startsWith(' ') || line === '' ? 2 : 1;
      if (/^[-+]/.test(line)) count(changes, path, line.slice(1), line.startsWith('+') ? 1 : -1);
    }
  }
  return changes;
}

const hasPrograms = ['git', 'interdiff'].every((name) => hasProgram(name, 'Versions are not compared with interdiff'));

describe.skipIf(!hasPrograms)('two versions of a patch', () => {
  const history = hasPrograms ? new MadeHistory() : undefined;
  afterAll(() => history?.remove());

  it('differ in the lines in which their files do, as interdiff finds', () => {
    if (!history) return;
    const base = realFiles();
    const cases = Object.entries(KINDS).flatMap(([kind, make], at) =>
      Array.from({ length: SEEDS }, (_, seed) => made(history, base, `${at}-${seed}`, kind, make, seed + 1)),
    );
    history.write();
    const mails = mailsOf(
      history,
      cases.flatMap(({ branch }) => [`${branch}/1`, `${branch}/2`]),
    );
    const wrong: string[] = [];
    let gaveUp = 0;
    for (const [at, { kind, truth }] of cases.entries()) {
      const [one = '', two = ''] = mails.slice(2 * at);
      const patch = compared(one, two);
      const ours = changesOfOurs(patch);
      if ((truth.size === 0) !== (kind === 'nothing changed')) wrong.push(`${kind}: the files do not differ so`);
      // A line that is said to go and to come as well would not be seen in the sums.
      if (linesOf(patch) !== sizeOf(truth)) wrong.push(`${kind}: ${linesOf(patch)} lines are told of ${sizeOf(truth)}`);
      if (told(ours) !== told(truth)) wrong.push(`${kind}: the files say ${told(truth)}, we say ${told(ours)}`);
      const tool = toolOutput(history.folder, one, two);
      if (tool === undefined) gaveUp++;
      if (OTHER_BASES.has(kind)) continue;
      const tools = tool === undefined ? undefined : changesOfTool(tool);
      if (!tools || told(tools) !== told(ours))
        wrong.push(`${kind}: interdiff says ${tools && told(tools)}, we ${told(ours)}`);
    }
    console.log(
      `conformance: interdiff (patchutils): versions of a patch ${cases.length - wrong.length}/${cases.length}`,
    );
    console.log(`interdiff gave up on ${gaveUp} of ${cases.length}, where the bases differ`);
    expect(wrong).toEqual([]);
  });
});

function made(history: MadeHistory, base: Tree, branch: string, kind: string, make: Make, seed: number) {
  const chance = chances(seed * 7919 + kind.length);
  const at = spots(base, chance);
  const { meanwhile, one, two } = make(at.slice(0, 3), at.slice(3), 2 + Math.floor(chance() * 5));
  const trees: [Tree, Tree, Tree, Tree] = [base, copyOf(base), copyOf(base), copyOf(base)];
  one(trees[1]);
  for (const tree of [trees[2], trees[3]]) meanwhile?.(tree);
  two(trees[3]);
  for (const [version, before, after] of [
    [1, trees[0], trees[1]],
    [2, trees[2], trees[3]],
  ] as const) {
    history.commit(`${branch}/b${version}`, before, 'base\n');
    history.commit(`${branch}/${version}`, after, 'tea: pour\n\nIt is time.\n', `${branch}/b${version}`);
  }
  return { kind, branch, truth: changesOfFiles(trees) };
}

/** The commits of some branches as `git format-patch` writes them, in one go. */
function mailsOf(history: MadeHistory, branches: readonly string[]): string[] {
  const text = history.git(
    'log',
    '--no-walk=unsorted',
    '--pretty=email',
    '--patch-with-stat',
    '-M',
    ...branches.map((name) => `refs/heads/${name}`),
  );
  return text.split(/^(?=From [0-9a-f]{40} )/m);
}

function compared(one: string, two: string): PatchDiff {
  const [before] = versionsIn([readBytes(Buffer.from(one))]);
  const [after] = versionsIn([readBytes(Buffer.from(two))], 1);
  const [patch, ...more] = before && after ? compareVersions(before, after) : [];
  if (!patch || more.length > 0) throw new Error('Two versions of one patch are expected');
  return patch;
}

function toolOutput(folder: string, one: string, two: string): string | undefined {
  writeFileSync(join(folder, 'one.patch'), one);
  writeFileSync(join(folder, 'two.patch'), two);
  const { status, stdout } = spawnSync('interdiff', ['-q', 'one.patch', 'two.patch'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return status === 0 ? stdout : undefined;
}

function told(changes: Changes): string {
  return JSON.stringify([...changes].sort());
}
