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
  replacement,
  type Spot,
  spots,
  type Tree,
} from './made-history.ts';
import { chances } from './quoting.ts';

/** Versions of series made of real files, compared by `git range-diff` and by us. */

const hasGit = hasProgram('git', 'Versions are not compared with git range-diff');
const SEEDS = 2;

interface MadeCommit {
  subject: string;
  message: string[];
  edits: Edit[];
}

/** Five patches of three edits each. */
function series(at: readonly Spot[], chance: () => number): MadeCommit[] {
  return Array.from({ length: 5 }, (_, number): MadeCommit => {
    const edits = at.slice(number * 3, number * 3 + 3).map((spot, index) => {
      const lines = madeLines(`step${number}${'abc'[index]}`, 2 + Math.floor(chance() * 5));
      return chance() < 0.6
        ? insertion(spot, lines)
        : replacement(spot, [spot.words.replace(/\w+/, `was${number}`), ...lines]);
    });
    return {
      subject: `part ${number}: pour the tea in step ${number}`,
      message: [`The cup number ${number} is empty.`, '', `Fill it, step ${number} says so.`],
      edits,
    };
  });
}

/** The second version: the commits of the first, and places where nothing was changed yet. */
type Reroll = (commits: readonly MadeCommit[], free: readonly Spot[]) => MadeCommit[];

/** Replaces some commits, by their numbers, by what is made of them. */
function instead(
  commits: readonly MadeCommit[],
  others: Readonly<Record<number, readonly ((commit: MadeCommit) => MadeCommit)[]>>,
): MadeCommit[] {
  return commits.flatMap((commit, index) => others[index]?.map((made) => made(commit)) ?? [commit]);
}

const same = (commit: MadeCommit): MadeCommit => commit;
const withEdits =
  (...more: readonly Edit[]) =>
  (commit: MadeCommit): MadeCommit => ({ ...commit, edits: [...commit.edits, ...more] });
const part =
  (from: number, to: number, subject?: string) =>
  (commit: MadeCommit): MadeCommit => ({
    subject: subject ?? commit.subject,
    message: subject === undefined ? commit.message : ['Split off.'],
    edits: commit.edits.slice(from, to),
  });

function fresh(name: string, spot: Spot | undefined, lines: number): MadeCommit {
  return {
    subject: `a new one: ${name}`,
    message: ['Why not.'],
    edits: spot ? [insertion(spot, madeLines(name, lines))] : [],
  };
}

const otherWord: Edit = (tree) => {
  for (const text of tree.values())
    for (const [row, line] of text.entries())
      if (line.includes('kettle_step0a_1')) text[row] = line.replace('kettle', 'samovar');
};

const REROLLS: Readonly<Record<string, Reroll>> = {
  'nothing changed': (commits) => [...commits],
  'one patch changed': (commits, [spot]) =>
    instead(commits, { 2: [withEdits(...(spot ? [insertion(spot, madeLines('more', 2))] : []))] }),
  'a line of a change is another one': (commits) => instead(commits, { 0: [withEdits(otherWord)] }),
  'one patch dropped': (commits) => instead(commits, { 1: [] }),
  'two patches dropped, the first and the last': (commits) => instead(commits, { 0: [], 4: [] }),
  'one patch new': (commits, [spot]) => instead(commits, { 2: [() => fresh('fresh', spot, 9), same] }),
  'two patches new, at both ends': (commits, [one, other]) => [
    fresh('first', one, 7),
    ...commits,
    fresh('last', other, 5),
  ],
  'one dropped, another new in its place': (commits, [spot]) =>
    instead(commits, { 3: [() => fresh('other', spot, 8)] }),
  'in another order': ([a, b, c, d, ...rest]) => [c, a, d, b, ...rest].flatMap((one) => one ?? []),
  'another subject and message': (commits) =>
    instead(commits, {
      1: [
        (commit) => ({
          ...commit,
          subject: 'part 1: quite another name',
          message: [...commit.message, 'And it is warm.'],
        }),
      ],
    }),
  'two patches made one': (commits) => instead(commits, { 1: [withEdits(...(commits[2]?.edits ?? []))], 2: [] }),
  'three patches made one': (commits) =>
    instead(commits, { 1: [withEdits(...[2, 3].flatMap((at) => commits[at]?.edits ?? []))], 2: [], 3: [] }),
  'one patch made two': (commits) => instead(commits, { 1: [part(0, 2), part(2, 3, 'the other part')] }),
  'one patch made three': (commits) =>
    instead(commits, { 3: [part(0, 1, 'the first part'), part(1, 2), part(2, 3, 'the last part')] }),
  'split, joined, dropped and new at once': (commits, [spot]) =>
    instead(commits, {
      0: [part(0, 2), part(2, 3, 'the other part')],
      1: [withEdits(...(commits[2]?.edits ?? []))],
      2: [],
      3: [],
      4: [() => fresh('fresh', spot, 6), same],
    }),
};

/** Which part of a divided patch, or which of the joined ones, the new one goes on is a matter of a few lines: git looks at no subjects apart. */
const DIVIDED = /made|split/;
/**
 * Whether a third of a patch is still that patch is a matter of a few lines, too. git counts the lines around each difference against it and does not read the
 * message; we read the message, so that a patch which kept its name is found again.
 */
const IN_THREE = /three/;

interface Case {
  name: string;
  branch: string;
}

/** A version of a series on a branch of its own. */
function commitAll(history: MadeHistory, branch: string, base: Tree, commits: readonly MadeCommit[]): void {
  const tree = copyOf(base);
  for (const [index, { subject, message, edits }] of commits.entries()) {
    for (const edit of edits) edit(tree);
    history.commit(branch, tree, `${subject}\n\n${message.join('\n')}\n`, index === 0 ? 'base' : undefined);
  }
}

function mailsOf(history: MadeHistory, base: string, branch: string, version: number): string {
  return history.git('format-patch', '--stdout', `-v${version}`, '-M', `${base}..${branch}`);
}

/** `old:new sign` for each row of the table; `-` where a side has none. */
function rowsOfGit(history: MadeHistory, branch: string): string[] {
  const table = history.git('range-diff', '--no-color', '--no-patch', `base..${branch}/1`, `base..${branch}/2`);
  return [...table.matchAll(/^ *(\d+|-): +\S+ ([=!<>]) +(\d+|-): /gm)]
    .map(([, old, sign, now]) => `${old}:${now} ${sign}`)
    .sort();
}

function rowsOfOurs(patches: readonly PatchDiff[]): string[] {
  const number = (key: string | undefined): string => (key === undefined ? '-' : String(Number(key.split(':')[1]) + 1));
  return patches.map((patch) => `${number(patch.before)}:${number(patch.after)} ${signOf(patch)}`).sort();
}

function shown(name: string, rows: readonly string[]): string {
  if (!DIVIDED.test(name)) return rows.join(', ');
  const signs = rows.map((row) => row.slice(-1));
  return (IN_THREE.test(name) ? signs.flatMap((sign) => (sign === '!' ? ['<', '>'] : [sign])) : signs)
    .sort()
    .join(', ');
}

/** git's sign: it compares message and lines around a change too. */
function signOf({ state, message, subjectBefore, trailers }: PatchDiff): string {
  if (state === 'new') return '>';
  if (state === 'dropped') return '<';
  return state === 'unchanged' && !message && subjectBefore === undefined && !trailers ? '=' : '!';
}

describe.skipIf(!hasGit)('versions of a series', () => {
  const history = hasGit ? new MadeHistory() : undefined;
  afterAll(() => history?.remove());

  it('are paired as git range-diff does', () => {
    if (!history) return;
    const base = realFiles();
    history.commit('base', base, 'base\n');
    const cases = Object.entries(REROLLS).flatMap(([name, reroll], at) =>
      Array.from({ length: SEEDS }, (_, seed): Case => {
        const chance = chances((seed + 1) * 7919);
        const places = spots(base, chance);
        const first = series(places, chance);
        const branch = `${at}-${seed}`;
        commitAll(history, `${branch}/1`, base, first);
        commitAll(history, `${branch}/2`, base, reroll(first, places.slice(15)));
        return { name, branch };
      }),
    );
    history.write();
    const wrong: string[] = [];
    for (const { name, branch } of cases) {
      const [one, two] = [1, 2].map((version) => mailsOf(history, 'base', `${branch}/${version}`, version));
      const [ours, gits] = [rowsOfOurs(compared(one, two)), rowsOfGit(history, branch)].map((rows) =>
        shown(name, rows),
      );
      if (ours !== gits) wrong.push(`${name}: git says ${gits}, we say ${ours}`);
    }
    console.log(`conformance: git range-diff: versions of a series ${cases.length - wrong.length}/${cases.length}`);
    expect(wrong).toEqual([]);
  });

  it('changes around a patch are no changes of it', () => {
    if (!history) return;
    const chance = chances(5);
    const base = realFiles();
    const places = spots(base, chance);
    const [place] = places;
    const commits = series(places, chance).slice(0, 1);
    const meanwhile = copyOf(base);
    const text = meanwhile.get(place?.path ?? '') ?? [];
    // Another project has put a line two lines above.
    text.splice(Math.max(0, text.indexOf(place?.words ?? '') - 1), 0, '// steeped');
    const texts = [base, meanwhile].map((tree, at) => {
      const [before, after] = [`base-${at}`, `context-${at}`];
      history.commit(before, tree, `${before}\n`);
      const changed = copyOf(tree);
      for (const edit of commits[0]?.edits ?? []) edit(changed);
      history.commit(after, changed, 'tea: pour\n\nIt is time.\n', before);
      history.write();
      return mailsOf(history, before, after, at + 1);
    });
    expect(compared(texts[0], texts[1])[0]).toMatchObject({ state: 'context', hunks: [] });
  });
});

function compared(one = '', two = ''): PatchDiff[] {
  const before = versionsIn([readBytes(Buffer.from(one))]).at(-1);
  const after = versionsIn([readBytes(Buffer.from(two))], 1).at(-1);
  return before && after ? compareVersions(before, after) : [];
}
